"""`verbund worker`: send the outbox and run the clock until told to stop."""

import signal
import threading

from django.core.management import BaseCommand

from verbund.core import demo_guard, server
from verbund.core.worker import Worker


class Command(BaseCommand):
    help = "Hintergrunddienst: Mails verschicken, Fristen abarbeiten. Mehrere dürfen laufen, einer arbeitet."
    requires_system_checks = []

    def handle(self, **options):
        server.die_with_parent()
        demo_guard.refuse_demo_in_production()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: stop.set())
        Worker(stop=stop).run()
