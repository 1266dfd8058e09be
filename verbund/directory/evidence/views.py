"""Pages on which the facts and contacts of a centre are kept true: an overview, and one page for each act."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.core.audit import history_of
from verbund.core.dates import today
from verbund.core.error_pages import conflict, unprocessable
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.directory.evidence import operations, permissions, queries, reading
from verbund.directory.evidence.forms import ConfirmForm, ContactForm, EndForm, FactForm
from verbund.directory.queries import centres_visible_to

FACTS, CONTACTS = "angaben", "kontakt"
"""The places on the page of a centre to which an act leads back."""

of_a_fact = gate(among=queries.facts_visible_to, may=permissions.can_keep_fact)
of_a_contact = gate(among=queries.contacts_visible_to, may=permissions.can_keep_contact)


@require_safe
@gate(among=centres_visible_to, may=permissions.can_keep_contacts)
def overview(request, centre):
    """Everything known about a centre, what is to be asked about first."""
    keeps_facts = permissions.can_keep_facts(request.actor, centre)
    parts = reading.sorted_rows(centre.facts.all(), centre.contacts.all(), on=today(), keeps_facts=keeps_facts)
    there = {row["part"] for row in (*parts["asked"], *parts["facts"], *parts["contacts"])}
    context = {
        "centre": centre,
        "keeps_facts": keeps_facts,
        "has_facts": "fact" in there,
        "has_contacts": "contact" in there,
        "from_overview": reading.FROM_OVERVIEW,
    }
    return show(request, "directory/evidence/overview.html", context | parts)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(among=centres_visible_to, may=permissions.can_keep_facts)
def fact_add(request, centre):
    """Record a fact about a centre."""

    def act(form):
        operations.record_fact(centre, on=today(), actor=request.actor, **form.values())

    texts = {"title": _("Angabe eintragen"), "label": _("Eintragen"), "done": _("Die Angabe ist eingetragen.")}
    texts["intro"] = _(
        "Öffentlich, mit Tagen und Quelle. Was länger zurückliegt, erscheint mit dem Vermerk „nacherfasst“."
    )
    return _act(request, _typed(FactForm, request) or FactForm(), act, centre=centre, place=FACTS, **texts)


@require_http_methods(["GET", "HEAD", "POST"])
@gate(among=centres_visible_to, may=permissions.can_keep_contacts)
def contact_add(request, centre):
    """Record how a centre is reached."""

    def act(form):
        operations.record_contact(centre, on=today(), actor=request.actor, **form.values())

    texts = {"title": _("Kontakt eintragen"), "label": _("Eintragen"), "done": _("Der Kontakt ist eingetragen.")}
    texts["intro"] = _(
        "Öffentlich, nach Funktion und mit mindestens einem Weg: Telefon, E-Mail, Webseite oder Anschrift."
    )
    return _act(request, _typed(ContactForm, request) or ContactForm(), act, centre=centre, place=CONTACTS, **texts)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_fact
def fact_correct(request, fact):
    """Correct a fact about a centre."""

    def act(form):
        operations.correct_fact(fact, on=today(), seen=form.seen, actor=request.actor, **form.values())

    texts = {"title": _("Angabe berichtigen"), "label": _("Speichern"), "done": _("Die Angabe ist berichtigt.")}
    form = _typed(FactForm, request) or FactForm.of(fact)
    return _act(request, form, act, centre=fact.centre, place=FACTS, known=fact, **texts)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_contact
def contact_correct(request, contact):
    """Correct how a centre is reached."""

    def act(form):
        operations.correct_contact(contact, on=today(), seen=form.seen, actor=request.actor, **form.values())

    texts = {"title": _("Kontakt berichtigen"), "label": _("Speichern"), "done": _("Der Kontakt ist berichtigt.")}
    form = _typed(ContactForm, request) or ContactForm.of(contact)
    return _act(request, form, act, centre=contact.centre, place=CONTACTS, known=contact, **texts)


@require_POST
@of_a_fact
def fact_confirm(request, fact):
    """Say that a fact still holds."""
    return _confirm(request, fact, place=FACTS)


@require_POST
@of_a_contact
def contact_confirm(request, contact):
    """Say that a contact still holds."""
    return _confirm(request, contact, place=CONTACTS)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_fact
def fact_end(request, fact):
    """Say until when a fact held."""
    return _end(request, fact, place=FACTS, title=_("Ende der Angabe eintragen"))


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_contact
def contact_end(request, contact):
    """Say until when a contact held."""
    return _end(request, contact, place=CONTACTS, title=_("Ende des Kontakts eintragen"))


def _confirm(request, known, *, place: str):
    """Confirm at once. A form that does not say which version was on the screen confirms the newest."""
    form = ConfirmForm(request.POST)
    seen = form.seen or known.version if form.is_valid() else 0
    back = _back(request, known.centre, place)
    try:
        operations.confirm_evidence(known, on=today(), seen=seen, actor=request.actor)
    except StaleVersion:
        changed = _("Seit Sie die Seite geöffnet haben, wurde der Eintrag geändert. Bestätigt wurde nichts.")
        return conflict(request, sentence=changed, back_href=back)
    except DomainError as refusal:
        return unprocessable(request, sentence=str(refusal), back_href=back)
    messages.success(request, _("Bestätigt: „%(text)s“ gilt weiter.") % {"text": known})
    return redirect(back)


def _end(request, known, *, place: str, title: str):
    def act(form):
        operations.end_evidence(known, seen=form.seen, actor=request.actor, **form.values())

    form = _typed(EndForm, request) or EndForm.of(known)
    texts = {"title": title, "label": _("Ende eintragen"), "done": _("Das Ende ist eingetragen.")}
    texts["intro"] = _("Für die Tage davor bleibt der Eintrag stehen.")
    return _act(request, form, act, centre=known.centre, place=place, known=known, shows_known=True, **texts)


def _typed(form_class, request):
    """Return the form with what was typed; None when nothing was sent."""
    return form_class(request.POST) if request.method == "POST" else None


def _act(
    request,
    form,
    act,
    *,
    centre,
    place: str,
    title: str,
    label: str,
    done: str,
    intro="",
    known=None,
    shows_known=False,
):
    """Show a form; when it is sent and right, act and go back. Who saves second sees what is stored."""
    back, status = _back(request, centre, place), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form)
            except DomainError as refusal:
                show_on(form, refusal)
                status = refusal.status
            else:
                messages.success(request, done)
                return redirect(back)
    is_stale = status == 409
    if is_stale:
        known.refresh_from_db()
    context = {"form": form, "centre": centre, "title": title, "label": label, "back": back, "is_stale": is_stale}
    context |= {
        "intro": intro or _("Die bisherige Fassung bleibt im Protokoll."),
        "stored": reading.stored(known) if known and (shows_known or is_stale) else None,
        "history": history_of(known) if known else None,
    }
    return show(request, "directory/evidence/act.html", context, status=status)


def _back(request, centre, place: str) -> str:
    """Return where an act leads back to: the overview for those who came from there, else the page of the centre."""
    if request.GET.get("von") == "uebersicht":
        return reverse("directory:evidence", args=[centre.pk])
    return f"{centre.get_absolute_url()}#{place}"
