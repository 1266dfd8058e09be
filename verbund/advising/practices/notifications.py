"""Who hears what about practices."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.advising.education import is_education
from verbund.advising.models import Practice, PracticeQuestion
from verbund.core.dates import today
from verbund.core.notifications import tell
from verbund.directory.models import Membership, Organisation
from verbund.directory.queries import valid_on


def _people(condition: Q) -> QuerySet[User]:
    holders = Membership.objects.filter(valid_on(today())).filter(condition)
    return User.objects.filter(pk__in=holders.values("user_id"), is_active=True)


def _coordination(practice: Practice) -> QuerySet[User]:
    """The coordination of all units that read it: the school unit only education."""
    in_schools = is_education(practice.field, practice.stage)
    found = Q(role=Role.COORDINATOR)
    return _people(found if in_schools else found & ~Q(organisation__field=Organisation.Field.EDUCATION))


def _centre(practice: Practice) -> QuerySet[User]:
    return _people(Q(role=Role.CENTRE_LEAD, organisation_id=practice.centre_id))


def tell_units_about_submission(practice: Practice, *, on) -> None:
    text = _("Eingereicht als gute Praxis: „%(title)s“ von %(centre)s.")
    for person in _coordination(practice):
        words = {"title": practice, "centre": practice.centre}
        key = f"advising:practice:{practice.pk}:{practice.version}:{on}"
        tell(person, text % words, practice.get_absolute_url(), key=key)


def tell_centre_about_question(question: PracticeQuestion) -> None:
    practice = question.practice
    text = _("Rückfrage zu „%(title)s“: %(question)s") % {"title": practice, "question": question.text}
    for person in _centre(practice):
        tell(person, text, practice.get_absolute_url(), key=f"advising:question:{question.pk}")


def tell_centre_about_return(practice: Practice, *, on) -> None:
    text = _("Zurückgegeben zur Überarbeitung: „%(title)s“. Der Grund steht auf der Seite.") % {"title": practice}
    for person in _centre(practice):
        tell(person, text, practice.get_absolute_url(), key=f"advising:returned:{practice.pk}:{on}")


def tell_centre_about_release(practice: Practice) -> None:
    text = _("Freigegeben für alle Zentren: „%(title)s“.") % {"title": practice}
    for person in _centre(practice):
        tell(person, text, practice.get_absolute_url(), key=f"advising:released:{practice.pk}")
