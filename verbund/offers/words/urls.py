"""Addresses of the words: the vocabulary, what was looked for in vain, checking translations."""

from django.urls import path

from verbund.offers.words import easy_views, missed_views, text_views, views

urlpatterns = [
    path("woerter/", views.words, name="words"),
    path("woerter/<int:pk>/", views.term, name="term"),
    path("woerter/<int:pk>/bearbeiten/", views.edit_term, name="edit-term"),
    path("vergeblich/", missed_views.missed, name="missed"),
    path("vergeblich/liste.csv", missed_views.missed_csv, name="missed-csv"),
    path("vergeblich/liste.xlsx", missed_views.missed_xlsx, name="missed-xlsx"),
    path("vergeblich/aufnehmen/", missed_views.take_up, name="take-up"),
    path("uebersetzungen/", text_views.texts, name="texts"),
    path("uebersetzungen/<int:pk>/", text_views.text, name="text"),
    path("pflege/<int:pk>/leichte-sprache/", easy_views.easy_text, name="easy-text"),
]
