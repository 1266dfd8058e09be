"""What can be done with the words: change a term, take up a word people type, write and check a translation.

Each act renews what its entries are found by: at once where they are few, else by the clock (`renew_waiting`).
"""

from collections.abc import Iterable
from datetime import date
from itertools import batched

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.acting import SYSTEM
from verbund.core.audit import call_fields, describe
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.models import AuditEntry
from verbund.core.versions import StaleVersion
from verbund.offers import versions
from verbund.offers.indexing import index_offers
from verbund.offers.lifecycle import PUBLIC
from verbund.offers.models import EASY, Language, Offer, OfferText, RemovedWord, Synonym, Term, TermName
from verbund.offers.words.term_words import TermWords, sign_of

DIRECTLY_UP_TO = 200
AT_ONCE = 200
FIELDS = ("name", "description", "position", "is_in_use")
TEXTS = ("title", "summary", "description", "next_steps", "to_bring")
LONGEST_FUNCTION = OfferText._meta.get_field("checked_by_function").max_length


class OwnText(DomainError):
    """Whoever wrote a text in Leichte Sprache last does not check it."""


class AlreadyThere(DomainError):
    """The term has this word already."""


@transaction.atomic
def edit_term(term: Term, said: TermWords, *, seen: str, actor) -> bool:
    """Replace the words of a term; `seen` is the sign of those on the screen. Raises StaleVersion.

    Kind and code never change. Returns whether the search knows the words already; nothing is recorded when nothing
    changes.
    """
    term = _locked(term)
    before = TermWords.of(term)
    if before.sign() != seen:
        raise StaleVersion(_("Jemand anderes hat diese Wörter inzwischen geändert."))
    if before == said:
        return True
    for name in FIELDS:
        setattr(term, name, getattr(said, name))
    term.save(update_fields=FIELDS)
    _write_names(term, before, said)
    _write_synonyms(term, before, said)
    told = _told(before, said)
    audit.record("edit_term", term, actor=actor, before=told[0], after=told[1])
    return _renew(term, actor)


@transaction.atomic
def add_synonym(term: Term, word: str, *, language: str, actor) -> bool:
    """Let a word people type lead to a term. Raises AlreadyThere. Returns whether the search knows it already."""
    term = _locked(term)
    known = Synonym.objects.filter(term=term, language=language).values_list("word", flat=True)
    if word.casefold() in {one.casefold() for one in known}:
        raise AlreadyThere(_("„%(word)s“ steht schon bei „%(term)s“.") % {"word": word, "term": term}, field="term")
    Synonym.objects.create(term=term, language_id=language, word=word)
    _forget_removed(term, [(language, word)])
    after = {"added_words": _in_languages({language: (word,)})}
    audit.record("add_synonym", term, actor=actor, before={"added_words": ""}, after=after)
    return _renew(term, actor)


@transaction.atomic
def check_text(text: OfferText, said: dict[str, str], *, seen: str, on: date, actor) -> None:
    """Say that a translation is right, with what was corrected; `seen` is `sign_of_text`. Raises StaleVersion, OwnText.

    Function and day are kept, never the person. A corrected text counts as one of a human being.
    """
    offer = locking(Offer.objects).get(pk=text.offer_id)  # before its text, which says of which German text it is one
    text = locking(OfferText.objects).get(pk=text.pk)
    text.offer = offer
    if sign_of_text(text) != seen:
        raise StaleVersion(_("Der deutsche Text oder die Übersetzung wurde inzwischen geändert."))
    if text.language_id == EASY and actor.persons & _writers_of(text):
        raise OwnText(_("Wer den Text geschrieben hat, prüft ihn nicht selbst. Bitten Sie eine andere Person."))
    before = {name: getattr(text, name) for name in TEXTS}
    is_corrected = any(said[name] != before[name] for name in TEXTS)
    for name in TEXTS:
        setattr(text, name, said[name])
    if is_corrected:
        text.origin = OfferText.Origin.HUMAN
    text.checked_on, text.checked_by_function = on, actor.label[:LONGEST_FUNCTION]
    text.source_sha256 = text.offer.text_sha256()
    text.save()
    Offer.objects.filter(pk=text.offer_id).update(changed_at=timezone.now())
    index_offers([text.offer_id])
    language = Language.objects.get(pk=text.language_id).name
    if is_corrected:
        audit.record("correct_text", text, actor=actor, before=before, after=said, note=language)
    else:
        audit.record("check_text", text, actor=actor, after={"checked_on": on}, note=language)


@transaction.atomic
def write_easy_text(offer: Offer, said: dict[str, str], *, seen: str, actor) -> OfferText:
    """Write what an entry says in Leichte Sprache; `seen` is `sign_of_text(easy_text_of(offer))`. Raises StaleVersion.

    Readers see it once somebody else has checked it (`check_text`); until then they read the German text.
    """
    offer = locking(Offer.objects).get(pk=offer.pk)
    text = easy_text_of(offer)
    if sign_of_text(text) != seen:
        raise StaleVersion(_("Der deutsche Text oder der Text in Leichter Sprache wurde inzwischen geändert."))
    before = {name: getattr(text, name) for name in TEXTS}
    for name in TEXTS:
        setattr(text, name, said[name])
    text.origin, text.checked_on, text.checked_by_function = OfferText.Origin.HUMAN, None, ""
    text.source_sha256 = offer.text_sha256()
    text.save()
    Offer.objects.filter(pk=offer.pk).update(changed_at=timezone.now())
    index_offers([offer.pk])
    audit.record("write_easy_text", text, actor=actor, before=before, after=said)
    return text


@transaction.atomic
def take_over_text(offer: Offer, said: dict[str, str], *, language: str, actor) -> OfferText:
    """Put title and summary that somebody outside wrote in another language beside an entry, checked by nobody.

    An older text in this language keeps what else it says, and what it says of the German text it was made from.
    """
    offer = locking(Offer.objects).get(pk=offer.pk)
    text = offer.texts.filter(language=language).first() or OfferText(offer=offer, language_id=language)
    before = {name: getattr(text, name) for name in said}
    if before == said:
        return text
    for name in said:
        setattr(text, name, said[name])
    text.origin, text.checked_on, text.checked_by_function = OfferText.Origin.UNKNOWN, None, ""
    if not any(getattr(text, name) for name in TEXTS if name not in said):
        text.source_sha256 = offer.text_sha256()
    text.save()
    Offer.objects.filter(pk=offer.pk).update(changed_at=timezone.now())
    index_offers([offer.pk])
    name = Language.objects.get(pk=language).name
    audit.record("take_over_text", text, actor=actor, before=before, after=said, note=name)
    return text


def _writers_of(text: OfferText) -> set[int]:
    """Return who wrote a text in Leichte Sprache last, deputies and whom they stand for, by what the trail says."""
    acts = AuditEntry.objects.filter(target_type=OfferText._meta.label, target_id=str(text.pk), verb="write_easy_text")
    return set(acts.order_by("-pk").values_list("actor_id", "on_behalf_of_id").first() or ()) - {None}


def easy_text_of(offer: Offer) -> OfferText:
    """Return an entry's text in Leichte Sprache, an empty new one where there is none."""
    found = OfferText.objects.filter(offer=offer, language=EASY).first() or OfferText(language_id=EASY)
    found.offer = offer
    return found


def sign_of_text(text: OfferText) -> str:
    """Return the sign of a translation together with the German text it stands beside."""
    return sign_of({of: {name: getattr(one, name) for name in TEXTS} for of, one in (("de", text.offer), ("", text))})


def renew_waiting() -> None:
    """Renew what the entries of changed terms are found by, some hundred at a time. Meant for the clock."""
    for term in Term.objects.filter(pk__in=_waiting()):
        newest = _newest_wait(term)
        for ids in batched(_public_ids(term), AT_ONCE):
            _renew_some(ids)
        _say_renewed(term, newest)


def _locked(term: Term) -> Term:
    """Return the term with its row locked; entries that come to bear it meanwhile need not wait."""
    return locking(Term.objects).get(pk=term.pk)


def _write_names(term: Term, before: TermWords, said: TermWords) -> None:
    term.names.exclude(language__in=said.names).delete()
    _remember_removed(term, ((code, before.names[code][0]) for code in before.names.keys() - said.names.keys()))
    _forget_removed(term, ((code, name) for code, (name, _is_checked) in said.names.items()))
    for language, (name, is_checked) in said.names.items():
        values = {"name": name, "is_checked": is_checked}
        TermName.objects.update_or_create(term=term, language_id=language, defaults=values)


def _write_synonyms(term: Term, before: TermWords, said: TermWords) -> None:
    for language, words in _more(before.synonyms, said.synonyms).items():
        term.synonyms.filter(language=language, word__in=words).delete()
        _remember_removed(term, ((language, word) for word in words))
    Synonym.objects.bulk_create(
        Synonym(term=term, language_id=language, word=word)
        for language, words in _more(said.synonyms, before.synonyms).items()
        for word in words
    )
    _forget_removed(term, ((language, word) for language, words in said.synonyms.items() for word in words))


def _remember_removed(term: Term, words: Iterable[tuple[str, str]]) -> None:
    """Keep what somebody took away, so that it does not come back with the next version of the program."""
    rows = [RemovedWord(term=term, language_id=language, word=word) for language, word in words]
    RemovedWord.objects.bulk_create(rows, ignore_conflicts=True)


def _forget_removed(term: Term, words: Iterable[tuple[str, str]]) -> None:
    """Forget that words were taken away which somebody wants again."""
    wanted = set(words)
    rows = term.removed_words.values_list("pk", "language_id", "word")
    term.removed_words.filter(pk__in=[pk for pk, *word in rows if tuple(word) in wanted]).delete()


def _more(one: dict[str, tuple], other: dict[str, tuple]) -> dict[str, tuple]:
    """Return what one has by language and the other has not."""
    found = {language: tuple(sorted(set(words) - set(other.get(language, ())))) for language, words in one.items()}
    return {language: words for language, words in found.items() if words}


def _told(before: TermWords, said: TermWords) -> tuple[dict, dict]:
    """Return what the trail keeps: the fields, the names that differ, the words that went and came."""
    then: dict = {name: getattr(before, name) for name in FIELDS}
    now: dict = {name: getattr(said, name) for name in FIELDS}
    changed = {code for code in before.names | said.names if before.names.get(code) != said.names.get(code)}
    for told, words in ((then, before), (now, said)):
        told["other_names"] = _in_languages({code: _spoken(*words.names[code]) for code in changed & set(words.names)})
    then |= {"removed_words": _in_languages(_more(before.synonyms, said.synonyms)), "added_words": ""}
    now |= {"removed_words": "", "added_words": _in_languages(_more(said.synonyms, before.synonyms))}
    return then, now


def _spoken(name: str, is_checked: bool) -> tuple[str]:
    return (f"{name} ({_('geprüft')})" if is_checked else name,)


def _in_languages(words: dict[str, Iterable[str]]) -> str:
    names = Language.objects.in_bulk(words)
    return "; ".join(f"{names[code]}: {', '.join(words[code])}" for code in sorted(words))


def _public_ids(term: Term) -> list[int]:
    bearing = Offer.objects.filter(terms=term, status__in=PUBLIC)
    return list(bearing.order_by("pk").values_list("pk", flat=True))


def _renew(term: Term, actor) -> bool:
    """Renew at once what few entries are found by; of many say that they wait."""
    versions.note_change_of_all()
    ids = _public_ids(term)
    is_few = len(ids) <= DIRECTLY_UP_TO
    if is_few:
        _renew_some(ids)
    else:
        audit.record("await_search", term, actor=actor)
    return is_few


@transaction.atomic
def _renew_some(ids: Iterable[int]) -> None:
    """Index entries while their rows are locked."""
    index_offers(list(locking(Offer.objects).filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)))


def _waiting() -> list[str]:
    """Return the terms whose entries still wait, by what the trail says last about them."""
    acts = AuditEntry.objects.filter(target_type=Term._meta.label, verb__in=["await_search", "renew_search"])
    newest = dict(acts.order_by("pk").values_list("target_id", "verb"))
    return [pk for pk, verb in newest.items() if verb == "await_search"]


def _newest_wait(term: Term) -> int:
    waits = AuditEntry.objects.filter(target_type=Term._meta.label, target_id=str(term.pk), verb="await_search")
    return waits.order_by("-pk").values_list("pk", flat=True)[:1].get()


@transaction.atomic
def _say_renewed(term: Term, wait: int) -> None:
    """Record that the search knows the words, unless they changed again meanwhile."""
    term = _locked(term)
    if _newest_wait(term) == wait:
        audit.record("renew_search", term, actor=SYSTEM)


for _verb, _sentence in {
    "edit_term": gettext_lazy("Wörter geändert"),
    "add_synonym": gettext_lazy("Wort aufgenommen"),
    "await_search": gettext_lazy("Suche wird erneuert"),
    "renew_search": gettext_lazy("Suche erneuert"),
    "write_easy_text": gettext_lazy("Leichte Sprache geschrieben"),
    "check_text": gettext_lazy("Übersetzung geprüft"),
    "take_over_text": gettext_lazy("Text in einer zweiten Sprache übernommen, nicht geprüft"),
    "correct_text": gettext_lazy("Übersetzung berichtigt und geprüft"),
}.items():
    describe(_verb, _sentence)
call_fields(
    {
        "other_names": gettext_lazy("Bezeichnung in anderen Sprachen"),
        "added_words": gettext_lazy("neue Wörter"),
        "removed_words": gettext_lazy("entfernte Wörter"),
    }
)
call_fields({"checked_on": gettext_lazy("geprüft am")}, model=OfferText)
