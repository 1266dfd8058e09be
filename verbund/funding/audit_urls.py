"""Addresses of audits, below /foerderung/pruefungen/."""

from django.urls import path

from verbund.funding.views import audits

urlpatterns = [
    path("", audits.audits, name="audits"),
    path("neu/", audits.grant_audit, name="audit-grant"),
    path("<int:pk>/", audits.audit_mandate, name="audit-mandate"),
    path("<int:pk>/beenden/", audits.end_audit, name="audit-end"),
]
