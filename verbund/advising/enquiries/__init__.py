"""Enquiries of citizens: asked without account, answered by the centre of their place or by a coordination unit.

Who asks gets a reference, a link and the day until which somebody answers. Text and address are kept no longer than the
rule of that day says; what stays can only be counted.
"""
