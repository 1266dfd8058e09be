"""The addresses of the calculators, below /programme/rechner/."""

from django.urls import path

from verbund.funding.calculator import views

app_name = "calculator"
urlpatterns = [
    path("", views.calculator, name="calculator"),
    path("zinsen/", views.interest, name="interest"),
    path("frist/", views.deadline, name="deadline"),
]
