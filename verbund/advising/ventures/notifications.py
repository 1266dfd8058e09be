"""Who hears what about ventures: all letters of ventures on one page."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.advising.models import ConceptVersion, SectionComment, Venture
from verbund.advising.permissions import CENTRE_SIDE
from verbund.core.acting import Actor
from verbund.core.dates import today
from verbund.core.notifications import tell
from verbund.directory.models import Membership
from verbund.directory.queries import valid_on


def _holders(condition: Q) -> QuerySet[User]:
    people = Membership.objects.filter(valid_on(today())).filter(condition)
    return User.objects.filter(pk__in=people.values("user_id"), is_active=True)


def _leads(venture: Venture, actor: Actor) -> QuerySet[User]:
    """The leads of the centre, without whoever has done it."""
    found = _holders(Q(role=Role.CENTRE_LEAD, organisation_id=venture.centre_id))
    return found.exclude(pk__in=actor.persons)


def ask_parties_to_agree(version: ConceptVersion) -> None:
    """Ask the members of the parties that have people on the platform."""
    partners = version.venture.parties.filter(until=None, partner__isnull=False).values("partner")
    text = _("%(version)s des Konzepts „%(venture)s“ liegt vor. Bitte lesen Sie sie und stimmen Sie zu.")
    words = {"version": version, "venture": version.venture}
    for person in _holders(Q(role=Role.PROVIDER_MEMBER, organisation_id__in=partners)):
        tell(person, text % words, version.venture.get_absolute_url(), key=f"advising:version:{version.pk}")


def tell_centre_about_comment(comment: SectionComment, *, actor: Actor) -> None:
    """Tell the centre about a remark from outside; its own people read each other's on the page."""
    if actor.role in CENTRE_SIDE:
        return
    venture = comment.section.venture
    text = _("Neuer Kommentar zum Konzept „%(venture)s“, Abschnitt „%(section)s“.")
    for person in _leads(venture, actor):
        words = {"venture": venture, "section": comment.section}
        tell(person, text % words, venture.get_absolute_url(), key=f"advising:comment:{comment.pk}")


def tell_centre_about_agreement(venture: Venture, *, actor: Actor) -> None:
    version = venture.versions.order_by("-number").first()
    text = _("Alle Partner haben %(version)s des Konzepts „%(venture)s“ zugestimmt.")
    for person in _leads(venture, actor):
        words = {"version": version, "venture": venture}
        tell(person, text % words, venture.get_absolute_url(), key=f"advising:settled:{version.pk}:{person.pk}")
