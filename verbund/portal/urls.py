"""Addresses of this app."""

from django.urls import path

from verbund.portal import centre_page, front, views
from verbund.portal.deadlines import views as deadlines
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
    path("fristen/", deadlines.deadline_list, name="deadlines"),
    path("fristen/liste.csv", deadlines.deadlines_csv, name="deadlines-csv"),
    path("fristen/<int:pk>/", deadlines.deadline, name="deadline"),
    path("fristen/<int:pk>/verlaengern/", deadlines.extend, name="deadline-extend"),
    path("fristen/<int:pk>/erinnern/", deadlines.remind, name="deadline-remind"),
    path("nachrichten/", views.inbox, name="inbox"),
    path("nachrichten/gelesen/", views.mark_read, name="inbox-read"),
    path("vorfuehrung/", views.all_roles, name="demonstration"),
    path("bausteine/", views.components, name="components"),
]
