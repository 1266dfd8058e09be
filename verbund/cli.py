"""The command `verbund`: one word per task, each a management command of the app it belongs to."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["verbund", *sys.argv[1:]])
