"""Addresses of openings, below /beratung/."""

from django.urls import path

from verbund.advising.openings import template_views, views

urlpatterns = [
    path("oeffnung/", views.openings, name="openings"),
    path("oeffnung/liste.csv", views.openings_csv, name="openings-csv"),
    path("oeffnung/liste.xlsx", views.openings_xlsx, name="openings-xlsx"),
    path("oeffnung/neu/", views.new_opening, name="opening-new"),
    path("oeffnung/<int:pk>/", views.opening, name="opening"),
    path("oeffnung/<int:pk>/bearbeiten/", views.edit_opening, name="opening-edit"),
    path("oeffnung/<int:pk>/vereinbaren/", views.agree, name="opening-agree"),
    path("oeffnung/<int:pk>/vereinbarung/", views.change_agreement, name="opening-agreement"),
    path("oeffnung/<int:pk>/beginnen/", views.start, name="opening-start"),
    path("oeffnung/<int:pk>/abschliessen/", views.complete, name="opening-complete"),
    path("oeffnung/<int:pk>/beenden/", views.end, name="opening-end"),
    path("oeffnung/<int:pk>/jahrespruefung/", views.review, name="opening-review"),
    path("oeffnung/<int:pk>/abschnitt/", views.new_section, name="opening-section-new"),
    path("oeffnung/<int:pk>/ziel/", views.new_goal, name="opening-goal-new"),
    path("oeffnung/<int:pk>/massnahme/", views.new_measure, name="opening-measure-new"),
    path("oeffnung/abschnitte/<int:pk>/", views.edit_section, name="opening-section-edit"),
    path("oeffnung/abschnitte/<int:pk>/streichen/", views.remove_section, name="opening-section-remove"),
    path("oeffnung/ziele/<int:pk>/", views.edit_goal, name="opening-goal-edit"),
    path("oeffnung/ziele/<int:pk>/streichen/", views.remove_goal, name="opening-goal-remove"),
    path("oeffnung/massnahmen/<int:pk>/", views.edit_measure, name="opening-measure-edit"),
    path("oeffnung/massnahmen/<int:pk>/streichen/", views.remove_measure, name="opening-measure-remove"),
    path("oeffnung/massnahmen/<int:pk>/beginnen/", views.start_measure, name="opening-measure-start"),
    path("oeffnung/massnahmen/<int:pk>/erledigt/", views.finish_measure, name="opening-measure-finish"),
    path("oeffnung/massnahmen/<int:pk>/wieder/", views.resume_measure, name="opening-measure-resume"),
    path("oeffnung/massnahmen/<int:pk>/entfaellt/", views.drop_measure, name="opening-measure-drop"),
    path("oeffnung/<int:pk>/uebernehmen/", template_views.adopt, name="opening-adopt"),
    path("oeffnung/<int:pk>/bleiben/", template_views.set_aside, name="opening-set-aside"),
    path("musterkonzepte/", template_views.templates, name="templates"),
    path("musterkonzepte/neu/", template_views.new_template, name="template-new"),
    path("musterkonzepte/<int:pk>/", template_views.template, name="template"),
    path("musterkonzepte/<int:pk>/bearbeiten/", template_views.edit_template, name="template-edit"),
    path("musterkonzepte/<int:pk>/teile/<slug:slug>/", template_views.new_part, name="template-part-new"),
    path("musterkonzepte/<int:pk>/teile/<slug:slug>/<slug:key>/", template_views.edit_part, name="template-part-edit"),
    path(
        "musterkonzepte/<int:pk>/teile/<slug:slug>/<slug:key>/streichen/",
        template_views.remove_part,
        name="template-part-remove",
    ),
    path("musterkonzepte/<int:pk>/freigeben/", template_views.release, name="template-release"),
    path("musterkonzepte/<int:pk>/zurueckziehen/", template_views.withdraw, name="template-withdraw"),
    path("musterkonzepte/<int:pk>/uebernehmen/", template_views.take_over, name="template-take-over"),
]
