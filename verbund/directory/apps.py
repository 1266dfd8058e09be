"""App configuration."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "verbund.directory"
    verbose_name = "Verzeichnis"

    def ready(self):
        from verbund.core import reminders
        from verbund.directory import privacy  # noqa: F401 - declares
        from verbund.directory.people import absence

        reminders.ask_for_stand_ins(absence.stand_ins)
