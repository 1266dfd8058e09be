"""Where an entry takes place, as a drawing of our own: borders of the areas, towns, the place. Nothing from outside.

`drawing` computes it from plain values, `views` answers with it. A place with a protected address has none.
"""
