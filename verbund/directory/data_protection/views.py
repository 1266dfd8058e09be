"""Pages for requests about personal data: search by address, read, hand out, erase."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.privacy.reading import as_json, as_pdf, readable
from verbund.core.views import show
from verbund.directory.data_protection import forms, operations, permissions, queries

of_a_person = gate(among=queries.people_visible_to, may=permissions.answers_requests)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(may=permissions.answers_requests)
def search(request):
    """Find a person by the whole address; it is posted, so that it stands in no address line and no log."""
    form = forms.PersonSearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = queries.people_visible_to(request.actor)
        person = people.filter(email__iexact=form.cleaned_data["email"]).first()
        if person:
            return redirect("directory:data-protection-person", pk=person.pk)
        form.add_error("email", _("Unter dieser Adresse gibt es niemanden, über den Sie Auskunft geben können."))
    return show(request, "directory/data_protection/search.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@of_a_person
def person(request, found):
    information = operations.read_information(found, actor=request.actor)
    context = {
        "person": found,
        "information": readable(information),
        "is_erased": operations.is_erased(found),
        "is_self": found.pk in request.actor.persons,
        "has_function": queries.open_memberships(found, on=today()).exists(),
    }
    return show(request, "directory/data_protection/person.html", context)


@require_safe
@of_a_person
def person_json(request, found):
    information = operations.hand_out_information(found, file_format="JSON", actor=request.actor)
    return as_json(information, filename=f"auskunft-{found.pk}")


@require_safe
@of_a_person
def person_pdf(request, found):
    information = operations.hand_out_information(found, file_format="PDF", actor=request.actor)
    return as_pdf(information, filename=f"auskunft-{found.pk}", about=f"{found.display_name}, {found.email}")


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_person
def erase(request, found):
    form = forms.ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ground = operations.Ground(form.cleaned_data["ground"])
            operations.erase_person(found, ground=ground, on=today(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Die Person ist gelöscht. Unterschriften stehen jetzt unter einem Pseudonym."))
            return redirect("directory:data-protection")
    context = {"person": found, "form": form, "back": reverse("directory:data-protection-person", args=[found.pk])}
    return show(request, "directory/data_protection/erase.html", context, status=422 if form.errors else 200)
