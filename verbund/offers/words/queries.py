"""What can be asked about the vocabulary and the translations."""

from collections import Counter

from django.db.models import BooleanField, Case, CharField, Count, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from verbund.accounts.roles import Role
from verbund.core.acting import Actor
from verbund.offers.lifecycle import PUBLIC, OfferStatus
from verbund.offers.models import EASY, Language, Offer, OfferText, PlaceFeature, Synonym, Term, TermName
from verbund.offers.words.permissions import is_of_a_centre

MADE_FROM = ("title", "summary", "description")
"""The German fields whose hash a translation keeps (`Offer.text_sha256`)."""


class Sha256(Func):
    """The SHA-256 of a text in hexadecimal digits, on both databases without an extension."""

    function = "SHA256"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **more):
        template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **more)


def vocabulary() -> list[dict]:
    """Return the kinds with their terms: words by language, entries or places that bear them; five statements."""
    names = Counter(TermName.objects.values_list("term_id", flat=True))
    unchecked = Counter(TermName.objects.filter(is_checked=False).values_list("term_id", flat=True))
    synonyms = Counter(Synonym.objects.values_list("term_id", flat=True))
    borne = _counted(Offer.terms.through.objects.filter(offer__status__in=PUBLIC), "term_id")
    borne |= _counted(PlaceFeature.objects.all(), "feature_id")
    rows: dict[str, list] = {kind: [] for kind in Term.Kind}
    for term in Term.objects.all():
        pk = term.pk
        counts = {"names": names[pk], "unchecked": unchecked[pk], "synonyms": synonyms[pk], "borne": borne.get(pk, 0)}
        rows[term.kind].append({"term": term, **counts})
    return [{"kind": kind, "label": Term.Kind(kind).label, "rows": found} for kind, found in rows.items()]


def _counted(rows: QuerySet, by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(Count("pk")))


def languages_of(term: Term, *, usual, more: str = "") -> list[Language]:
    """Return the languages whose words of a term are shown: the usual ones, those it has, and one asked for."""
    codes = {*usual, more, *term.names.values_list("language_id", flat=True)}
    codes |= set(term.synonyms.values_list("language_id", flat=True))
    return list(Language.objects.filter(pk__in=codes - {"de"}))


def texts_visible_to(actor: Actor) -> QuerySet[OfferText]:
    """Return the translations a person may check: reviewers of all that is public, a centre of its entries.

    What a centre writes in Leichte Sprache it does not check itself.
    """
    found = OfferText.objects.select_related("offer__partner__organisation", "language")
    if actor.role == Role.TRANSLATION_REVIEWER:
        return found.filter(offer__status__in=PUBLIC)
    if is_of_a_centre(actor):
        own = found.filter(offer__partner__centre_id=actor.organisation_id).exclude(offer__status=OfferStatus.ENDED)
        return own.exclude(language=EASY)
    return found.none()


def with_age(texts: QuerySet[OfferText]) -> QuerySet[OfferText]:
    """Say of each translation whether it was made from another German text than today's (`is_outdated`)."""
    line = Value("\n")
    first, second, third = (F(f"offer__{name}") for name in MADE_FROM)
    made_from = Sha256(Concat(first, line, second, line, third, output_field=CharField()))
    is_outdated = Case(When(source_sha256=made_from, then=False), default=True, output_field=BooleanField())
    return texts.annotate(is_outdated=is_outdated)


def texts_to_check(texts: QuerySet[OfferText]) -> QuerySet[OfferText]:
    """Return those nobody has checked, or that were made from another German text; what readers trust wrongly first."""
    waiting = with_age(texts).filter(Q(checked_on=None) | Q(is_outdated=True))
    return waiting.order_by(F("checked_on").asc(nulls_last=True), "offer__title", "pk")


def waiting_by_language(texts: QuerySet[OfferText]) -> list[tuple[str, str, int]]:
    """Return code, name and number of the languages in which translations wait."""
    rows = texts_to_check(texts).order_by("language__position").values_list("language_id", "language__name")
    return list(rows.annotate(number=Count("pk")))
