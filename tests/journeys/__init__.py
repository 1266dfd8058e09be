"""Whole stories told in a real browser: who does what next, and where the program refuses."""
