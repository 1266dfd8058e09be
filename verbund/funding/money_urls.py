"""Addresses of titles, calls, notices, accounts and payments, below /foerderung/."""

from django.urls import path

from verbund.funding.views import calls, notices, payments, titles

urlpatterns = [
    path("titel/", titles.titles, name="titles"),
    path("titel/neu/", titles.new_title, name="title-new"),
    path("titel/<int:pk>/", titles.title, name="title"),
    path("titel/<int:pk>/ansatz/", titles.change_title, name="title-change"),
    path("aufrufe/", calls.calls, name="calls"),
    path("aufrufe/neu/", calls.new_call, name="call-new"),
    path("aufrufe/<int:pk>/", calls.call, name="call"),
    path("aufrufe/<int:pk>/jahr-hinzufuegen/", calls.add_year, name="call-year-add"),
    path("aufrufe/jahre/<int:pk>/aendern/", calls.change_year, name="call-year-change"),
    path("aufrufe/jahre/<int:pk>/entfernen/", calls.remove_year, name="call-year-remove"),
    path("aufrufe/<int:pk>/frist-verlaengern/", calls.extend_window, name="call-extend"),
    path("aufrufe/<int:pk>/berichtigen/", calls.correct_call, name="call-correct"),
    path("aufrufe/<int:pk>/oeffnen/", calls.open_call, name="call-open"),
    path("aufrufe/<int:pk>/schliessen/", calls.close_call, name="call-close"),
    path("aufrufe/<int:pk>/wieder-oeffnen/", calls.reopen_call, name="call-reopen"),
    path("bescheide/<int:pk>/", notices.notice, name="notice"),
    path("bescheide/<int:pk>/schriftstueck/", notices.document, name="notice-document"),
    path("bescheide/<int:pk>/bekanntgabe/", notices.notify, name="notice-notify"),
    path("bescheide/<int:pk>/verzicht/", notices.waive, name="notice-waive"),
    path("bescheide/<int:pk>/belehrung/", notices.mark_remedy, name="notice-remedy"),
    path("bescheide/<int:pk>/klage/", notices.contest, name="notice-contest"),
    path("bescheide/<int:pk>/klage-beendet/", notices.settle_contest, name="notice-settle"),
    path("bescheide/<int:pk>/abrufen/", payments.request_drawdown, name="drawdown-request"),
    path("abrufe/<int:pk>/feststellen/", payments.verify_drawdown, name="drawdown-verify"),
    path("abrufe/<int:pk>/anordnen/", payments.order_drawdown, name="drawdown-order"),
    path("abrufe/<int:pk>/zurueckziehen/", payments.withdraw_drawdown, name="drawdown-withdraw"),
    path("abrufe/<int:pk>/zurueckweisen/", payments.reject_drawdown, name="drawdown-reject"),
    path("abrufe/<int:pk>/auszahlung/", payments.disburse, name="drawdown-disburse"),
    path("konten/", payments.accounts, name="accounts"),
    path("konten/neu/", payments.propose_account, name="account-propose"),
    path("konten/<int:pk>/bestaetigen/", payments.confirm_account, name="account-confirm"),
    path("konten/<int:pk>/verwerfen/", payments.reject_account, name="account-reject"),
    path("pruefen/", notices.verify, name="verify"),
    path("pruefen/<str:code>/", notices.verification, name="verification"),
]
