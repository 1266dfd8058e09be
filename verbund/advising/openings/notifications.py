"""Who hears what about concepts."""

from django.utils.translation import gettext as _

from verbund.accounts.models import User
from verbund.advising.models import InterculturalOpening, TemplateVersion
from verbund.advising.openings.lifecycle import OPEN
from verbund.advising.permissions import CENTRE_SIDE
from verbund.core.dates import today
from verbund.core.notifications import tell
from verbund.directory.models import Membership
from verbund.directory.queries import valid_on


def tell_centres_about_version(version: TemplateVersion) -> None:
    """Tell staff and lead of the centres with an open opening from an earlier version; once per opening."""
    affected = InterculturalOpening.objects.filter(
        origin__template_id=version.template_id, origin__number__lt=version.number, status__in=OPEN
    )
    text = _("Neue Fassung %(number)s des Musterkonzepts „%(title)s“. Sehen Sie nach, was sich ändert.")
    said = text % {"number": version.number, "title": version.title}
    for opening in affected.select_related("partner__organisation"):
        for person in _people_of(opening.centre_id):
            key = f"advising:template-version:{version.pk}:{opening.pk}"
            tell(person, said, f"{opening.get_absolute_url()}#herkunft", key=key)


def _people_of(centre_id: int):
    holders = Membership.objects.filter(valid_on(today()), organisation_id=centre_id, role__in=CENTRE_SIDE)
    return User.objects.filter(pk__in=holders.values("user_id"), is_active=True)
