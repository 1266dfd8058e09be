"""Addresses of the rules that two operators keep, below /foerderung/regeln/."""

from django.urls import path

from verbund.funding.views import rules

urlpatterns = [
    path("<slug:name>/", rules.rules, name="rules"),
    path("<slug:name>/neu/", rules.propose, name="rule-propose"),
    path("<slug:name>/<int:pk>/annehmen/", rules.adopt, name="rule-adopt"),
    path("<slug:name>/<int:pk>/verwerfen/", rules.reject, name="rule-reject"),
]
