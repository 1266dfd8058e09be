"""What leaves the house as open data: the entries everybody sees, as HSDS 3.1, JSON-LD and a sitemap.

Only what is public leaves: no draft, no ended entry, and of a protected place nothing but its town. The language of
the data is German, whatever language the pages are read in.
"""
