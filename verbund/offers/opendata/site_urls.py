"""Addresses for search engines, at the top of the site where they look for them."""

from django.urls import path

from verbund.offers.opendata import sitemap

urlpatterns = [
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.part, name="sitemap-part"),
    path("robots.txt", sitemap.robots, name="robots"),
]
