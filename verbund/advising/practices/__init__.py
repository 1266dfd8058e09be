"""Practices to pass on: what was tried in a short form, released by the unit, taken up by other centres."""
