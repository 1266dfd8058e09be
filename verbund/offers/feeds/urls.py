"""Addresses of calendars, feeds and points: the finder's with the same filters, and the calendar of one entry."""

from django.urls import path

from verbund.offers.feeds import views

urlpatterns = [
    path("kalender.ics", views.calendar_of_search, name="calendar"),
    path("<int:pk>/kalender.ics", views.calendar_of_offer, name="offer-calendar"),
    path("feed.atom", views.feed_of_search, name="feed"),
    path("orte.geojson", views.points_of_search, name="points"),
]
