"""Addresses of the legal remedies, below /foerderung/rechtsbehelfe/."""

from django.urls import path

from verbund.funding.views import legal_remedies

urlpatterns = [
    path("", legal_remedies.remedies, name="legal-remedies"),
    path("<slug:name>/neu/", legal_remedies.propose, name="remedy-propose"),
    path("<slug:name>/<int:pk>/annehmen/", legal_remedies.adopt, name="remedy-adopt"),
    path("<slug:name>/<int:pk>/verwerfen/", legal_remedies.reject, name="remedy-reject"),
]
