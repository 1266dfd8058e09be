"""Addresses of proposals: those anybody opens, those behind a link, and those of the centre."""

from django.urls import path

from verbund.offers.proposals import house_views, public_views, status_views, views

CENTRE = "pflege/vorschlaege/"

urlpatterns = [
    path("regeln/", status_views.rules, name="inclusion-rules"),
    path("vorschlagen/", public_views.propose, name="propose"),
    path("vorschlagen/senden/", public_views.submit, name="proposal-submit"),
    path("vorschlagen/zwischenspeichern/", public_views.save_draft, name="proposal-save"),
    path("vorschlagen/weiterer-ort/", public_views.more_places, name="proposal-more-places"),
    path("vorschlagen/entwurf/<str:token>/", public_views.draft, name="proposal-draft"),
    path("vorschlagen/entwurf/<str:token>/mailen/", public_views.mail_draft, name="proposal-draft-mail"),
    path("vorschlagen/in/<slug:town>/", public_views.propose_in, name="propose-in"),
    path("<int:pk>/ergaenzen/", public_views.propose_change, name="propose-change"),
    path("<int:pk>/link/", house_views.ask_for_link, name="house-link"),
    path("vorschlag/<str:token>/", status_views.status, name="proposal-status"),
    path("vorschlag/<str:token>/danke/", public_views.thanks, name="proposal-thanks"),
    path("vorschlag/<str:token>/zurueckziehen/", status_views.withdraw, name="proposal-withdraw"),
    path("anbieter/<str:token>/", house_views.house, name="house"),
    path("anbieter/<str:token>/neu/", house_views.house_new, name="house-new"),
    path("anbieter/<str:token>/<int:pk>/", house_views.house_change, name="house-change"),
    path(CENTRE, views.proposals, name="proposals"),
    path(f"{CENTRE}<int:pk>/", views.proposal, name="proposal"),
    path(f"{CENTRE}<int:pk>/pruefen/", views.start_check, name="proposal-check"),
    path(f"{CENTRE}<int:pk>/nachfragen/", views.ask, name="proposal-ask"),
    path(f"{CENTRE}<int:pk>/ablehnen/", views.refuse, name="proposal-refuse"),
    path(f"{CENTRE}<int:pk>/uebernehmen/", views.accept, name="proposal-accept"),
    path(f"{CENTRE}<int:pk>/zuruecknehmen/", views.undo, name="proposal-undo"),
]
