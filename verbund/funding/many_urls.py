"""Addresses of payment lists, of acts on many records, and of where a number comes from, below /foerderung/."""

from django.urls import path

from verbund.funding.views import attributions, bulk, ledger, payment_lists

urlpatterns = [
    path("zahllisten/", payment_lists.payment_lists, name="payment-lists"),
    path("zahllisten/neu/", payment_lists.make, name="payment-list-make"),
    path("zahllisten/<int:pk>/", payment_lists.payment_list, name="payment-list"),
    path("zahllisten/<int:pk>/datei/", payment_lists.take_file, name="payment-list-file"),
    path("zahllisten/<int:pk>/auszahlungen/", payment_lists.record_payments, name="payment-list-pay"),
    path("zahlungen/<int:pk>/streichen/", payment_lists.strike, name="payment-line-strike"),
    path("antraege/gemeinsam/", bulk.act_on_applications, name="applications-bulk"),
    path("zeichnen/", bulk.signing, name="signing"),
    path("zeichnen/bekanntgabe/", bulk.notify, name="notices-bulk"),
    path("zeichnen/erstattungsbescheide/", bulk.notify_reclaims, name="reclaim-notices-bulk"),
    path("titel/<int:pk>/woher/", ledger.title_origin, name="title-origin"),
    path("bescheide/<int:pk>/wofuer/", attributions.attributed, name="attributed"),
    path("bescheide/<int:pk>/woher/", ledger.notice_origin, name="notice-origin"),
    path("bescheide/<int:pk>/buchungen/", ledger.grant_entries, name="grant-entries"),
    path("sammelvorgaenge/<int:pk>/", bulk.run, name="bulk-run"),
    path("sammelvorgaenge/<int:pk>/weiter/", bulk.go_on, name="bulk-run-go-on"),
]
