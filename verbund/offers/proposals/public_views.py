"""Proposing without an account: where, the form, saving while typing, sending, thanks. No cookie, no JavaScript needed.

A form that is sent names in hidden fields what it is about (`public_pages.start_of`), so that there is one address for
saving, one for another place and one for sending.
"""

from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from verbund.core import public_forms
from verbund.core.dates import add_months, today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import public
from verbund.core.public_forms import open_form
from verbund.core.versions import StaleVersion
from verbund.directory import places
from verbund.offers.content import OfferContent
from verbund.offers.editing.reading import changes_between
from verbund.offers.freshness.operations import LinkOver
from verbund.offers.models import ProposalDraft
from verbund.offers.proposals import direct, drafts, operations, queries
from verbund.offers.proposals.entry import COUNT, MOST_PLACES, ProposedEntry, Start
from verbund.offers.proposals.forms import MailDraftForm
from verbund.offers.proposals.public_pages import (
    READ_OR_SEND,
    link_over,
    refused,
    start_in_town,
    start_of,
    start_of_change,
)
from verbund.offers.speaking import answer, in_language, is_fresh, refused_recipient
from verbund.offers.views import pages

PURPOSE = "proposal"
SEEN_TWINS = "doppelt"
"""The posted field that says which possible duplicates were on the screen."""

LONGEST_PLACE = 80


@public
@require_safe
@in_language
def propose(request):
    """Where does it take place? A postcode or a town leads to the form, for it decides which centre is responsible."""
    typed = request.GET.get("ort", "").replace("\x00", "").strip()[:LONGEST_PLACE]
    wanted = places.wanted(typed)
    found = None
    if wanted.is_enough:
        since = add_months(today(), -12)
        found = places.find(wanted, centres=places.centres_of_areas(), on=today(), vouched_since=since)
        towns = [town for one in found.responsible if one.centre for town in one.towns]
        if len(towns) == 1:
            address = reverse("offers:propose-in", args=[towns[0].key])
            return redirect(address + pages.query_of(pages.language_of(request)))
    groups = [one for one in (*found.responsible, *found.similar) if one.centre] if found else []
    context = {
        "typed": typed,
        "towns": [(town, one.centre) for one in groups for town in one.towns],
        "is_unknown": bool(typed) and not groups,
        "parameter": pages.PARAMETER,
    }
    return answer(request, "offers/proposals/where.html", context)


@public
@require_safe
@in_language
def propose_in(request, town: str):
    """The form for a new entry in a town."""
    return form_page(request, start_in_town(town))


@public
@require_safe
@in_language
def propose_change(request, pk: int):
    """The form for a change of an entry."""
    return form_page(request, start_of_change(pk))


@public
@require_safe
@in_language
def draft(request, token: str):
    """What somebody has typed so far. A draft that was sent or is too old says so."""
    if not drafts.is_ours(token):
        raise Http404
    found = queries.draft_of(token)
    if found is None:
        return answer(request, "offers/proposals/draft_over.html", {}, status=410)
    data = drafts.as_posted(found.typed)
    try:
        start = start_of(data)
    except Http404:
        return answer(request, "offers/proposals/draft_over.html", {}, status=410)
    entry = ProposedEntry(start, data, on=today(), language=pages.language_of(request)).quiet()
    return form_page(request, start, entry, token=token, saved=found)


def form_page(request, start: Start, entry=None, *, token="", saved=None, house_token="", **context):
    """Show the form; `saved` is the draft behind `token`."""
    on, language = today(), pages.language_of(request)
    entry = entry or ProposedEntry(start, on=on, language=language)
    errors = entry.errors if request.method == "POST" else []
    context = {
        "start": start,
        "entry": entry,
        "form": entry.form,
        "errors": errors,
        "token": token or drafts.new_token(),
        "house_token": house_token,
        "saved": saved,
        "mail_form": MailDraftForm(auto_id="mail_%s") if saved else None,
        "form_token": public_forms.new_token(PURPOSE),
        "days": queries.working_days_promised(on=on),
        "times": queries.answer_times(start.centre.pk, on=on),
        "is_direct": start.is_direct,
        **context,
    }
    status = 422 if request.method == "POST" else 200
    response = answer(request, "offers/proposals/form.html", context, status=status)
    response["Cache-Control"] = "private, no-cache"  # whoever goes back finds what was typed
    return response


@public
@require_POST
@in_language
@open_form
def save_draft(request):
    """Keep what was typed behind its link: for the program of the page, or for the button without one."""
    is_program = bool(request.headers.get("X-Autosave"))
    if over := refused(request, "proposal-draft"):
        return JsonResponse({"saved": False}, status=429) if is_program else over
    token = _keep(request.POST)
    address = _draft_address(request, token)
    if is_program:
        return JsonResponse({"saved": True, "address": address})
    return redirect(f"{address}#gespeichert")


@public
@require_POST
@in_language
@open_form
def more_places(request):
    """Keep what was typed and offer one more place."""
    if over := refused(request, "proposal-draft"):
        return over
    data = request.POST.copy()
    count = data.get(COUNT, "")
    count = int(count) if count.isdecimal() and len(count) < 3 else 1
    data[COUNT] = str(min(count + 1, MOST_PLACES))
    return redirect(f"{_draft_address(request, _keep(data))}#ort-{data[COUNT]}")


def _keep(posted) -> str:
    """Keep a posted form and return the token of its draft. Raises Http404 where the form is about nothing."""
    token = posted.get(drafts.DRAFT, "")
    if not drafts.is_ours(token) or posted.get(drafts.HOUSE):
        raise Http404
    start = start_of(posted)
    operations.save_draft(token, drafts.typed_of(posted), offer=start.offer)
    return token


def _draft_address(request, token: str) -> str:
    return reverse("offers:proposal-draft", args=[token]) + pages.query_of(pages.language_of(request))


@public
@require_POST
@in_language
@open_form
def mail_draft(request, token: str):
    """Mail the link of a draft to oneself."""
    found = queries.draft_of(token) if drafts.is_ours(token) else None
    if found is None:
        raise Http404
    form = MailDraftForm(request.POST, auto_id="mail_%s")
    if over := refused(request, "proposal-mail"):
        return over
    address = _draft_address(request, token)
    if form.is_valid() and is_fresh(request, PURPOSE, form):
        if over := refused_recipient(request, form.cleaned_data["email"]):
            return over
        try:
            operations.mail_draft(found, address, email=form.cleaned_data["email"], now=timezone.now())
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            return redirect(f"{address}{'&' if '?' in address else '?'}verschickt=1#gespeichert")
    start = start_of(data := drafts.as_posted(found.typed))
    entry = ProposedEntry(start, data, on=today(), language=pages.language_of(request)).quiet()
    return form_page(request, start, entry, token=token, saved=found, mail_form=form)


@public
@require_http_methods(READ_OR_SEND)
@in_language
@open_form
def submit(request):
    """Send a proposal: to the centre, or of a trusted partner into effect. Whoever comes by address begins anew."""
    if request.method != "POST":
        return redirect(reverse("offers:propose") + pages.query_of(pages.language_of(request)))
    if over := refused(request, PURPOSE):
        return over
    try:
        start = start_of(request.POST)
    except LinkOver as refusal:
        return link_over(request, refusal)
    entry = ProposedEntry(start, request.POST, on=today(), language=pages.language_of(request))
    shown = {"token": request.POST.get(drafts.DRAFT, ""), "house_token": request.POST.get(drafts.HOUSE, "")}
    if not drafts.is_ours(shown["token"]):
        shown["token"] = ""
    if entry.is_valid() and is_fresh(request, PURPOSE, entry.form) and _is_by_a_person(entry):
        values = _values(entry, pages.language_of(request))
        token = operations.link_token(request.POST.get(public_forms.FIELD, ""), entry.content, values)
        if queries.proposal_of(token):
            return _thank(request, token)
        if looked := _look_again(request, entry, shown):
            return looked
        if over := refused_recipient(request, values["submitter_email"]):
            return over
        try:
            _send(entry, values, token)
        except StaleVersion:
            return _changed_meanwhile(request, entry, shown)
        except DomainError as refusal:
            show_on(entry.form, refusal)
        else:
            ProposalDraft.objects.filter(token_sha256=queries.token_hash(shown["token"])).delete()
            return _thank(request, token)
    return form_page(request, start, entry, **shown)


def _thank(request, token: str):
    address = reverse("offers:proposal-thanks", args=[token])
    return redirect(address + pages.query_of(pages.language_of(request)))


def _is_by_a_person(entry: ProposedEntry) -> bool:
    """Whether the field nobody sees is empty; if not, it is shown, with a sentence that says what to do."""
    if not entry.form.is_filled_by_a_program:
        return True
    sentence = _("Ihr Vorschlag ist nicht gesendet. Leeren Sie das Feld „Dieses Feld bitte leer lassen“ am Ende.")
    entry.form.add_error(None, sentence)
    return False


def _look_again(request, entry: ProposedEntry, shown: dict):
    """Return the form with what the sender should see first: nothing changed, a newer entry, or one that is alike."""
    start = entry.start
    if start.offer is None:
        said = entry.form.about()
        name = start.house.organisation.name if start.house else said["organisation_name"]
        twins = queries.similar_offers(
            start.centre, title=entry.content.values["title"], organisation_name=name, on=today()
        )
        key = ",".join(str(twin.pk) for twin in twins)
        if twins and request.POST.get(SEEN_TWINS) != key:
            return form_page(request, start, entry, twins=twins, twins_key=key, **shown)
        return None
    if entry.form.cleaned_data["version"] != start.offer.version:
        return _changed_meanwhile(request, entry, shown)
    if not start.base.differences(entry.content) and not entry.form.other_text():
        sentence = _("Sie haben noch nichts geändert.")
        entry.form.add_error(None, sentence)
        return form_page(request, start, entry, **shown)
    return None


def _changed_meanwhile(request, entry: ProposedEntry, shown: dict):
    """Show what the entry says by now beside what was typed; sent once more, that counts."""
    data = request.POST.copy()
    start = start_of(request.POST)
    data["version"] = str(start.offer.version)
    again = ProposedEntry(start, data, on=today(), language=pages.language_of(request))
    again.is_valid()
    newer = changes_between(start.base, again.content, again.words) if again.form.is_valid() else []
    return form_page(request, start, again, newer=newer, is_newer=True, **shown)


def _values(entry: ProposedEntry, language: str) -> dict:
    """Return what belongs to the proposal: of a partner with a link its own name, kind and address."""
    house = entry.start.house
    known = direct.house_values(house) | {"submitter_email": house.email} if house else {}
    said = {"new_place": entry.new_place, "language": language, "other_text": entry.form.other_text()}
    return {**said, **entry.form.about(), **known}


def _send(entry: ProposedEntry, values: dict, token: str) -> None:
    """Store the proposal, or let it take effect."""
    start = entry.start
    about: dict = {"token": token, "offer": start.offer, "base": start.base, "on": today()}
    if start.is_direct:
        direct.publish_directly(entry.content, values, partner=start.house, **about)
    else:
        operations.submit_proposal(entry.content, values, centre=start.centre, partner=start.house, **about)


@public
@require_safe
@in_language
def thanks(request, token: str):
    """Thanks, what happens next, and the link to come back."""
    found = queries.proposal_of(token)
    if found is None:
        raise Http404
    context = {"proposal": found, "token": token, "content": OfferContent.from_data(found.content)}
    return answer(request, "offers/proposals/thanks.html", context)
