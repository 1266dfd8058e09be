"""Maps of the state with one figure per area: its shapes, classes of figures, the drawing; and the coverage by day.

`{% load maps %}{% area_map … %}` draws any figure; the page /karte/ draws the state of the centres.
"""
