"""Cutting a name out of everything that is written about one piece of work, history included.

A piece of work is a whole: an accompaniment, a meeting, a network, a venture, an opening, a question to a unit, an
answer for all. The audit trail keeps the texts of a whole and of all its parts, also of those removed long ago, under
one key. Whoever cuts a passage out destroys that key: the chain still verifies, the old words can never be read again.
What a whole is made of stands in `kinds`.
"""
