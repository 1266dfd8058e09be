"""What people looked for and did not find, as a page and as a table; and taking such a word up."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core import exports
from verbund.core.acts import act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.offers.models import Language
from verbund.offers.words import missing, operations, permissions
from verbund.offers.words.exports import MISSED_COLUMNS, missed_lines
from verbund.offers.words.forms import LONGEST_WORD, TakeUpForm, plain
from verbund.offers.words.ways import ways

PAGE_SIZE = 50
MOST_EXPORTED = 5_000


def _asked(request) -> tuple:
    """Return the searches the address asks for, with what of it makes sense: districts, place, language."""
    districts = missing.districts_for(request.actor)
    place, language = request.GET.get("kreis", ""), request.GET.get("sprache", "")
    if place not in {missing.NOWHERE, *(one.pk for one in districts)}:
        place = ""
    languages = dict(Language.objects.filter(has_pages=True).values_list("code", "name"))
    language = language if language in languages else ""
    visible = missing.missed_visible_to(request.actor, on=today())
    return missing.narrowed(visible, place=place, language=language), districts, place, languages, language


@require_safe
@gate(may=permissions.reads_missed)
def missed(request):
    """Words nobody found in the last twelve months, most missed first."""
    found, districts, place, languages, language = _asked(request)
    page = Paginator(missing.shown(found), PAGE_SIZE).get_page(request.GET.get("seite"))
    edits = permissions.edits_words(request.actor)
    page.object_list = [
        {"missed": one, "take_up": _take_up(one) if edits else ""}
        for one in missing.rows(found, list(page.object_list))
    ]
    context = {
        "page": page,
        "sums": missing.sums(found),
        "districts": districts,
        "place": place,
        "nowhere": missing.NOWHERE,
        "languages": languages.items(),
        "chosen": language,
        "is_filtered": bool(place or language),
        "edits": edits,
        "reads_all": permissions.reads_all_missed(request.actor),
        "ways": ways(request),
    }
    return show(request, "offers/words/missed.html", context)


def _take_up(one: missing.Missed) -> str:
    return reverse("offers:take-up") + "?" + urlencode({"wort": one.words, "sprache": one.language})


@require_safe
@gate(may=permissions.reads_missed)
def missed_csv(request):
    return exports.respond_csv(MISSED_COLUMNS, _lines(request), name="vergeblich-gesucht")


@require_safe
@gate(may=permissions.reads_missed)
def missed_xlsx(request):
    return exports.respond_xlsx(
        MISSED_COLUMNS, _lines(request), name="vergeblich-gesucht", title=_("Vergeblich gesucht")
    )


def _lines(request):
    found = _asked(request)[0]
    return missed_lines(missing.rows(found, list(missing.shown(found)[:MOST_EXPORTED])), missing.sums(found))


@gate(may=permissions.edits_words)
def take_up(request):
    """Let a missed word lead to a term."""
    given = request.GET
    initial = {"word": plain(given.get("wort", ""))[:LONGEST_WORD], "language": given.get("sprache", "de")[:8]}
    return act_with_form(
        request,
        TakeUpForm(request.POST if request.method == "POST" else None, initial=initial),
        lambda typed: operations.add_synonym(
            typed["term"], typed["word"], language=typed["language"].pk, actor=request.actor
        ),
        template="offers/words/take_up.html",
        title=_("Wort aufnehmen"),
        label=_("Aufnehmen"),
        intro=_("Wer dieses Wort eintippt, findet danach die Einträge zu dem Begriff, den Sie wählen."),
        back=reverse("offers:missed"),
        done=_("Aufgenommen. Bei Begriffen mit vielen Einträgen kennt die Suche das Wort in wenigen Minuten."),
    )
