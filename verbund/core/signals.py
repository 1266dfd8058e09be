"""What the mechanisms let the apps above hear."""

from django.dispatch import Signal

demo_day_chosen = Signal()
"""Somebody chose a day for the demonstration; `day` is that day. Apps catch up with what the clock would have done."""
