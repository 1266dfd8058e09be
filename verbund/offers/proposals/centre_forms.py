"""What a centre says to a proposal: a question, a refusal with its rule, or which parts it takes over for whom."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.directory.models import Partner
from verbund.offers.models import InclusionRule, Proposal
from verbund.offers.proposals import queries, reading

NEW = "neu"
VERY_ALIKE = 85
"""From which likeness of the names (0 to 100) the organisation is chosen already."""

MOST_SUGGESTED = 3
FEWEST_TO_SUGGEST = 50


class AskForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Ihre Frage"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Sie geht mit einem Link zum Antworten an die einreichende Stelle."),
    )  # fmt: skip


class RefuseForm(forms.Form):
    rule = forms.ModelChoiceField(
        label=gettext_lazy("Welche Regel steht entgegen?"),
        queryset=InclusionRule.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Begründung in eigenen Worten"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Die einreichende Stelle liest Regel und Begründung. Schreiben Sie, was stattdessen ginge."
        ),
    )

    def __init__(self, *args, on, **options):
        super().__init__(*args, **options)
        self.fields["rule"].queryset = queries.rules_on(on)


class AcceptForm(forms.Form):
    """Which parts are taken over; of a new entry also for whom, and whether it is shown at once."""

    fields_taken = forms.MultipleChoiceField(choices=(), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    partner = forms.ChoiceField(label=gettext_lazy("Wer bietet das an?"), required=False)
    name = forms.CharField(label=gettext_lazy("Name der Organisation"), max_length=200, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=Partner.Kind, required=False)
    publish = forms.ChoiceField(
        label=gettext_lazy("Was geschieht mit dem Eintrag?"),
        choices=[
            ("yes", gettext_lazy("sofort veröffentlichen")),
            ("no", gettext_lazy("als Entwurf aufheben")),
        ],
        widget=forms.RadioSelect,
    )
    reply = forms.CharField(
        label=gettext_lazy("Nachricht an die einreichende Stelle"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("zum Beispiel, warum Sie einen Teil nicht übernehmen"),
    )

    def __init__(self, data=None, *, proposal: Proposal, rows: list[reading.Row]):
        self.proposal, self.rows = proposal, rows
        self.alike = [] if proposal.offer_id or proposal.partner_id else queries.partners_like(
            proposal.centre, proposal.organisation_name
        )  # fmt: skip
        super().__init__(data, initial=self._begin(), use_required_attribute=False)
        self.fields["fields_taken"].choices = [(row.name, row.label) for row in rows]
        if proposal.offer_id:
            del self.fields["publish"]
        if proposal.offer_id or proposal.partner_id:
            for name in ("partner", "name", "kind"):
                del self.fields[name]
            return
        self.fields["partner"].choices = [
            (NEW, _("neu anlegen, mit Namen und Art unten")),
            *((str(one.pk), str(one)) for _likeness, one in self.alike),
        ]

    def _begin(self) -> dict:
        best = self.alike[0] if self.alike else (0, None)
        return {
            "fields_taken": [row.name for row in self.rows if row.begins_ticked],
            "seen": self.proposal.offer.version if self.proposal.offer_id else None,
            "publish": "no" if reading.is_in_another_script(self.proposal) else "yes",
            "partner": str(best[1].pk) if best[0] >= VERY_ALIKE else NEW,
            "name": self.proposal.organisation_name,
            "kind": self.proposal.organisation_kind,
        }

    @property
    def suggestions(self) -> list[tuple[int, Partner]]:
        return [pair for pair in self.alike[:MOST_SUGGESTED] if pair[0] >= FEWEST_TO_SUGGEST]

    def clean(self):
        typed = super().clean()
        if typed.get("partner") == NEW and not typed.get("name"):
            self.add_error("name", _("Geben Sie den Namen der Organisation an."))
        return typed

    @property
    def taken(self) -> set[str]:
        """Return the names of the fields that are ticked now, on the screen or as sent."""
        return set(self["fields_taken"].value() or ())

    def acts(self) -> dict:
        """Return what the operation takes."""
        typed = self.cleaned_data
        partner, new = self.proposal.partner, None
        if "partner" in typed:
            if typed["partner"] in {NEW, ""}:
                new = {"name": typed["name"], "kind": typed["kind"]}
            else:
                partner = next(one for _likeness, one in self.alike if str(one.pk) == typed["partner"])
        return {
            "names": typed["fields_taken"],
            "partner": partner,
            "new_partner": new,
            "publish": typed.get("publish") == "yes",
            "reply": typed["reply"],
            "seen": (typed["seen"] or 0) if self.proposal.offer_id else None,
        }
