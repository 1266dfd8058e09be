"""How proposals read: steps for the submitter, and field by field, old beside new, for the centre."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from verbund.core.templatetags import ui_fields
from verbund.directory.models import Municipality
from verbund.offers.content import At, OfferContent
from verbund.offers.editing.reading import DASH, Reader, label_of
from verbund.offers.editing.words import Words
from verbund.offers.entry import TEXTS
from verbund.offers.models import Language, Offer, Proposal
from verbund.offers.proposals import queries
from verbund.offers.proposals.lifecycle import OPEN
from verbund.offers.proposals.lifecycle import ProposalStatus as S
from verbund.offers.reading import GERMAN

TONES = {
    S.RECEIVED: "info", S.IN_CHECK: "info", S.QUESTION: "warning", S.ACCEPTED: "success", S.PARTLY: "success",
    S.REFUSED: "danger", S.WITHDRAWN: "neutral",
}  # fmt: skip
ALWAYS_TAKEN = ("title", "summary")
"""What a new entry cannot be without."""


def errors_of(form) -> list[dict]:
    return ui_fields.errors_of(form)


def steps_of(proposal: Proposal) -> list[dict]:
    """Return the way of a proposal: received, looked at, decided; a question stands where it is asked."""
    is_open = proposal.status in OPEN
    looked_at = _("Das Zentrum fragt nach") if proposal.status == S.QUESTION else _("Das Zentrum prüft")
    state = "current" if is_open else "done"
    waits = _("noch nicht begonnen") if proposal.status == S.RECEIVED else ""
    decided = proposal.get_status_display() if not is_open else _("Entscheidung")
    return [
        {"label": _("eingegangen"), "state": "done", "note": f"{proposal.submitted_on:%d.%m.%Y}"},
        {"label": looked_at, "state": state, "note": waits},
        {
            "label": decided,
            "state": "todo" if is_open else "done",
            "note": f"{proposal.decided_on:%d.%m.%Y}" if proposal.decided_on else "",
        },
    ]


class ProposalReader(Reader):
    """Reads a proposal aloud, with the place that does not exist yet."""

    def __init__(self, words, contents, new_place: dict | None):
        super().__init__(words, contents)
        self.new_place = new_place

    def place_line(self, at: At) -> str:
        if at.place != queries.NEW_PLACE or not self.new_place:
            return super().place_line(at)
        said = self.new_place
        town = Municipality.objects.get(pk=said["municipality"]).name
        if said["is_protected"]:
            line = _("neuer Ort: %(name)s, geschützte Adresse in %(town)s") % {"name": said["name"], "town": town}
        else:
            address = ", ".join([said["name"], said["street"], f"{said['postcode']} {town}".strip()])
            line = _("neuer Ort: %(address)s") % {"address": address}
        return ", ".join(text for text in (line, said["directions"], at.room) if text)


@dataclass(frozen=True)
class Row:
    """One field that differs: what the entry says now and what is proposed.

    `was` is what it said when the change was proposed, where that is something else by now.
    """

    name: str
    label: str
    old: str
    new: str
    is_fixed: bool = False
    was: str = ""
    replaces_a_checked_text: bool = False

    @property
    def begins_ticked(self) -> bool:
        """Whether taking it over overwrites nothing that somebody knew better since."""
        return not (self.was or self.replaces_a_checked_text)

    @property
    def is_there_already(self) -> bool:
        return self.old == self.new


def rows_of(proposal: Proposal) -> list[Row]:
    """Return the fields a proposal wants to change, in the order people read an entry."""
    content = queries.content_of(proposal)
    base = OfferContent.from_data(proposal.base) if proposal.base else None
    now = OfferContent.of(proposal.offer) if proposal.offer_id else None
    contents = [one for one in (content, base, now) if one is not None]
    reader = ProposalReader(Words(), contents, proposal.new_place)
    rows = []
    for name in queries.proposed_fields(proposal):
        if name == queries.OTHER_TEXT:
            rows.append(_row_of_other_text(proposal))
            continue
        old = reader.text(now, name) if now else DASH
        was = reader.text(base, name) if base else old
        is_fixed = now is None and name in ALWAYS_TAKEN
        rows.append(Row(name, label_of(name), old, reader.text(content, name), is_fixed, was if was != old else ""))
    return rows


def _row_of_other_text(proposal: Proposal) -> Row:
    said = proposal.other_text
    stored = proposal.offer.texts.filter(language=said["language"]).first() if proposal.offer_id else None
    label = _("Text auf %(language)s (nicht geprüft)") % {"language": Language.objects.get(pk=said["language"]).name}
    old = f"{stored.title}\n{stored.summary}" if stored else DASH
    is_checked = stored is not None and stored.checked_on is not None
    return Row(
        queries.OTHER_TEXT, label, old, f"{said['title']}\n{said['summary']}", replaces_a_checked_text=is_checked
    )


def shown_as_entry(proposal: Proposal) -> dict:
    """Return the proposed entry as the public would read it."""
    content = queries.content_of(proposal)
    return ProposalReader(Words(), [content], proposal.new_place).page(content)


def is_in_another_script(proposal: Proposal) -> bool:
    """Whether a text that would stand in the entry as German has letters German does not have."""
    content, names = queries.content_of(proposal), queries.proposed_fields(proposal)
    said = "".join(content.values[name] for name in TEXTS if name in names)
    return any(letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN") for letter in said)


def is_perhaps_not_german(proposal: Proposal) -> bool:
    """Whether it was written on a page of another language, or in another script."""
    return proposal.language not in {"", *GERMAN} or is_in_another_script(proposal)


def is_still_as_made(proposal: Proposal) -> bool:
    """Whether nobody has changed the entry since it was published directly."""
    version = Offer.objects.values_list("version", flat=True).get(pk=proposal.made_offer_id)
    return proposal.made_version == version and proposal.undone_on is None
