"""Forms of money that comes back: claims, reliefs, offsets, use, incoming money."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField
from verbund.core.money import MoneyFormField
from verbund.funding import receipt_matching
from verbund.funding.lifecycle import HEARD
from verbund.funding.models import Drawdown, Hearing, Reclaim
from verbund.funding.operations.offsets import OFFSETTABLE

BY_HAND = (Reclaim.Occasion.PROOF, Reclaim.Occasion.UNUSED, Reclaim.Occasion.AMENDMENT)


def _long_text(label, rows: int = 4, **options) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **{"max_length": 4000, **options})


class ClaimBackForm(forms.Form):
    occasion = forms.ChoiceField(label=_("Anlass"), choices=[(one.value, one.label) for one in BY_HAND])
    principal = MoneyFormField(label=_("Zurückzuzahlen"))
    reason = _long_text(_("Grund"), help_text=_("So steht es im Bescheid; eine leere Zeile beginnt einen Absatz."))


class ReturnForm(forms.Form):
    amount = MoneyFormField(label=_("Betrag, den Sie zurückgeben"))
    reason = _long_text(_("Grund"), 3)


class ReclaimHearingForm(forms.Form):
    text = _long_text(
        _("Sachverhalt und beabsichtigte Entscheidung"),
        8,
        max_length=8000,
        help_text=_("So steht es im Schreiben; eine leere Zeile beginnt einen Absatz."),
    )
    due_on = DayField(label=_("Stellungnahme bis"))


class ProposeReclaimForm(forms.Form):
    """What is claimed; without another day interest begins when the money was paid out (what came last, first), after
    a change of the notice no sooner than that counts.
    """

    hearing = forms.ModelChoiceField(
        label=_("Anhörung"), queryset=Hearing.objects.none(), empty_label=_("Bitte wählen")
    )
    interest_until = DayField(label=_("Zinsen im Bescheid bis"), help_text=_("Danach laufen sie weiter."))
    interest_from = DayField(
        label=_("Zinsen ab einem anderen Tag"),
        required=False,
        help_text=_("Leer lassen: ab der Auszahlung, nach einer Änderung frühestens ab dem Tag, an dem sie wirkt."),
    )
    interest_from_reason = _long_text(_("Grund für den anderen Tag"), 2, required=False, max_length=2000)
    interest_waived_reason = _long_text(
        _("Grund, falls bei pünktlicher Zahlung keine Zinsen erhoben werden"),
        2,
        required=False,
        max_length=2000,
        help_text=_("§ 49a (3) Satz 2 VwVfG NRW: Der Träger hat die Umstände nicht zu vertreten."),
    )

    def __init__(self, *args, reclaim: Reclaim, **options):
        super().__init__(*args, **options)
        self.fields["hearing"].queryset = reclaim.application.hearings.filter(status__in=HEARD)
        self.fields["hearing"].initial = reclaim.hearing_id
        self.fields["hearing"].label_from_instance = _hearing_in_words
        if not reclaim.principal:
            del self.fields["interest_from"], self.fields["interest_from_reason"], self.fields["interest_waived_reason"]


def _hearing_in_words(hearing: Hearing) -> str:
    return f"{hearing.get_occasion_display()}, {hearing.opened_on:%d.%m.%Y}: {hearing.get_status_display()}"


class DeferralForm(forms.Form):
    until = DayField(label=_("gestundet bis"))
    bears_interest = forms.BooleanField(label=_("mit Zinsen"), required=False)
    reason = _long_text(_("Grund"), 3)


class WaiverForm(forms.Form):
    amount = MoneyFormField(label=_("Betrag, der erlassen wird"))
    reason = _long_text(_("Grund"), 3)


class OffsetForm(forms.Form):
    drawdown = forms.ModelChoiceField(
        label=_("Mittelabruf"), queryset=Drawdown.objects.none(), empty_label=_("Bitte wählen")
    )
    amount = MoneyFormField(label=_("Betrag, der verrechnet wird"))

    def __init__(self, *args, reclaim: Reclaim, **options):
        super().__init__(*args, **options)
        calls = Drawdown.objects.filter(
            notice__decision__application__carrier_id=reclaim.application.carrier_id,
            status__in=OFFSETTABLE,
            offset=None,
        )
        self.fields["drawdown"].queryset = calls
        self.fields["drawdown"].label_from_instance = lambda call: f"{call.requested_on:%d.%m.%Y}: {call}"


class RemindForm(forms.Form):
    payable_until = DayField(
        label=_("neuer Zahlungstermin"),
        help_text=_("Fällt er auf ein Wochenende oder einen Feiertag, gilt der Werktag danach."),
    )


class RefundForm(forms.Form):
    amount = MoneyFormField(label=_("Betrag, der zurückgeht"))
    note = forms.CharField(label=_("Vermerk"), max_length=200, required=False)


class UseForm(forms.Form):
    used_on = DayField(label=_("verwendet am"))
    amount = MoneyFormField(label=_("Betrag"))
    note = forms.CharField(label=_("Wofür"), max_length=500, required=False)


class ReceiptForm(forms.Form):
    booking_number = forms.CharField(label=_("Buchungsnummer des Kontos"), max_length=60)
    day = DayField(label=_("Buchungstag"))
    amount = MoneyFormField(label=_("Betrag"))
    payer = forms.CharField(label=_("Zahler"), max_length=140, required=False)
    purpose = forms.CharField(label=_("Verwendungszweck"), max_length=500, required=False)


class ReceiptFileForm(forms.Form):
    upload = forms.FileField(
        label=_("Liste der Kasse"),
        help_text=_("CSV, XLSX oder ODS, höchstens 5 MB. Spalten: Buchungsnummer, Buchungstag, Betrag, Zahler, Zweck."),
    )


class AssignForm(forms.Form):
    """To which claim money goes: any open one, chosen from a short list of what was suggested or found."""

    reclaim = forms.ModelChoiceField(
        label=_("Forderung"), queryset=Reclaim.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    amount = MoneyFormField(
        label=_("Betrag"), required=False, help_text=_("Leer lassen: alles, was noch nicht zugeordnet ist.")
    )

    def __init__(self, *args, choices: list[tuple[int, str]], **options):
        super().__init__(*args, **options)
        self.fields["reclaim"].queryset = receipt_matching.open_claims()
        self.fields["reclaim"].choices = choices
