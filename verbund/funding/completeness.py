"""What an application still lacks before it can be signed, section by section."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from verbund.funding import queries
from verbund.funding.amounts import Assessment, assess
from verbund.funding.models import Attachment, DraftComment, GrantApplication
from verbund.programmes.models import ChecklistItem

Section = DraftComment.Section
REQUIRED_ATTACHMENTS = (Attachment.Kind.CONCEPT, Attachment.Kind.RESOLUTION)


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, in the section where it is entered; documents are uploaded beside the form."""

    section: str
    text: str
    is_document: bool = False


def missing_parts(application: GrantApplication, assessment: Assessment | None = None) -> list[Missing]:
    """Return what is missing; an empty list means the application can be offered for signature."""
    assessment = assessment or assess(application)
    found = []
    if not application.purpose.strip():
        found.append(
            Missing(Section.PURPOSE, _("Beschreiben Sie in wenigen Sätzen, wofür die Förderung gebraucht wird."))
        )
    posts = list(application.posts.all())
    if not posts:
        found.append(Missing(Section.POSTS, _("Tragen Sie mindestens eine Stelle ein.")))
    if assessment.refusal:
        found.append(Missing(Section.POSTS, str(assessment.refusal)))
    if any(not post.is_qualified for post in posts if post.rate_class == post.RateClass.SPECIALIST):
        found.append(
            Missing(
                Section.POSTS,
                _("Bestätigen Sie für jede Fachkraftstelle die Qualifikation; ohne sie ist sie nicht förderfähig."),
            )
        )
    return found + _missing_duties(application) + _missing_attachments(application)


def _missing_duties(application: GrantApplication) -> list[Missing]:
    confirmed = (application.provides_rooms, application.provides_equipment, application.provides_running_costs)
    if all(confirmed):
        return []
    return [
        Missing(Section.DUTIES, _("Bestätigen Sie, dass Ihr Haus Räume, Ausstattung und laufenden Betrieb stellt."))
    ]


def required_attachments(application: GrantApplication) -> list[Attachment.Kind]:
    """Return the documents every application needs and those the guideline's checklist asks for."""
    asked = {item.code for item in queries.checklist_of(application) if item.kind == ChecklistItem.Kind.ATTACHMENT}
    return [kind for kind in Attachment.Kind if kind in REQUIRED_ATTACHMENTS or kind in asked]


def _missing_attachments(application: GrantApplication) -> list[Missing]:
    kinds = {attachment.kind for attachment in application.attachments.all() if attachment.removed_at is None}
    found = [
        Missing(Section.ATTACHMENTS, _("Es fehlt die Anlage „%(kind)s“.") % {"kind": kind.label}, is_document=True)
        for kind in required_attachments(application)
        if kind not in kinds
    ]
    if application.concept_adopted_on is None or application.resolution_on is None:
        found.append(Missing(Section.ATTACHMENTS, _("Tragen Sie ein, wann Konzept und Zentrum beschlossen wurden.")))
    return found
