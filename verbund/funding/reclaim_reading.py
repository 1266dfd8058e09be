"""What others than the authority read of a claim: never what is proposed inside, by whom, or why it went back."""

from datetime import date

from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.funding import parties, queries
from verbund.funding.lifecycle import ReclaimStatus
from verbund.funding.models import Reclaim, ReclaimNotice

S = ReclaimStatus
REMEDY_ACTS = frozenset(
    {"record_notification", "mark_remedy_as_wrong", "accept_waiver", "become_final", "contest", "settle_contest"}
)
UNDECIDED = frozenset({S.SUSPECTED, S.HEARING, S.PROPOSED})
"""Found, heard, proposed, sent back: between these only the authority tells the difference."""
OPEN_QUESTION = "unentschieden"
TONES = {
    S.ANNOUNCED: "info",
    S.SUSPECTED: "warning",
    S.HEARING: "warning",
    S.PROPOSED: "info",
    S.ISSUED: "warning",
    S.DEFERRED: "info",
    S.SETTLED: "success",
    S.WAIVED: "neutral",
    S.DROPPED: "neutral",
}
SHOWN_OUTSIDE = frozenset(
    {
        "hear_about_reclaim",
        "countersign_reclaim",
        "defer_reclaim",
        "end_deferral",
        "settle_reclaim",
        "waive_reclaim",
        "reopen_reclaim",
        "reopen_unclaimed",
        "reopen_announced",
        "drop_reclaim",
        "remind",
        "grant_relief",
        "book_offset",
        *REMEDY_ACTS,
    }
)
"""Acts that everybody reads who may see the claim; bookings stand in its account."""


def is_undecided_for(actor: Actor, status: str) -> bool:
    """Whether all this person may know is that nothing is decided yet."""
    return status in UNDECIDED and not parties.is_of_authority(actor)


def label_for(actor: Actor, status: str) -> str:
    """Return the status in words as this person may know it."""
    return _("Entscheidung steht aus") if is_undecided_for(actor, status) else str(S(status).label)


def shown(actor: Actor, status: str, since: date | None) -> dict:
    """Return label, tone and first day of a status as this person may know them."""
    hidden = is_undecided_for(actor, status)
    tone = TONES[S.HEARING] if hidden else TONES[S(status)]
    return {"label": label_for(actor, status), "tone": tone, "since": None if hidden else since}


def statuses_for(actor: Actor) -> list[tuple[str, str]]:
    """Return the statuses by which this person may filter a list."""
    if parties.is_of_authority(actor):
        return list(S.choices)
    decided = [(code, label) for code, label in S.choices if code not in UNDECIDED]
    return [(OPEN_QUESTION, _("Entscheidung steht aus")), *decided]


def rows_of(reclaims, actor: Actor) -> list[dict]:
    """Return claims for a short list on another page, with the status as this person may know it."""
    return [{"reclaim": one, **shown(actor, one.status, one.status_since)} for one in reclaims]


def history_of(reclaim: Reclaim, actor: Actor) -> list[dict]:
    """Return the acts on a claim, its notice, reliefs, refunds and offsets that this person may read."""
    reliefs = queries.reliefs_visible_to(actor).filter(reclaim=reclaim)
    offsets = queries.offsets_visible_to(actor).filter(reclaim=reclaim)
    refunds = queries.refunds_visible_to(actor).filter(reclaim=reclaim)
    records = [reclaim, *ReclaimNotice.objects.filter(reclaim=reclaim), *reliefs, *refunds, *offsets]
    if parties.is_of_authority(actor):
        return audit.history_of(*records)
    verbs = SHOWN_OUTSIDE | {"open_reclaim"} if reclaim.is_announced else SHOWN_OUTSIDE
    return audit.history_of(*records, verbs=verbs)
