"""What is done with a publisher's pages: write their sections, take them back."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.versions import claim_version
from verbund.directory.models import Organisation, PublisherPage, PublisherSection
from verbund.directory.publishing.queries import page_of, sections_of

MOST_SECTIONS = 20
LONGEST_PAGE = 40_000
"""Characters of all sections of a page together."""

ORDER = "section_order"

audit.describe("publish_sections", gettext_lazy("Text veröffentlicht"))
audit.describe("withdraw_sections", gettext_lazy("Text zurückgenommen"))
audit.call_fields({ORDER: gettext_lazy("Abschnitte")})


class NothingWritten(DomainError):
    """A page begins with a section; none was written."""


class TooLong(DomainError):
    """More sections or more characters than one page holds."""


class SameHeading(DomainError):
    """Two sections of a page bear the same heading."""


@transaction.atomic
def write_page(
    publisher: Organisation, kind: str, *, sections: Sequence[tuple[str, str]], seen: int, on: date, actor: Actor
) -> PublisherPage:
    """Put these sections (heading and plain text, in their order) in place of those a page has; none takes all back.

    `seen` is the version on the screen, 0 for a page that was never written. Saving what is there already changes
    nothing. Raises NothingWritten, TooLong, SameHeading, StaleVersion.
    """
    sections = list(sections)
    _check(sections)
    if not sections and page_of(publisher, kind) is None:
        raise NothingWritten(_("Es ist noch nichts geschrieben. Schreiben Sie mindestens einen Abschnitt."))
    page, is_new = PublisherPage.objects.get_or_create(publisher=publisher, kind=kind, defaults={"changed_on": on})
    if not is_new:
        claim_version(page, seen)
    before = sections_of(page)
    if sections == before:
        return page
    _put_in_place(page, sections)
    page.changed_on = on
    page.save(update_fields=["changed_on"])
    values = {"before": _by_heading(before), "after": _after(before, sections)}
    if sections:
        audit.record("publish_sections", page, actor=actor, **values)
    else:
        audit.record("withdraw_sections", page, actor=actor, **values)
    return page


def _put_in_place(page: PublisherPage, sections: list[tuple[str, str]]) -> None:
    page.sections.all().delete()
    PublisherSection.objects.bulk_create(
        PublisherSection(page=page, position=position, heading=heading, text=text)
        for position, (heading, text) in enumerate(sections, start=1)
    )


def _check(sections: list[tuple[str, str]]) -> None:
    if len(sections) > MOST_SECTIONS:
        raise TooLong(_("Eine Seite hat höchstens %d Abschnitte. Fassen Sie einige zusammen.") % MOST_SECTIONS)
    length = sum(len(heading) + len(text) for heading, text in sections)
    if length > LONGEST_PAGE:
        raise TooLong(
            _("Die Seite hat zusammen %(length)d Zeichen; möglich sind %(most)d. Bitte kürzen Sie.")
            % {"length": length, "most": LONGEST_PAGE}
        )
    headings = [heading.casefold() for heading, _text in sections]
    if len(set(headings)) < len(headings):
        raise SameHeading(_("Zwei Abschnitte haben dieselbe Überschrift. Geben Sie einem davon eine andere."))


def _by_heading(sections) -> dict[str, str]:
    """Return the texts by heading for the audit trail, and the order of the headings.

    The colon keeps a heading from being taken for the name of a column.
    """
    return {ORDER: " · ".join(heading for heading, _text in sections)} | {
        f"{heading}:": text for heading, text in sections
    }


def _after(before, sections) -> dict[str, str]:
    """Return the new texts by heading; a heading that is gone has none."""
    return dict.fromkeys(_by_heading(before), "") | _by_heading(sections)
