"""The form that says what pays: rows with a choice of cost items and a share."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.form_fields import ALL, PercentShareField
from verbund.core.form_rows import CHOOSE, Row, ShareRowSet, row_set
from verbund.funding import queries as funding
from verbund.funding.operations import Share

PREFIX = "zahlt"
MOST, SPARE = 12, 2
OTHER = "OTHER"


class Items:
    """What can be chosen: the cost items of notices by notice, and other money, said in words."""

    def __init__(self, notices):
        self.shares: dict[str, tuple[int, str]] = {}
        self.groups: list = [CHOOSE]
        for notice, names in funding.payable_items(notices):
            call = notice.application.call
            options = [(f"{notice.pk}:{number}", name) for number, name in enumerate(names)]
            self.shares |= {key: (notice.pk, name) for key, name in options}
            title = _("Bescheid %(reference)s, %(programme)s %(year)s") % {
                "reference": notice.file_reference, "programme": call.programme.name, "year": call.budget_year,
            }  # fmt: skip
            self.groups.append((title, options))
        self.groups.append((OTHER, _("anderes Geld, nämlich …")))

    def key_of(self, share: Share) -> str:
        """Return the choice that means a stored share."""
        if share.notice_id is None:
            return OTHER
        return next((key for key, one in self.shares.items() if one == (share.notice_id, share.item)), "")


class ShareRow(Row):
    asked = ("item", "share", "other")
    item = forms.ChoiceField(label=gettext_lazy("Was es bezahlt"))
    share = PercentShareField(label=gettext_lazy("Anteil in Prozent"), required=False)
    other = forms.CharField(
        label=gettext_lazy("Welches andere Geld"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("nur ohne Bescheid, zum Beispiel: Haushalt der Stadt"),
    )

    def __init__(self, *args, items: Items, **options):
        super().__init__(*args, **options)
        self.items = items
        self.fields["item"].choices = items.groups

    def clean(self):
        typed = super().clean()
        if typed.get("item") == OTHER and not typed.get("other"):
            self.add_error("other", _("Schreiben Sie, welches Geld es ist."))
        if typed.get("item") not in {None, OTHER} and typed.get("other"):
            self.add_error("other", _("Der Bescheid nennt die Kostenposition schon. Lassen Sie dieses Feld leer."))
        return typed

    def as_content(self) -> Share:
        """Return the share; one nobody typed is the whole."""
        typed = self.cleaned_data
        notice_id, item = (None, typed["other"]) if typed["item"] == OTHER else self.items.shares[typed["item"]]
        return Share(notice_id, item, (typed["share"] or ALL) / 100)


def share_rows(data, shares: list[Share], items: Items) -> ShareRowSet:
    """Return the rows as stored, or as typed (`data`)."""
    stored = [
        {
            "item": items.key_of(share),
            "share": share.share * 100,
            "other": "" if share.notice_id else share.item,
        }
        for share in shares
    ]
    return row_set(ShareRow, PREFIX, data, stored, most=MOST, extra=SPARE, formset=ShareRowSet, items=items)
