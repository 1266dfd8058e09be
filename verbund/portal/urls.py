"""Addresses of this app."""

from django.urls import path

from verbund.portal import centre_page, front, views
from verbund.portal.post_plan import views as post_plan
from verbund.portal.tour import views as tour

app_name = "portal"
urlpatterns = [
    path("", front.home, name="home"),
    path("zentren/<slug:key>/", centre_page.centre, name="centre"),
    path("stellen/plan/<int:pk>/", post_plan.post_plan, name="post-plan"),
    path("stellen/plan/<int:pk>/stellenplan.csv", post_plan.post_plan_csv, name="post-plan-csv"),
    path("stellen/plan/<int:pk>/stellenplan.xlsx", post_plan.post_plan_xlsx, name="post-plan-xlsx"),
    path("rundgang/", tour.tour, name="tour"),
    path("aufgaben/", views.work_list, name="worklist"),
    path("nachrichten/", views.inbox, name="inbox"),
    path("nachrichten/gelesen/", views.mark_read, name="inbox-read"),
    path("vorfuehrung/", views.all_roles, name="demonstration"),
    path("bausteine/", views.components, name="components"),
]
