"""Addresses of ventures."""

from django.urls import path

from verbund.advising.ventures.views import concepts, listing, pilots, ventures

urlpatterns = [
    path("vorhaben/", listing.ventures, name="ventures"),
    path("vorhaben/liste.csv", listing.ventures_csv, name="ventures-csv"),
    path("vorhaben/liste.xlsx", listing.ventures_xlsx, name="ventures-xlsx"),
    path("vorhaben/zahlen/", listing.numbers, name="venture-numbers"),
    path("vorhaben/zahlen/liste.csv", listing.numbers_csv, name="venture-numbers-csv"),
    path("vorhaben/zahlen/liste.xlsx", listing.numbers_xlsx, name="venture-numbers-xlsx"),
    path("vorhaben/neu/", ventures.new_venture, name="venture-new"),
    path("vorhaben/<int:pk>/", ventures.venture, name="venture"),
    path("vorhaben/<int:pk>/bearbeiten/", ventures.edit_venture, name="venture-edit"),
    path("vorhaben/<int:pk>/bedarf/", ventures.add_figure, name="venture-figure"),
    path("vorhaben/<int:pk>/partner/", ventures.add_party, name="venture-party"),
    path("vorhaben/<int:pk>/aufgeben/", ventures.drop, name="venture-drop"),
    path("vorhaben/<int:pk>/abschnitt/", concepts.add_section, name="section-new"),
    path("vorhaben/<int:pk>/fassung/", concepts.freeze, name="version-new"),
    path("vorhaben/<int:pk>/erprobung/", pilots.plan, name="pilot-new"),
    path("vorhaben/<int:pk>/entscheiden/", pilots.decide, name="venture-decide"),
    path("vorhaben/<int:pk>/angebot/", pilots.make_offer, name="venture-offer"),
    path("vorhaben/<int:pk>/angebot/verbinden/", pilots.link_offer, name="venture-offer-link"),
    path("bedarf/<int:pk>/entfernen/", ventures.remove_figure, name="figure-remove"),
    path("partner/<int:pk>/ausscheiden/", ventures.leave, name="party-leave"),
    path("abschnitte/<int:pk>/bearbeiten/", concepts.edit_section, name="section-edit"),
    path("abschnitte/<int:pk>/entfernen/", concepts.remove_section, name="section-remove"),
    path("abschnitte/<int:pk>/kommentar/", concepts.comment, name="section-comment"),
    path("kommentare/<int:pk>/erledigen/", concepts.resolve, name="comment-resolve"),
    path("fassungen/<int:pk>/", concepts.version, name="concept-version"),
    path("fassungen/<int:pk>/zustimmung/", concepts.record_agreement, name="agreement-new"),
    path("fassungen/<int:pk>/zustimmen/", concepts.agree, name="agree"),
    path("erprobungen/<int:pk>/bearbeiten/", pilots.edit_plan, name="pilot-edit"),
    path("erprobungen/<int:pk>/kriterium/", pilots.add_criterion, name="criterion-new"),
    path("erprobungen/<int:pk>/beginnen/", pilots.start, name="pilot-start"),
    path("erprobungen/<int:pk>/auswerten/", pilots.evaluate, name="pilot-evaluate"),
    path("kriterien/<int:pk>/entfernen/", pilots.remove_criterion, name="criterion-remove"),
    path("kriterien/<int:pk>/messwert/", pilots.enter_value, name="value-new"),
]
