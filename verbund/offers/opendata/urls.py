"""Addresses of the open data below /api/hsds/, named and written as HSDS prescribes (no slash at the end)."""

from django.urls import path

from verbund.offers.opendata import views

app_name = "hsds"
urlpatterns = [
    path("", views.about, name="about"),
    path("openapi.json", views.description, name="openapi"),
    path("services", views.services, name="services"),
    path("services/<uuid:uid>", views.service, name="service"),
    path("organizations", views.organizations, name="organizations"),
    path("organizations/<uuid:uid>", views.organization, name="organization"),
    path("taxonomies", views.taxonomies, name="taxonomies"),
    path("taxonomies/<uuid:uid>", views.taxonomy, name="taxonomy"),
    path("taxonomy_terms", views.taxonomy_terms, name="taxonomy-terms"),
    path("taxonomy_terms/<uuid:uid>", views.taxonomy_term, name="taxonomy-term"),
    path("service_at_locations", views.service_at_locations, name="service-at-locations"),
    path("service_at_locations/<uuid:uid>", views.service_at_location, name="service-at-location"),
    path("<path:rest>", views.nothing, name="nothing"),
]
