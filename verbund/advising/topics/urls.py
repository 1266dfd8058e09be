"""Addresses of topics."""

from django.urls import path

from verbund.advising.topics import views

urlpatterns = [
    path("themen/", views.topics, name="topics"),
    path("themen/neu/", views.new_topic, name="topic-new"),
    path("themen/<int:pk>/", views.topic, name="topic"),
    path("themen/<int:pk>/bearbeiten/", views.edit_topic, name="topic-edit"),
    path("themen/<int:pk>/veroeffentlichen/", views.publish, name="topic-publish"),
    path("themen/<int:pk>/zurueckziehen/", views.withdraw, name="topic-withdraw"),
    path("themen/<int:pk>/teilnehmen/", views.join, name="topic-join"),
    path("themen/<int:pk>/verlassen/", views.leave, name="topic-leave"),
]
