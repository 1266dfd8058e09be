"""Addresses of the rules for reminders, below /foerderung/erinnerungen/."""

from django.urls import path

from verbund.funding.views import reminder_rules

urlpatterns = [
    path("", reminder_rules.rules, name="reminder-rules"),
    path("neu/", reminder_rules.propose, name="reminder-rule-propose"),
    path("<int:pk>/annehmen/", reminder_rules.adopt, name="reminder-rule-adopt"),
    path("<int:pk>/verwerfen/", reminder_rules.reject, name="reminder-rule-reject"),
]
