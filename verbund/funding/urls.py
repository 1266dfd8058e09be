"""Addresses of funding: /foerderung/…"""

from django.urls import include, path

from verbund.funding.views import applications, drafts, reviews

app_name = "funding"
urlpatterns = [
    path("", applications.home, name="home"),
    path("antraege/", applications.applications, name="applications"),
    path("antraege/neu/<int:pk>/", applications.start, name="start"),
    path("antraege/<int:pk>/", applications.application, name="application"),
    path("antraege/<int:pk>/bearbeiten/", drafts.edit, name="edit"),
    path("antraege/<int:pk>/anlagen/", applications.attach, name="attach"),
    path(
        "antraege/<int:pk>/anlagen/<int:attachment_pk>/entfernen/",
        applications.remove_attachment,
        name="remove-attachment",
    ),
    path("anlagen/<int:pk>/", applications.attachment, name="attachment"),
    path("eingangsbestaetigungen/<int:pk>/", applications.receipt, name="receipt"),
    path("antraege/<int:pk>/zeichnen/", applications.offer, name="offer"),
    path("antraege/<int:pk>/wieder-bearbeiten/", applications.resume, name="resume"),
    path("antraege/<int:pk>/mitzeichnen/", applications.countersign, name="countersign-application"),
    path("antraege/<int:pk>/einreichen/", applications.submit, name="submit"),
    path("antraege/<int:pk>/zurueckziehen/", applications.withdraw, name="withdraw"),
    path("antraege/<int:pk>/kommentare-erbitten/", applications.invite_comments, name="invite-comments"),
    path("antraege/<int:pk>/kommentieren/", applications.comment, name="comment"),
    path("kommentare/<int:pk>/erledigt/", applications.settle_comment, name="settle-comment"),
    path("nachforderungen/<int:pk>/beantworten/", applications.answer_request, name="answer-request"),
    path("nachforderungen/<int:pk>/schreiben/", applications.request_document, name="request-document"),
    path("antraege/<int:pk>/pruefung/", reviews.review, name="review"),
    path("antraege/<int:pk>/pruefung/befangenheit/", reviews.declare_conflict, name="declare-conflict"),
    path("antraege/<int:pk>/pruefung/uebernehmen/", reviews.take_over, name="take-over"),
    path("antraege/<int:pk>/pruefung/zustaendig/", reviews.assign, name="assign"),
    path("antraege/<int:pk>/pruefung/pruefliste/", reviews.checklist, name="checklist"),
    path("antraege/<int:pk>/nachfordern/", reviews.request_information, name="request-information"),
    path("antraege/<int:pk>/zurueckgeben/", reviews.hand_back, name="hand-back"),
    path("antraege/<int:pk>/vorschlagen/", reviews.propose, name="propose"),
    path("entscheidungen/<int:pk>/", reviews.decision, name="decision"),
    path("entscheidungen/<int:pk>/mitzeichnen/", reviews.countersign_decision, name="decision-countersign"),
    path("entscheidungen/<int:pk>/zurueckweisen/", reviews.reject_proposal, name="decision-reject"),
    path("rechtsbehelfe/", include("verbund.funding.legal_remedy_urls")),
    path("erinnerungen/", include("verbund.funding.reminder_rules_urls")),
    path("offene-daten/", include("verbund.funding.open_data_urls")),
    path("regeln/", include("verbund.funding.rules_urls")),
    path("pruefungen/", include("verbund.funding.audit_urls")),
    path("", include("verbund.funding.retention_urls")),
    path("", include("verbund.funding.money_urls")),
    path("", include("verbund.funding.change_urls")),
    path("", include("verbund.funding.exports_urls")),
]
