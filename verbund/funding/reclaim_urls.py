"""Addresses of money that comes back, below /foerderung/."""

from django.urls import path

from verbund.funding.views import receipts, reclaims, uses

urlpatterns = [
    path("erstattungen/", reclaims.reclaims, name="reclaims"),
    path("erstattungen.csv", reclaims.reclaims_csv, name="reclaims-csv"),
    path("erstattungen.xlsx", reclaims.reclaims_xlsx, name="reclaims-xlsx"),
    path("erstattungen/<int:pk>/", reclaims.reclaim, name="reclaim"),
    path("erstattungen/<int:pk>/anhoeren/", reclaims.hear, name="reclaim-hear"),
    path("erstattungen/<int:pk>/vorschlagen/", reclaims.propose, name="reclaim-propose"),
    path("erstattungen/<int:pk>/mitzeichnen/", reclaims.sign, name="reclaim-sign"),
    path("erstattungen/<int:pk>/zurueckweisen/", reclaims.reject, name="reclaim-reject"),
    path("erstattungen/<int:pk>/erinnern/", reclaims.remind, name="reclaim-remind"),
    path("erstattungen/<int:pk>/fallen-lassen/", reclaims.drop, name="reclaim-drop"),
    path("erstattungen/<int:pk>/abschliessen/", reclaims.end, name="reclaim-end"),
    path("erstattungen/<int:pk>/stunden/", reclaims.defer, name="reclaim-defer"),
    path("erstattungen/<int:pk>/erlassen/", reclaims.waive, name="reclaim-waive"),
    path("erstattungen/<int:pk>/verrechnen/", reclaims.plan_offset, name="reclaim-offset"),
    path("erstattungen/<int:pk>/zurueckgeben/", reclaims.refund, name="reclaim-refund"),
    path("erstattungsbescheide/<int:pk>/schriftstueck/", reclaims.document, name="reclaim-document"),
    path("erleichterungen/<int:pk>/mitzeichnen/", reclaims.grant_relief, name="relief-grant"),
    path("erleichterungen/<int:pk>/zurueckweisen/", reclaims.reject_relief, name="relief-reject"),
    path("bescheide/<int:pk>/zurueckfordern/", reclaims.claim_back, name="claim-back"),
    path("bescheide/<int:pk>/geld-zurueckgeben/", reclaims.announce_return, name="return-announce"),
    path("auszahlungen/<int:pk>/", uses.use_of_funds, name="use-of-funds"),
    path("auszahlungen/<int:pk>/verwendung/", uses.note_use, name="use-note"),
    path("auszahlungen/<int:pk>/zinsen/", uses.claim_late_use, name="use-claim"),
    path("zahlungseingaenge/", receipts.receipts, name="incoming-payments"),
    path("zahlungseingaenge/neu/", receipts.new_receipt, name="incoming-payment-new"),
    path("zahlungseingaenge/<int:pk>/", receipts.receipt, name="incoming-payment"),
    path("zahlungseingaenge/<int:pk>/zuordnen/", receipts.assign, name="incoming-payment-assign"),
    path("zahlungseingaenge/<int:pk>/gehoert-nicht-hierher/", receipts.set_aside, name="incoming-payment-aside"),
    path("zahlungseingaenge/<int:pk>/wieder-klaeren/", receipts.reopen, name="incoming-payment-reopen"),
    path("buchungen/<int:pk>/aufheben/", receipts.take_back, name="assignment-take-back"),
    path("kassenlisten/neu/", receipts.new_file, name="receipt-file-new"),
    path("kassenlisten/<int:pk>/", receipts.file, name="receipt-file"),
    path("kassenlisten/<int:pk>/uebernehmen/", receipts.take_file, name="receipt-file-take"),
]
