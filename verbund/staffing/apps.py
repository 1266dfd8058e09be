"""App configuration."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "verbund.staffing"
    verbose_name = "Stellen"
