"""Addresses of keeping and deleting, below /foerderung/."""

from django.urls import path

from verbund.funding.views import retention

urlpatterns = [
    path("aufbewahrung/", retention.preview, name="retention"),
    path("antraege/<int:pk>/loeschsperre/", retention.set_hold, name="hold-set"),
    path("loeschsperren/<int:pk>/aufheben/", retention.lift_hold, name="hold-lift"),
]
