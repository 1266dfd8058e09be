"""The page "Fristen": what runs for whom until when, why it moved, who extended it, who was reminded.

The files bear the names they bear in every app; what a deadline is stands in `core/deadlines.py`.
"""
