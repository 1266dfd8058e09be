"""What the clock does for the offers: ask partners, remind them, hand over to the centres, forget."""

from datetime import timedelta

from verbund.core.dates import day_in_berlin
from verbund.core.demo_guard import demo_world_is_loaded
from verbund.core.tasks import every
from verbund.offers import upcoming
from verbund.offers.freshness import operations
from verbund.offers.importing import operations as importing
from verbund.offers.models import ReaderReport
from verbund.offers.proposals import operations as proposals
from verbund.offers.words import operations as words

KEEP_QUESTIONS = timedelta(days=2 * 365)
KEEP_REPORTS = timedelta(days=365)


@every(minutes=60)
def ask_partners(now) -> None:
    """Ask, remind and hand over what is due; in the demonstration only the centre itself asks."""
    if demo_world_is_loaded():
        return
    on = day_in_berlin(now)
    operations.advance_all(on=on)
    operations.ask_all_due(on=on)


@every(minutes=24 * 60)
def renew_dates(now) -> None:
    """Keep the dates of the next weeks complete, also of entries that nobody changes."""
    upcoming.renew_all(on=day_in_berlin(now))


@every(minutes=60)
def forget_old_feedback(now) -> None:
    """Delete questions after two years, reports after one."""
    on = day_in_berlin(now)
    operations.forget_questions(before=on - KEEP_QUESTIONS)
    ReaderReport.objects.filter(reported_on__lt=on - KEEP_REPORTS).delete()


@every(minutes=0.25)
def continue_lists(now) -> None:
    """Go on with long lists that are being checked, taken over or put back."""
    importing.continue_runs(now, on=day_in_berlin(now))


@every(minutes=24 * 60)
def forget_old_lists(now) -> None:
    """Delete files and lines of lists that came more than 90 days ago."""
    importing.forget_old_lists(now)


@every(minutes=24 * 60)
def forget_submitters(now) -> None:
    """Delete addresses and talk of proposals decided twelve months ago, and drafts of a month ago."""
    proposals.forget_old(on=day_in_berlin(now))


@every(minutes=0.5)
def renew_search_of_words(now) -> None:
    """Let the search know the changed words of terms that many entries bear."""
    words.renew_waiting()
