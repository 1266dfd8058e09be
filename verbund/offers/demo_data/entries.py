"""Made-up entries of a centre: which kinds, by which partner, where, and everything the entry says."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle

from verbund.directory.models import Partner
from verbund.offers.content import At, OfferContent
from verbund.offers.demo_data import Draw, Kind, hours, kinds_by_need, words
from verbund.offers.demo_data.network import Network, PlaceAt, phone_of
from verbund.offers.lifecycle import TRIED, OfferStatus, Stage
from verbund.offers.models import Offer

ALL_IN_PUBLIC = 12
"""So many entries of each centre everybody sees; of those after them some are drafts, paused or ended."""

STANDS_ALONE = (" in ", " im ", " am ", " an ", " aus ", " nach ", " vom ", "?", ":")
UNCHECKED_PERCENT = 6
LONGEST_UNCHECKED = 547
TRIED_FOR = 200
"""Days a made-up offer is tried; some are over."""

S, Known, Checked = OfferStatus, Offer.Known, Offer.Checked


@dataclass(frozen=True)
class Life:
    """What is not content: status, days, checks, and steps (stage, day, evaluation) up to today's stage."""

    status: str
    stage: str
    paused_until: date | None
    published_on: date | None
    checked_on: date | None
    checked_how: str
    steps: tuple[tuple[str, date, str], ...] = ()
    tried_until: date | None = None


@dataclass(frozen=True)
class Entry:
    """One entry, not saved yet; `key` begins with the code of its kind."""

    key: str
    kind: Kind
    partner: Partner
    content: OfferContent
    life: Life


def kinds_of_centres(counts: list[int]) -> list[list[Kind]]:
    """Return for each centre so many different kinds, need after need: first the common ones, then all in turn."""
    turns = {need: cycle(kinds) for need, kinds in kinds_by_need().items()}
    found = []
    for number, count in enumerate(counts):
        chosen: list[Kind] = []
        needs = list(turns)
        for position in range(count):
            need = needs[(position + number * 3) % len(needs)]
            common = [kind for kind in kinds_by_need()[need] if kind.is_common]
            is_first = position < len(turns)
            chosen.append(
                common[number % len(common)] if is_first else next(kind for kind in turns[need] if kind not in chosen)
            )
        found.append(chosen)
    return found


def build(network: Network, kinds: list[Kind], *, on: date, holidays) -> list[Entry]:
    """Return the entries of a centre; the places of its network must be saved."""
    used = {partner.uid: 0 for partner in network.partners}
    return [_entry(network, kind, position, used, on, holidays) for position, kind in enumerate(kinds)]


def _entry(network: Network, kind: Kind, position: int, used: dict, on: date, holidays) -> Entry:
    key = f"{kind.code}:{network.centre.key}:{position + 1}"
    draw = Draw(key)
    fitting = [partner for partner in network.partners if partner.kind in kind.by]
    partner = min(fitting, key=lambda one: (used[one.uid], draw.number(str(one.uid), 1000)))
    used[partner.uid] += 1
    languages = _languages(kind, draw)
    registration = draw.pick("registration", kind.registrations)
    where = _places(network, kind, draw)
    spoken = [code for code, mode in languages if mode != "SPOKEN"]
    at = tuple(_at(kind, one, draw, number, on, holidays, registration, spoken) for number, one in enumerate(where))
    in_one = {code for one in at for rule in one.hours for code in rule.languages}
    content = OfferContent(
        values=_values(network, kind, partner, where, draw, registration, on),
        terms=kind.terms,
        languages=tuple(one for one in languages if one[0] not in in_one),
        at=at,
    )
    return Entry(key, kind, partner, content, _life(draw, position, on))


def _languages(kind: Kind, draw: Draw) -> tuple[tuple[str, str], ...]:
    """Return German, and of the kind's other languages one to four, some on request or with an interpreter."""
    pool = words()["languages"][kind.languages]
    most = 2 if kind.languages == "few" else 4
    chosen = draw.some("language", pool, min(len(pool), 1 + draw.number("languages", most)))
    if draw.chance("arabic", 45) and "ar" in pool and "ar" not in chosen:
        chosen[0] = "ar"
    modes = {code: draw.pick(f"mode {code}", ("SPOKEN",) * 6 + ("ON_REQUEST", "INTERPRETER")) for code in chosen}
    return tuple(sorted({"de": "SPOKEN", **modes}.items()))


def _places(network: Network, kind: Kind, draw: Draw) -> list[PlaceAt | None]:
    """Return one place, rarely two; None for by telephone and online."""
    if "remote" in kind.where:
        return [None]
    wanted = draw.pick("where", kind.where)
    fitting = [one for one in network.places if one.kind == wanted]
    count = 2 if len(fitting) > 1 and wanted in {"house", "office"} and draw.chance("second place", 8) else 1
    found: list[PlaceAt | None] = list(draw.some("place", fitting, count)) if fitting else []
    if not found:
        found = [draw.pick("any place", [one for one in network.places if one.kind == "house"])]
    return [*found, None] if wanted == "office" and draw.chance("also by telephone", 12) else found


def _at(kind: Kind, where, draw: Draw, number: int, on: date, holidays, registration: str, spoken) -> At:
    here = Draw(f"{draw.key}/{number}")
    by_appointment = registration in {"PHONE", "EMAIL", "REFERRAL"}
    found = hours.times(
        kind.when, here, on=on, by_appointment=by_appointment, spoken=() if number else spoken, holidays=holidays
    )
    has_room = where is not None and where.kind != "protected" and here.chance("room", 30)
    return At(
        place=where and where.place.pk,
        room=here.pick("room", words()["rooms"]) if has_room else "",
        phone=phone_of(here.number("phone", 1000)) if where is None and here.chance("own phone", 50) else "",
        hours_note=found.note,
        hours=found.hours,
        changes=found.changes,
        breaks=found.breaks,
    )


def _values(network: Network, kind: Kind, partner, where, draw: Draw, registration: str, on: date) -> dict:
    place = where[0]
    town = place.town if place else network.seat
    is_course = kind.when == "course"
    youngest, oldest = kind.ages
    return {
        "title": _title(kind, place, town, draw),
        "summary": draw.pick("summary", kind.summaries),
        "description": f"{kind.about} {_more(kind, draw).format(town=town)}",
        "minimum_age": youngest,
        "maximum_age": oldest,
        "is_women_only": kind.is_women_only,
        "child_care": kind.child_care if kind.child_care != Known.UNKNOWN or draw.chance("care", 60) else Known.NO,
        "is_free": not kind.fee,
        "amount_fee": Decimal(kind.fee) if kind.fee not in {"", "?"} else None,
        "fee_note": kind.fee_note,
        "registration": registration,
        "next_steps": kind.next_steps or draw.pick("next", words()["next_steps"][registration]),
        "to_bring": kind.bring,
        "contact_function": kind.contact or ("Anmeldung" if is_course else draw.pick("contact", CONTACTS)),
        "phone": partner.phone if draw.chance("phone of partner", 65) else phone_of(draw.number("phone", 1000)),
        "email": partner.email if registration == "EMAIL" or draw.chance("mail", 70) else "",
        "website": partner.website or ("https://demo.invalid/anmeldung" if registration == "WEBSITE" else ""),
        "valid_from": on - timedelta(days=20 + draw.number("begun", 90)) if is_course else None,
        "valid_until": on + timedelta(days=60 + draw.number("ends", 150)) if is_course else None,
    }


CONTACTS = ("Büro", "Team vor Ort", "Koordination", "Anlaufstelle", "Empfang")


def _title(kind: Kind, place: PlaceAt | None, town: str, draw: Draw) -> str:
    """Return a title, mostly with its town or house where that makes a German phrase."""
    title = draw.pick("title", kind.titles)
    how = draw.number("title with", 4)
    if how == 0 or any(word in f"{title} " for word in STANDS_ALONE):
        return title
    if how == 1 and place and place.in_words:
        return f"{title} {place.in_words}"
    return f"{title} in {town}"


def _more(kind: Kind, draw: Draw) -> str:
    """Return a sentence that goes with everything of this sort."""
    sort = "course" if kind.when == "course" else "talk" if kind.when in {"office", "always", "hotline"} else "group"
    return draw.pick("more", words()["more"][sort])


def _life(draw: Draw, position: int, on: date) -> Life:
    status = _status(draw, position)
    age = draw.number("age", LONGEST_UNCHECKED if draw.chance("old", 45) else 150)
    never = draw.chance("never checked", UNCHECKED_PERCENT)
    shown = status != S.DRAFT
    began = on - timedelta(days=LONGEST_UNCHECKED + draw.number("began", 900))
    stage, steps = _stage(draw, status, on, began)
    how = Checked.IMPORT if never else draw.pick("how", (Checked.PARTNER, Checked.PARTNER, Checked.CENTRE))
    pause = on + timedelta(days=10 + draw.number("pause", 60)) if draw.chance("pause ends", 70) else None
    return Life(
        status=status,
        stage=stage,
        paused_until=pause if status == S.PAUSED else None,
        published_on=began if shown else None,
        checked_on=on - timedelta(days=age) if shown and not never else None,
        checked_how=how if shown else "",
        steps=steps,
        tried_until=steps[-1][1] + timedelta(days=TRIED_FOR) if steps and stage in TRIED else None,
    )


def _status(draw: Draw, position: int) -> str:
    later = {ALL_IN_PUBLIC: S.DRAFT, ALL_IN_PUBLIC + 1: S.PAUSED, ALL_IN_PUBLIC + 2: S.ENDED}
    if position < ALL_IN_PUBLIC:
        return S.PUBLISHED
    if position in later and draw.chance("special", 60):
        return later[position]
    return draw.pick("status", (S.PUBLISHED,) * 22 + (S.PAUSED, S.ENDED, S.DRAFT))


def _stage(draw: Draw, status: str, on: date, began: date) -> tuple[str, tuple]:
    """Return today's stage and the steps to it; most offers are permanent without a recorded history."""
    told = {stage: draw.pick(f"told {stage}", texts) for stage, texts in words()["evaluations"].items()}
    later = on - timedelta(days=20 + draw.number("step", 200))
    pilot = (Stage.PILOT, began, "")
    if status == S.ENDED:
        return Stage.ENDED, (pilot, (Stage.ENDED, later, told["ENDED"]))
    drawn = draw.number("stage", 100)
    if drawn < 6:
        return Stage.PILOT, ((Stage.PILOT, later, ""),)
    if drawn < 12:
        return Stage.TRIAL, (pilot, (Stage.TRIAL, later, told["PILOT"]))
    if drawn < 22:
        return Stage.PERMANENT, (pilot, (Stage.PERMANENT, later, told["PERMANENT"]))
    return Stage.PERMANENT, ()
