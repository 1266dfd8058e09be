"""Addresses of the publishers' pages: those of the platform on top, those of carriers below /herausgeber/."""

from django.urls import path, register_converter

from verbund.directory.models import PublisherPage
from verbund.directory.publishing import views

Kind = PublisherPage.Kind


class KindConverter:
    """The kind of a page as it stands in an address."""

    words = {Kind.IMPRINT: "impressum", Kind.PRIVACY: "datenschutz", Kind.ACCESSIBILITY: "barrierefreiheit"}
    regex = "|".join(words.values())

    def to_python(self, value: str) -> Kind:
        return next(kind for kind, word in self.words.items() if word == value)

    def to_url(self, value: str) -> str:
        return self.words[Kind(value)]


register_converter(KindConverter, "publisher_page")

urlpatterns = [
    path("impressum/", views.page_of_the_platform, {"kind": Kind.IMPRINT}, name="imprint"),
    path("datenschutz/", views.page_of_the_platform, {"kind": Kind.PRIVACY}, name="privacy"),
    path("barrierefreiheit/", views.page_of_the_platform, {"kind": Kind.ACCESSIBILITY}, name="accessibility"),
    path("herausgeber/", views.own_pages, name="publisher-pages"),
    path("herausgeber/<slug:code>/<publisher_page:kind>/", views.page_of_a_carrier, name="publisher-page"),
    path("herausgeber/<int:pk>/<publisher_page:kind>/bearbeiten/", views.edit, name="publisher-page-edit"),
    path("herausgeber/<int:pk>/<publisher_page:kind>/vorschau/", views.preview, name="publisher-page-preview"),
    path("herausgeber/<int:pk>/<publisher_page:kind>/abschnitt/", views.add_section, name="publisher-page-section"),
]
