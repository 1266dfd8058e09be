"""The address of the calculator, below /programme/rechner/."""

from django.urls import path

from verbund.funding.calculator import views

app_name = "calculator"
urlpatterns = [path("", views.calculator, name="calculator")]
