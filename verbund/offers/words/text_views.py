"""Checking translations: what waits, and a text beside the German one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbund.core import audit
from verbund.core.dates import today
from verbund.core.error_pages import conflict
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.offers.models import OfferText
from verbund.offers.words import operations, permissions, queries
from verbund.offers.words.forms import TextForm
from verbund.offers.words.ways import ways

PAGE_SIZE = 50


@require_safe
@gate(may=permissions.checks_texts)
def texts(request):
    """Translations nobody has checked, or whose German text has changed since, by language."""
    visible = queries.texts_visible_to(request.actor)
    languages = queries.waiting_by_language(visible)
    language = request.GET.get("sprache", "")
    chosen = language if language in {code for code, _name, _number in languages} else ""
    waiting = queries.texts_to_check(visible.filter(language=chosen) if chosen else visible)
    context = {
        "page": Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("seite")),
        "languages": languages,
        "chosen": chosen,
        "total": sum(number for _code, _name, number in languages),
        "ways": ways(request),
    }
    return show(request, "offers/words/texts.html", context)


@gate(among=queries.texts_visible_to, may=lambda actor, _text: permissions.checks_texts(actor))
def text(request, text):
    """A translation beside the German text: correct it, and say that it is right."""
    form = TextForm(request.POST if request.method == "POST" else None, text=text, seen=operations.sign_of_text(text))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in operations.TEXTS}
        try:
            operations.check_text(text, said, seen=form.cleaned_data["seen"], on=today(), actor=request.actor)
        except StaleVersion as refusal:
            return _somebody_was_faster(request, refusal, text, form)
        except operations.OwnText as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Die Übersetzung gilt als heute geprüft."))
            return redirect(_next(request, text))
    context = {
        "text": text,
        "is_shown": text.offer.is_shown(today()),
        "form": form,
        "is_outdated": text.source_sha256 != text.offer.text_sha256(),
        "is_by_machine": text.origin == OfferText.Origin.MACHINE,
        "back": _list_of(text),
        "history": audit.history_of(text),
    }
    return show(request, "offers/words/text.html", context, status=422 if form.errors else 200)


def _list_of(text) -> str:
    return f"{reverse('offers:texts')}?sprache={text.language_id}"


def _next(request, text) -> str:
    """Return the next text that waits in the same language; the list when there is none."""
    waiting = queries.texts_to_check(queries.texts_visible_to(request.actor).filter(language=text.language_id))
    pk = waiting.values_list("pk", flat=True).first()
    return reverse("offers:text", args=[pk]) if pk else reverse("offers:texts")


def _somebody_was_faster(request, refusal, text, form):
    """Show the translation stored now beside what was typed."""
    stored = OfferText.objects.get(pk=text.pk)
    changes = [
        {"label": form[name].label, "theirs": getattr(stored, name), "mine": form.cleaned_data[name]}
        for name in operations.TEXTS
        if getattr(stored, name) != form.cleaned_data[name]
    ]
    sentence = _("%(refusal)s Ihre Eingaben stehen unten und sind nicht übernommen.") % {"refusal": refusal}
    return conflict(request, sentence=sentence, changes=changes, back_href=reverse("offers:text", args=[text.pk]))
