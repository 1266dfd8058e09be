"""Pages of those who answer: the list, an enquiry with what can be done, and the numbers of a year."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.advising.enquiries import forms, listing, numbers, operations, permissions, queries, reading, routing
from verbund.advising.enquiries.exports import COLUMNS, NUMBER_COLUMNS
from verbund.advising.enquiries.lifecycle import EnquiryStatus
from verbund.advising.figures.forms import chosen_year, years
from verbund.advising.models import Enquiry, EnquiryRule
from verbund.advising.queries import terms
from verbund.core import exports
from verbund.core.acts import act_with_form
from verbund.core.dates import today
from verbund.core.error_pages import conflict
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.directory.models import Centre, Municipality
from verbund.directory.queries import municipalities_of
from verbund.offers.models import Term

ACT = "advising/enquiries/act.html"


@require_safe
@gate(may=permissions.has_enquiries)
def enquiries(request):
    """What the own centre or unit has, the most urgent first."""
    on, wanted = today(), _wanted(request)
    found = listing.found(queries.enquiries_visible_to(request.actor), wanted, on=on)
    context = {
        "wanted": wanted,
        "page": listing.page_of(found, request.GET.get("seite"), on=on),
        "statuses": EnquiryStatus.choices,
        "topics": [*_topics(), (listing.NO_TOPIC, _("etwas anderes"))],
        "late": listing.LATE,
        "days": EnquiryRule.in_force(EnquiryRule.What.ANSWER_WORKING_DAYS, on=on),
    }
    return show(request, "advising/enquiries/list.html", context)


def _topics() -> list[tuple[str, str]]:
    return list(terms(Term.Kind.FIELD).values_list("code", "name"))


def _wanted(request) -> listing.Wanted:
    return listing.Wanted.from_address(request.GET, {listing.NO_TOPIC, *(code for code, _name in _topics())})


@require_safe
@gate(may=permissions.has_enquiries)
def enquiries_csv(request):
    return exports.respond_csv(COLUMNS, _rows(request), name="buergeranfragen")


@require_safe
@gate(may=permissions.has_enquiries)
def enquiries_xlsx(request):
    return exports.respond_xlsx(COLUMNS, _rows(request), name="buergeranfragen", title=_("Bürgeranfragen"))


def _rows(request):
    return listing.found(queries.enquiries_visible_to(request.actor), _wanted(request), on=today())


@require_safe
@gate(among=queries.enquiries_visible_to)
def enquiry(request, record):
    """One enquiry: what was asked and said, until when to answer, what comes next."""
    return show(request, "advising/enquiries/enquiry.html", reading.page_of(record, request.actor, on=today()))


@gate(may=permissions.has_enquiries)
def take(request):
    """Write down what somebody asked on the telephone, in person or by letter."""
    on, actor = today(), request.actor
    centre = Centre.objects.filter(pk=actor.organisation_id).first()
    towns = municipalities_of(centre) if centre else Municipality.objects.none()
    initial = {"asked_on": on, "channel": Enquiry.Channel.PHONE, "language": "de"}
    form = forms.TakeForm(request.POST or None, initial=initial, towns=towns)
    return act_with_form(
        request,
        form,
        lambda typed: operations.take(form.values(), answer_text=typed["answer_text"], on=on, actor=actor),
        template="advising/enquiries/take.html",
        title=_("Anfrage eintragen"),
        label=_("Eintragen"),
        intro=_("Was jemand am Telefon, im Gespräch oder in einem Brief fragt, zählt mit und hat dieselbe Frist."),
        back=reverse("advising:enquiries"),
        done=_("Eingetragen."),
        goes_to_made=True,
    )


class Overtaken(Exception):
    """Somebody else saved the enquiry since the form was opened."""


def _acted(request, record, make_form, act_on, *, back: str = "", **words):
    """Let a form act. Where somebody was faster, show what is new with what was typed; sent once more, that counts.

    `make_form(data)` makes the form. Of an enquiry that was passed on meanwhile only what was typed is left.
    """

    def act_unless_overtaken(typed):
        try:
            return act_on(typed)
        except StaleVersion as older:
            raise Overtaken from older

    said = record.messages.select_related("by")
    context = {"record": record, "said": said, **words}
    back = back or record.get_absolute_url()
    try:
        form = make_form(request.POST or None)
        return act_with_form(request, form, act_unless_overtaken, template=ACT, back=back, subject=record, **context)
    except Overtaken:
        newest = queries.enquiries_visible_to(request.actor).filter(pk=record.pk).first()
    if newest is None:
        sentence = _("Die Anfrage ist inzwischen weitergegeben. Was Sie geschrieben haben, steht unten.")
        return conflict(request, sentence=sentence, changes=[], back_href=reverse("advising:enquiries"))
    data = request.POST.copy()
    data["seen"] = str(newest.version)
    context |= {"form": make_form(data), "back": newest.get_absolute_url(), "subject": newest, "record": newest}
    return show(request, ACT, {**context, "is_overtaken": True}, status=409)


def _seen(record) -> dict:
    return {"seen": record.version}


@gate(among=queries.enquiries_visible_to, may=permissions.answers)
def answer(request, record):
    is_first = record.answered_on is None
    return _acted(
        request,
        record,
        lambda data: forms.AnswerForm(data, initial=_seen(record)),
        lambda typed: operations.answer(record, **typed, on=today(), actor=request.actor),
        title=_("Anfrage beantworten") if is_first else _("Noch etwas dazu schreiben"),
        label=_("Antwort absenden"),
        intro=reading.way_of_the_answer(record),
        done=_("Beantwortet."),
        shows_question=True,
    )


@gate(among=queries.enquiries_visible_to, may=permissions.answers)
def ask_back(request, record):
    stands_still = _("Bis zur Antwort der fragenden Person steht Ihre Frist still; beide Seiten lesen das.")
    without_mail = _("Eine E-Mail-Adresse gibt es nicht: Die Person liest die Rückfrage, wenn sie ihren Link öffnet.")
    return _acted(
        request,
        record,
        lambda data: forms.AskBackForm(data, initial=_seen(record)),
        lambda typed: operations.ask_back(record, **typed, on=today(), actor=request.actor),
        title=_("Zurückfragen"),
        label=_("Rückfrage absenden"),
        intro=stands_still if record.email else f"{stands_still} {without_mail}",
        done=_("Die Rückfrage ist abgesandt."),
        shows_question=True,
    )


@gate(among=queries.enquiries_visible_to, may=permissions.answers)
def forward(request, record):
    bodies = [one for one in routing.bodies_on(today()) if one[0] != record.responsible_id]
    return _acted(
        request,
        record,
        lambda data: forms.PassOnForm(data, initial=_seen(record), bodies=bodies),
        lambda typed: operations.pass_on(record, **typed, on=today(), actor=request.actor),
        title=_("Anfrage weitergeben"),
        label=_("Weitergeben"),
        intro=_("Danach sieht nur noch die neue Stelle die Anfrage. Der zugesagte Tag bleibt."),
        back=reverse("advising:enquiries") if request.method == "POST" else "",
        done=_("%(enquiry)s ist weitergegeben.") % {"enquiry": record},
        shows_question=True,
    )


@gate(among=queries.enquiries_visible_to, may=permissions.answers)
def close(request, record):
    return _acted(
        request,
        record,
        lambda data: forms.CloseForm(data, initial=_seen(record), awaits_reply=record.waits_for_asker),
        lambda typed: operations.close(record, **typed, on=today(), actor=request.actor),
        title=_("Ohne Antwort abschließen"),
        label=_("Abschließen"),
        intro=_("Ist ein anderes Zentrum zuständig, geben Sie die Anfrage lieber weiter."),
        done=_("Abgeschlossen."),
        shows_question=True,
    )


@gate(among=queries.enquiries_visible_to, may=permissions.answers)
def reopen(request, record):
    return _acted(
        request,
        record,
        lambda data: forms.ReopenForm(data, initial=_seen(record)),
        lambda typed: operations.reopen(record, **typed, on=today(), actor=request.actor),
        title=_("Anfrage wieder öffnen"),
        label=_("Wieder öffnen"),
        intro=_("Sie steht dann wieder in den Aufgaben; die Zeit für die Antwort beginnt neu."),
        done=_("Wieder offen."),
    )


@gate(among=queries.enquiries_visible_to, may=permissions.answers)
def sort(request, record):
    initial = {**_seen(record), "field": record.field, "stage": record.stage, "audiences": record.audiences.all()}

    def sort_it(typed):
        values = {name: typed[name] for name in operations.SORTED}
        operations.sort_enquiry(
            record, values=values, audiences=typed["audiences"], seen=typed["seen"], actor=request.actor
        )

    return _acted(
        request,
        record,
        lambda data: forms.SortForm(data, initial=initial),
        sort_it,
        title=_("Thema zuordnen"),
        label=_("Speichern"),
        intro=_("So zählt die Anfrage in den Zahlen der Arbeit."),
        done=_("Zugeordnet."),
        shows_question=True,
    )


# numbers


@require_safe
@gate(may=permissions.reads_numbers)
def enquiry_numbers(request):
    """The numbers of a year: in all, by topic, by centre and unit."""
    year = chosen_year(request.GET.get("jahr"), on=today())
    parts = _number_rows(request, year)
    context = {
        "year": year,
        "years": years(on=today()),
        "query": f"?jahr={year}",
        "total": numbers.together(parts)[0] if parts else None,
        "by_topic": numbers.together(parts, by="topic"),
        "by_body": numbers.together(parts, by="body"),
    }
    return show(request, "advising/enquiries/numbers.html", context)


@require_safe
@gate(may=permissions.reads_numbers)
def enquiry_numbers_csv(request):
    year = chosen_year(request.GET.get("jahr"), on=today())
    return exports.respond_csv(NUMBER_COLUMNS, _number_rows(request, year), name=f"buergeranfragen-{year}")


@require_safe
@gate(may=permissions.reads_numbers)
def enquiry_numbers_xlsx(request):
    year = chosen_year(request.GET.get("jahr"), on=today())
    name = f"buergeranfragen-{year}"
    return exports.respond_xlsx(NUMBER_COLUMNS, _number_rows(request, year), name=name, title=str(year))


def _number_rows(request, year: int):
    return numbers.rows(numbers.counted_for(request.actor, year=year), year=year)
