"""Addresses for the tests of the gate and of forms sent twice: a page per right, a form that stores a file."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.decorators.http import require_POST

from config.urls import urlpatterns as of_the_site
from verbund.accounts.roles import Role
from verbund.core import files
from verbund.core.permissions import gate, public, signed_in
from verbund.core.views import show
from verbund.directory.queries import centres_of


def leads(actor, centre) -> bool:
    return actor.role == Role.CENTRE_LEAD


@gate(among=centres_of, may=leads)
def own_centre(request, centre):
    return HttpResponse(centre.key)


@gate(may=signed_in)
def own_page(request):
    return HttpResponse("ok")


@public
@require_POST
def keep(request):
    """Store what was sent; without content answer as a form with errors does."""
    if not request.POST.get("content"):
        return show(request, "422.html", {"sentence": "Bitte füllen Sie das Feld aus."}, status=422)
    stored = files.store(request.POST["content"].encode(), name="text.pdf")
    return redirect(f"/behalten/{stored.pk}/")


urlpatterns = [
    path("probe/zentrum/<int:pk>/", own_centre),
    path("probe/seite/", own_page),
    path("probe/behalten/", keep),
    path("", include(of_the_site)),
]
