"""Who reads figures of the centres' work."""

from verbund.advising import permissions

reads_figures = permissions.reads_work
"""Centres their own, coordination units and ministries those of all; those for schools of education."""
