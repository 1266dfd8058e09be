"""What the finder shows, on paper: the entries of a centre or of a search as one accessible PDF, in each language.

The address is that of the finder with the same filters, read by the same form and answered by the same search.
"""
