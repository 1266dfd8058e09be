"""What the offers let the apps above hear."""

from django.dispatch import Signal

partner_renamed = Signal()
"""A provider bears another name; `partner` is the provider. Sent after the commit."""
