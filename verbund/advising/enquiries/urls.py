"""Addresses of enquiries: those anybody opens, those behind a link, and those of the people who answer."""

from django.urls import path

from verbund.advising.enquiries import public_views, views

INSIDE = "buergeranfragen/"

urlpatterns = [
    path("frage/", public_views.ask, name="enquiry-ask"),
    path("frage/<str:token>/", public_views.status, name="enquiry-status"),
    path("frage/<str:token>/ergaenzen/", public_views.add, name="enquiry-add"),
    path("frage/<str:token>/loeschen/", public_views.delete, name="enquiry-delete"),
    path(INSIDE, views.enquiries, name="enquiries"),
    path(f"{INSIDE}eintragen/", views.take, name="enquiry-take"),
    path(f"{INSIDE}liste.csv", views.enquiries_csv, name="enquiries-csv"),
    path(f"{INSIDE}liste.xlsx", views.enquiries_xlsx, name="enquiries-xlsx"),
    path(f"{INSIDE}zahlen/", views.enquiry_numbers, name="enquiry-numbers"),
    path(f"{INSIDE}zahlen.csv", views.enquiry_numbers_csv, name="enquiry-numbers-csv"),
    path(f"{INSIDE}zahlen.xlsx", views.enquiry_numbers_xlsx, name="enquiry-numbers-xlsx"),
    path(f"{INSIDE}<int:pk>/", views.enquiry, name="enquiry"),
    path(f"{INSIDE}<int:pk>/antworten/", views.answer, name="enquiry-answer"),
    path(f"{INSIDE}<int:pk>/zurueckfragen/", views.ask_back, name="enquiry-ask-back"),
    path(f"{INSIDE}<int:pk>/weitergeben/", views.forward, name="enquiry-forward"),
    path(f"{INSIDE}<int:pk>/abschliessen/", views.close, name="enquiry-close"),
    path(f"{INSIDE}<int:pk>/oeffnen/", views.reopen, name="enquiry-reopen"),
    path(f"{INSIDE}<int:pk>/zuordnen/", views.sort, name="enquiry-sort"),
]
