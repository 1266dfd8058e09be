"""Addresses of keeping entries."""

from django.urls import path

from verbund.offers.editing import bulk_views, form_views, partner_views, place_views, views

urlpatterns = [
    path("", views.kept, name="kept"),
    path("liste.csv", views.kept_csv, name="kept-csv"),
    path("liste.xlsx", views.kept_xlsx, name="kept-xlsx"),
    path("integreat.csv", views.kept_integreat, name="kept-integreat"),
    path("neu/", form_views.new, name="new"),
    path("neu/zeilen/<slug:what>/", form_views.new_rows, name="new-rows"),
    path("neu/vorschau/", form_views.new_preview, name="new-preview"),
    path("<int:pk>/", views.kept_offer, name="kept-offer"),
    path("<int:pk>/bearbeiten/", form_views.edit, name="edit"),
    path("<int:pk>/bearbeiten/zeilen/<slug:what>/", form_views.edit_rows, name="edit-rows"),
    path("<int:pk>/bearbeiten/vorschau/", form_views.edit_preview, name="edit-preview"),
    path("<int:pk>/veroeffentlichen/", views.publish, name="publish"),
    path("<int:pk>/schliessen/", views.pause, name="pause"),
    path("<int:pk>/oeffnen/", views.resume, name="resume"),
    path("<int:pk>/beenden/", views.end, name="end"),
    path("<int:pk>/wiederaufnehmen/", views.reopen, name="reopen"),
    path("<int:pk>/stimmt/", views.confirm, name="confirm"),
    path("<int:pk>/stand/", views.stage, name="stage"),
    path("sammeln/", bulk_views.choose, name="bulk-choose"),
    path("sammeln/vorschau/", bulk_views.preview, name="bulk-preview"),
    path("sammeln/ausfuehren/", bulk_views.apply, name="bulk-apply"),
    path("sammeln/<int:pk>/", bulk_views.bulk, name="bulk"),
    path("sammeln/<int:pk>/rueckgaengig/", bulk_views.undo, name="bulk-undo"),
    path("anbieter/", partner_views.partners, name="partners"),
    path("anbieter/neu/", partner_views.new_partner, name="partner-new"),
    path("anbieter/<int:pk>/", partner_views.partner, name="partner"),
    path("anbieter/<int:pk>/bearbeiten/", partner_views.edit_partner, name="partner-edit"),
    path("anbieter/<int:pk>/vertrauen/", partner_views.trust, name="partner-trust"),
    path("anbieter/<int:pk>/pruefen/", partner_views.distrust, name="partner-distrust"),
    path("orte/", place_views.places, name="places"),
    path("orte/neu/", place_views.new_place, name="place-new"),
    path("orte/<int:pk>/", place_views.place, name="place"),
    path("orte/<int:pk>/loeschen/", place_views.delete_place, name="place-delete"),
]
