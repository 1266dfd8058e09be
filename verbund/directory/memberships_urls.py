"""Addresses about people: the own account, the team, invitations, deputies."""

from django.urls import path

from verbund.directory.people import absence_views, invitation_views, views

urlpatterns = [
    path("handeln-als/", views.act_as, name="act-as"),
    path("konto/", views.account, name="account"),
    path("verwaltung/personen/", views.people, name="people"),
    path("verwaltung/personen/einladen/", views.invite, name="people-invite"),
    path("team/", views.team, name="team"),
    path("team/einladen/", views.invite, name="team-invite"),
    path("team/mitgliedschaften/<int:pk>/beenden/", views.end_membership, name="membership-end"),
    path("team/mitgliedschaften/<int:pk>/vertretung/", views.appoint_deputy, name="deputy-appoint"),
    path("team/mitgliedschaften/<int:pk>/aufgaben-uebergeben/", absence_views.hand_over, name="hand-over"),
    path("konto/abwesenheit/", absence_views.enter_absence, name="absence-enter"),
    path("konto/abwesenheiten/<int:pk>/beenden/", absence_views.end_absence, name="absence-end"),
    path("team/vertretungen/<int:pk>/beenden/", views.end_deputy, name="deputy-end"),
    path("team/einladungen/<int:pk>/zurueckziehen/", views.revoke_invitation, name="invitation-revoke"),
    path("einladung/<str:token>/", invitation_views.invitation, name="invitation"),
]
