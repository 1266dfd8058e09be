"""The tour: the five texts the network is told by, fact by fact, with the screens that show or do each of them.

What the texts say stands in `data/facts.csv`, one fact a line in our own words; `data/README.md` says how to change it.
`facts.py` reads it, `targets.py` knows the screens by name, `views.py` is the page /rundgang/.
"""
