"""What is typed about runs that delete files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField
from verbund.funding.forms.bulk import ChosenField


class ChosenFilesForm(forms.Form):
    """Which files; with `all` every one that is due."""

    chosen = ChosenField(required=False)
    all = forms.BooleanField(required=False)


class ArchiveAnswerForm(forms.Form):
    """When the archive was offered the files of a run, when it answered, and which it takes."""

    offered_on = DayField(label=_("Dem Archiv angeboten am"))
    answered_on = DayField(label=_("Antwort des Archivs vom"))
    note = forms.CharField(
        label=_("Zeichen oder Vermerk"),
        max_length=300,
        required=False,
        help_text=_("zum Beispiel das Aktenzeichen des Archivs"),
    )
    taken = forms.MultipleChoiceField(
        label=_("Diese Akten übernimmt das Archiv"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Was nicht angekreuzt ist, hält das Archiv nicht für archivwürdig."),
    )

    def __init__(self, *args, run, **options):
        super().__init__(*args, **options)
        items = run.items.select_related("application__call__programme", "application__centre__organisation")
        self.fields["taken"].choices = [
            (str(item.pk), f"{item.application}, {item.application.file_reference or item.number}") for item in items
        ]

    def clean_taken(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["taken"]]


class HandoverForm(forms.Form):
    handed_over_on = DayField(label=_("Dem Archiv übergeben am"))


class ApprovalForm(forms.Form):
    """The second person says that they looked at what goes."""

    is_examined = forms.BooleanField(
        label=_("Ich habe die Akten dieses Laufs geprüft. Was gelöscht ist, lässt sich nicht wiederherstellen.")
    )
