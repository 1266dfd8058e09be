"""The form with which a house opens its files to an audit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField
from verbund.funding import parties, queries
from verbund.funding.models import AuditMandate

ALL = _("ohne Einschränkung")


class AuditMandateForm(forms.ModelForm):
    """Who reads what, from when to when; the choices are those of the acting person's house."""

    valid_from = DayField(label=_("lesen ab"))
    valid_until = DayField(label=_("lesen bis"), help_text=_("Danach ist nichts mehr zu sehen."))

    class Meta:
        model = AuditMandate
        fields = [
            *("auditor", "carrier", "centre", "programme", "first_year", "last_year"),
            *("valid_from", "valid_until", "file_reference", "reason"),
        ]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"first_year": _("Leer: alle Jahre.")}

    def __init__(self, *args, actor, on, **options):
        super().__init__(*args, **options)
        self.fields["auditor"].queryset = queries.auditors_for(actor, on=on)
        self.fields["auditor"].empty_label = _("bitte wählen")
        self.fields["auditor"].label_from_instance = lambda one: f"{one.user}, {one.organisation}"
        self.fields["carrier"].queryset = queries.carriers_for_audit(actor)
        self.fields["centre"].queryset = queries.centres_for_audit(actor)
        for name in ("carrier", "centre", "programme"):
            self.fields[name].empty_label = ALL
        if not parties.is_of_authority(actor):
            del self.fields["carrier"]
        for name in ("first_year", "last_year"):
            self.fields[name].min_value = 2000
            self.fields[name].max_value = 2100

    def clean(self):
        typed = super().clean()
        first, last = typed.get("first_year"), typed.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Das letzte Jahr liegt vor dem ersten."))
        begin, end = typed.get("valid_from"), typed.get("valid_until")
        if begin and end and end < begin:
            self.add_error("valid_until", _("Der letzte Tag liegt vor dem ersten."))
        return typed
