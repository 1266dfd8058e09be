"""The vocabulary: all terms, one term, its form."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core import audit
from verbund.core.error_pages import conflict
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.offers.models import Language, Term
from verbund.offers.reading import PAGE_LANGUAGES
from verbund.offers.words import operations, permissions, queries
from verbund.offers.words.forms import TermForm
from verbund.offers.words.term_words import TermWords
from verbund.offers.words.ways import ways

MORE = "dazu"


def all_terms(_actor):
    """Everybody who may read the vocabulary reads all of it."""
    return Term.objects.all()


@require_safe
@gate(may=permissions.reads_words)
def words(request):
    """All terms by kind, with how many words they have and where they are used."""
    context = {"kinds": queries.vocabulary(), "ways": ways(request), "edits": permissions.edits_words(request.actor)}
    return show(request, "offers/words/words.html", context)


@require_safe
@gate(among=all_terms, may=lambda actor, _term: permissions.reads_words(actor))
def term(request, term):
    """A term with its words in all languages, and who changed what."""
    said = TermWords.of(term)
    languages = [one for one in Language.objects.all() if one.pk in {*said.names, *said.synonyms}]
    context = {
        "term": term,
        "languages": [
            {"language": one, "name": said.names.get(one.pk), "words": said.synonyms.get(one.pk, ())}
            for one in languages
        ],
        "edits": permissions.edits_words(request.actor),
        "history": audit.history_of(term),
        "ways": ways(request),
    }
    return show(request, "offers/words/term.html", context)


@gate(among=all_terms, may=lambda actor, _term: permissions.edits_words(actor))
def edit_term(request, term):
    """Change the words of a term; of two people who do so the second sees what the first has saved."""
    said = TermWords.of(term)
    more = request.GET.get(MORE, "")[:8].replace("\x00", "")
    languages = queries.languages_of(term, usual=PAGE_LANGUAGES, more=more)
    form = TermForm(request.POST if request.method == "POST" else None, words=said, languages=languages)
    if request.method == "POST" and form.is_valid():
        try:
            is_known = operations.edit_term(term, form.words(), seen=form.cleaned_data["seen"], actor=request.actor)
        except StaleVersion as refusal:
            return _somebody_was_faster(request, refusal, term, form)
        messages.success(request, told(is_known))
        return redirect("offers:term", pk=term.pk)
    context = {
        "term": term,
        "form": form,
        "others": Language.objects.filter(is_spoken=True).exclude(pk__in=["de", *(one.pk for one in languages)]),
    }
    return show(request, "offers/words/term_form.html", context, status=422 if form.errors else 200)


def told(is_known: bool) -> str:
    """Return what to say after words were saved: whether the search knows them already."""
    if is_known:
        return _("Gespeichert. Die Suche kennt die Wörter ab jetzt.")
    return _("Gespeichert. Die Suche kennt die Wörter in wenigen Minuten.")


def _somebody_was_faster(request, refusal, term, form):
    """Show what is stored now beside what was typed."""
    stored = TermForm(words=TermWords.of(Term.objects.get(pk=term.pk)), languages=form.languages)
    changes = []
    for field in form.visible_fields():
        theirs, mine = (_as_text(one) for one in (stored[field.name].value(), field.value()))
        if theirs != mine:
            changes.append({"label": field.label, "theirs": theirs, "mine": mine})
    sentence = _("%(refusal)s Ihre Eingaben stehen unten und sind nicht übernommen.") % {"refusal": refusal}
    return conflict(request, sentence=sentence, changes=changes, back_href=reverse("offers:edit-term", args=[term.pk]))


def _as_text(value) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    return "\n".join(str("" if value is None else value).splitlines())
