"""The form that says who pays: rows with a choice of cost items, a share, days."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.form_fields import ALL, PercentShareField
from verbund.core.form_rows import CHOOSE, NO_ORDER, Row, ShareRowSet, day_field, row_set
from verbund.funding import queries as funding
from verbund.offers.models import OfferFunding
from verbund.offers.paying.operations import Payer
from verbund.programmes.models import Programme

PREFIX = "zahlt"
MOST = 12
SPARE = 2
"""Empty rows on the page; saved ones make room for more."""

OTHER = (OfferFunding.Source.MUNICIPAL, OfferFunding.Source.OWN, OfferFunding.Source.DONATION)


class Choices:
    """What can be chosen as payer: the items of notices by notice, programmes without one, other money."""

    def __init__(self, notices):
        self.payers: dict[str, Payer] = {}
        self.groups: list = [CHOOSE]
        for notice, names in funding.payable_items(notices):
            call = notice.application.call
            name = _("Bescheid %(reference)s, %(programme)s %(year)s") % {
                "reference": notice.file_reference, "programme": call.programme.name, "year": call.budget_year,
            }  # fmt: skip
            self._group(
                name, [(f"{notice.pk}:{number}", item, self._of(notice, item)) for number, item in enumerate(names)]
            )
        programmes = Programme.objects.order_by("name").values_list("pk", "name")
        without = [
            (f"programm:{pk}", name, Payer(OfferFunding.Source.PROGRAMME, programme_id=pk)) for pk, name in programmes
        ]
        self._group(_("Landesprogramm, ohne Bescheid"), without)
        self._group(_("Anderes Geld"), [(one.value, one.label, Payer(one)) for one in OTHER])

    @staticmethod
    def _of(notice, item: str) -> Payer:
        programme = notice.application.call.programme_id
        return Payer(OfferFunding.Source.PROGRAMME, programme_id=programme, notice_id=notice.pk, item=item)

    def _group(self, name: str, options: list) -> None:
        self.payers |= {key: payer for key, _label, payer in options}
        if options:
            self.groups.append((name, [(key, label) for key, label, _payer in options]))

    def key_of(self, payer: Payer) -> str:
        """Return the choice that means a stored payer."""
        if payer.notice_id:
            same = (
                key for key, one in self.payers.items() if (one.notice_id, one.item) == (payer.notice_id, payer.item)
            )
            return next(same, "")
        return f"programm:{payer.programme_id}" if payer.programme_id else payer.source


class PayerRow(Row):
    asked = ("payer", "share", "note")
    payer = forms.ChoiceField(label=gettext_lazy("Was bezahlt"))
    share = PercentShareField(label=gettext_lazy("Anteil in Prozent"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Welches Geld genau"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("nur wenn kein Bescheid gewählt ist, zum Beispiel: Haushalt der Stadt, Bürgerstiftung"),
    )
    valid_from = day_field(gettext_lazy("ab"), required=False)
    valid_until = day_field(gettext_lazy("bis"), required=False)

    def __init__(self, *args, choices: Choices, **options):
        super().__init__(*args, **options)
        self.offered = choices
        self.fields["payer"].choices = choices.groups

    def clean(self):
        typed = super().clean()
        payer = self.offered.payers.get(typed.get("payer", ""))
        if payer and payer.notice_id and typed.get("note"):
            self.add_error("note", _("Der Bescheid nennt die Kostenposition schon. Lassen Sie dieses Feld leer."))
        if typed.get("valid_from") and typed.get("valid_until") and typed["valid_until"] < typed["valid_from"]:
            self.add_error("valid_until", NO_ORDER)
        return typed

    def as_content(self) -> Payer:
        """Return the payer; a share nobody typed is the whole."""
        typed, chosen = self.cleaned_data, self.offered.payers[self.cleaned_data["payer"]]
        return Payer(
            source=chosen.source,
            programme_id=chosen.programme_id,
            notice_id=chosen.notice_id,
            item=chosen.item or typed["note"],
            share=(typed["share"] or ALL) / 100,
            valid_from=typed["valid_from"],
            valid_until=typed["valid_until"],
        )


def payer_rows(data, payers: list[Payer], choices: Choices) -> ShareRowSet:
    """Return the rows as stored, or as typed (`data`)."""
    stored = [
        {
            "payer": choices.key_of(payer),
            "share": payer.share * 100,
            "note": "" if payer.notice_id else payer.item,
            "valid_from": payer.valid_from,
            "valid_until": payer.valid_until,
        }
        for payer in payers
    ]
    return row_set(PayerRow, PREFIX, data, stored, most=MOST, extra=SPARE, formset=ShareRowSet, choices=choices)
