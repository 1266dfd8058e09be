"""Addresses of cutting a passage out."""

from django.urls import path

from verbund.advising.cutting import views

urlpatterns = [
    path("begleitung/<int:pk>/ausblenden/", views.cut_from_accompaniment, name="accompaniment-cut"),
    path("netzwerke/sitzungen/<int:pk>/ausblenden/", views.cut_from_meeting, name="meeting-cut"),
    path("netzwerke/<int:pk>/ausblenden/", views.cut_from_network, name="network-cut"),
    path("vorhaben/<int:pk>/ausblenden/", views.cut_from_venture, name="venture-cut"),
    path("oeffnung/<int:pk>/ausblenden/", views.cut_from_opening, name="opening-cut"),
    path("anfragen/<int:pk>/ausblenden/", views.cut_from_request, name="request-cut"),
    path("antworten/<int:pk>/ausblenden/", views.cut_from_answer, name="answer-cut"),
    path("musterkonzepte/<int:pk>/ausblenden/", views.cut_from_template, name="template-cut"),
    path("gute-praxis/<int:pk>/ausblenden/", views.cut_from_practice, name="practice-cut"),
    path("themen/<int:pk>/ausblenden/", views.cut_from_topic, name="topic-cut"),
    path("bedarf/<int:pk>/ausblenden/", views.cut_from_survey, name="survey-cut"),
    path("bedarf/antworten/<int:pk>/ausblenden/", views.cut_from_return, name="return-cut"),
]
