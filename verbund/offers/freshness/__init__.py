"""Keeping entries true: partners are asked by mail whether theirs still hold, readers say what is wrong.

One mail for all due entries of a partner, a link without sign-in to a page with buttons, one reminder, then the centre
asks by telephone. Nothing that nobody answered disappears; it shows its age.
"""
