"""Advising and accompanying institutions: occasion, agreement, steps, results, and whose it is."""
