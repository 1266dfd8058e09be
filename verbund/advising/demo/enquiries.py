"""Made-up enquiries of citizens: one that waits, one that is late, one answered, one without a place."""

from datetime import timedelta

from django.db.models import Q

from verbund.accounts.roles import Role
from verbund.advising.enquiries import operations, routing
from verbund.advising.models import Enquiry
from verbund.directory import places
from verbund.directory.demo import World
from verbund.offers.models import Term


def load(world: World) -> None:
    """Make them, unless they are there already."""
    if Enquiry.objects.filter(is_demo=True).exists():
        return
    _asked(world, "42651", "labour", "Wer prüft, ob mein Abschluss als Pflegefachkraft anerkannt wird?", days_ago=2)
    _asked(world, "59423", "school-work", "Ab wann kann meine Tochter in die Berufsschule gehen?", days_ago=24)
    _asked(world, "", None, "Wir ziehen bald nach Nordrhein-Westfalen. Wer hilft uns vor dem Umzug?", days_ago=4)
    answered = _asked(world, "42655", "volunteering", "Wo kann ich am Wochenende ehrenamtlich helfen?", days_ago=12)
    text = (
        "Schön, dass Sie mitmachen möchten. Kommen Sie in unsere Sprechstunde, dort zeigen wir Ihnen, wo Hilfe fehlt."
    )
    staff = world.actor(Role.CENTRE_STAFF, "KI-05122")
    operations.answer(answered, text=text, seen=answered.version, on=world.on - timedelta(days=7), actor=staff)


def _asked(world: World, place: str, topic: str | None, question: str, *, days_ago: int) -> Enquiry:
    on = world.on - timedelta(days=days_ago)
    found = routing.where(places.wanted(place), chosen="", on=on)
    term = Term.objects.get(kind=Term.Kind.FIELD, code=topic) if topic else None
    return operations.ask(question, found=found, term=term, email="", language="de", on=on, is_demo=True)


def remove() -> None:
    """Remove what is made up, and whatever people of the demonstration answered or passed on."""
    made_up = Q(is_demo=True) | Q(messages__written_by__is_demo=True) | Q(messages__written_for__is_demo=True)
    passed_on = Q(transfers__passed_by__is_demo=True) | Q(transfers__passed_for__is_demo=True)
    Enquiry.objects.filter(pk__in=Enquiry.objects.filter(made_up | passed_on).values("pk")).delete()
