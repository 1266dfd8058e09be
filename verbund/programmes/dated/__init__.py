"""Rows of law outside the guidelines on the screen: base rates, values of computations, lump sums.

Everybody reads them; one operator proposes a row, another adopts it.
"""
