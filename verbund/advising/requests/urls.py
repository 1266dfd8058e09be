"""Addresses of advice, answers for all and surveys, below /beratung/."""

from django.urls import path

from verbund.advising.requests import answer_views, views

urlpatterns = [
    path("anfragen/", views.requests, name="requests"),
    path("anfragen/liste.csv", views.requests_csv, name="requests-csv"),
    path("anfragen/liste.xlsx", views.requests_xlsx, name="requests-xlsx"),
    path("anfragen/neu/", views.new_request, name="request-new"),
    path("anfragen/<int:pk>/", views.advice_request, name="request"),
    path("anfragen/<int:pk>/bearbeiten/", views.edit_request, name="request-edit"),
    path("anfragen/<int:pk>/absenden/", views.ask, name="request-ask"),
    path("anfragen/<int:pk>/rueckfrage/", views.ask_back, name="request-ask-back"),
    path("anfragen/<int:pk>/erwidern/", views.reply, name="request-reply"),
    path("anfragen/<int:pk>/antworten/", views.answer, name="request-answer"),
    path("anfragen/<int:pk>/weiterfragen/", views.further, name="request-further"),
    path("anfragen/<int:pk>/abschliessen/", views.close, name="request-close"),
    path("anfragen/<int:pk>/geholfen/", views.helped, name="request-helped"),
    path("anfragen/<int:pk>/besuch/", views.plan_visit, name="visit-new"),
    path("anfragen/besuche/<int:pk>/festhalten/", views.record_visit, name="visit-record"),
    path("anfragen/besuche/<int:pk>/absagen/", views.cancel_visit, name="visit-cancel"),
    path("anfragen/nachrichten/<int:pk>/datei/", views.message_file, name="message-file"),
    path("anfragen/<int:pk>/gemeinsame-antwort/", answer_views.answer_from_request, name="answer-from-request"),
    path("antworten/", answer_views.answers, name="answers"),
    path("antworten/neu/", answer_views.new_answer, name="answer-new"),
    path("antworten/<int:pk>/", answer_views.answer, name="answer"),
    path("antworten/<int:pk>/bearbeiten/", answer_views.edit_answer, name="answer-edit"),
    path("antworten/<int:pk>/freigeben/", answer_views.release, name="answer-release"),
    path("antworten/<int:pk>/zurueckziehen/", answer_views.withdraw, name="answer-withdraw"),
]
