"""Several people at the same instant: real threads with connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def at_the_same_time(*acts) -> list:
    """Call all acts at once, each in its own thread; return what each returned, or the exception it raised, in order.

    Needs a test that commits: `@pytest.mark.django_db(transaction=True)`.
    """
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=20)
            return act()
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [future.result() for future in [threads.submit(run, act) for act in acts]]
