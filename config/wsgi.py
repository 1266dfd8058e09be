"""Entry point of the web server, ours (`verbund serve`) or any other."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from verbund.core.demo_guard import refuse_demo_in_production  # noqa: E402 - needs the settings

refuse_demo_in_production()
