"""Addresses of the facts and contacts of centres, below /zentren/."""

from django.urls import path

from verbund.directory.evidence import views

urlpatterns = [
    path("<int:pk>/angaben/", views.overview, name="evidence"),
    path("<int:pk>/angaben/neu/", views.fact_add, name="fact-add"),
    path("<int:pk>/angaben/kontakt/neu/", views.contact_add, name="contact-add"),
    path("angaben/<int:pk>/", views.fact_correct, name="fact-correct"),
    path("angaben/<int:pk>/gilt-weiter/", views.fact_confirm, name="fact-confirm"),
    path("angaben/<int:pk>/ende/", views.fact_end, name="fact-end"),
    path("angaben/kontakt/<int:pk>/", views.contact_correct, name="contact-correct"),
    path("angaben/kontakt/<int:pk>/gilt-weiter/", views.contact_confirm, name="contact-confirm"),
    path("angaben/kontakt/<int:pk>/ende/", views.contact_end, name="contact-end"),
]
