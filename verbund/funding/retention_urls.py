"""Addresses of keeping and deleting, below /foerderung/."""

from django.urls import path

from verbund.funding.views import retention, retention_runs

urlpatterns = [
    path("aufbewahrung/", retention.preview, name="retention"),
    path("aufbewahrung/loeschlaeufe/neu/", retention_runs.propose, name="retention-propose"),
    path("aufbewahrung/loeschlaeufe/<int:pk>/", retention_runs.run, name="retention-run"),
    path("aufbewahrung/loeschlaeufe/<int:pk>/archiv/", retention_runs.answer, name="retention-answer"),
    path("aufbewahrung/loeschlaeufe/<int:pk>/kopie/", retention_runs.take_copy, name="retention-copy"),
    path("aufbewahrung/loeschlaeufe/<int:pk>/uebergabe/", retention_runs.hand_over, name="retention-handover"),
    path("aufbewahrung/loeschlaeufe/<int:pk>/freigeben/", retention_runs.approve, name="retention-approve"),
    path("aufbewahrung/loeschlaeufe/<int:pk>/verwerfen/", retention_runs.drop, name="retention-drop"),
    path("aufbewahrung/loeschlaeufe/<int:pk>/weiter/", retention_runs.go_on, name="retention-go-on"),
    path("antraege/<int:pk>/geloescht/", retention_runs.deleted_file, name="deleted-file"),
    path("antraege/<int:pk>/loeschsperre/", retention.set_hold, name="hold-set"),
    path("loeschsperren/<int:pk>/aufheben/", retention.lift_hold, name="hold-lift"),
]
