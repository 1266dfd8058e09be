"""Forms of the carrier's side: the draft with its posts, attachments, comments, answers."""

from math import ceil

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField, ShareField
from verbund.core.money import MoneyFormField
from verbund.funding.models import Attachment, DraftComment, GrantApplication, PlannedPost
from verbund.funding.operations import PostPlan
from verbund.funding.operations.applications import DRAFT_FIELDS
from verbund.programmes.rules import Rules

MOST_POSTS = 20
BLANK_POSTS = 2


class DraftForm(forms.ModelForm):
    """The draft without its posts; extras become one amount field for each item the guideline knows."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    concept_adopted_on = DayField(label=_("Integrationskonzept beschlossen am"), required=False)
    resolution_on = DayField(label=_("Beschluss über das Zentrum vom"), required=False)

    class Meta:
        model = GrantApplication
        fields = DRAFT_FIELDS
        widgets = {"purpose": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, rules: Rules, **options):
        super().__init__(*args, **options)
        self.rules = rules
        self.initial["version"] = self.instance.version
        asked = {extra.item: extra.amount for extra in self.instance.extras.all()}
        for cap in rules.extras:
            self.fields[f"extra_{cap.item}"] = MoneyFormField(
                label=cap.label, required=False, initial=asked.get(cap.item)
            )
        self.extra_names = [f"extra_{cap.item}" for cap in rules.extras]

    def extra_fields(self):
        return [self[name] for name in self.extra_names]

    def extras(self) -> dict:
        """Return the euros asked for by item, without those left empty."""
        amounts = {name.removeprefix("extra_"): self.cleaned_data[name] for name in self.extra_names}
        return {item: amount for item, amount in amounts.items() if amount}

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in DRAFT_FIELDS}


class PostForm(forms.Form):
    """One row of the post plan; an empty row is no post."""

    label = forms.CharField(label=_("Stelle"), max_length=60)
    function = forms.ChoiceField(label=_("Funktion"), choices=[("", _("Bitte wählen")), *PlannedPost.Function.choices])
    full_time_share = ShareField(label=_("Anteil"))
    occupied_from = DayField(label=_("besetzt von"))
    occupied_until = DayField(label=_("besetzt bis"))
    is_qualified = forms.BooleanField(label=_("Qualifikation nachgewiesen"), required=False)

    def clean(self):
        typed = super().clean()
        first, last = typed.get("occupied_from"), typed.get("occupied_until")
        if first and last and last < first:
            self.add_error("occupied_until", _("Das Ende liegt vor dem Beginn."))
        return typed

    def plan(self) -> PostPlan:
        """Return the typed row; the support post is paid as assistant, all others as specialists."""
        is_support = self.cleaned_data["function"] == PlannedPost.Function.SUPPORT
        rate_class = PlannedPost.RateClass.ASSISTANT if is_support else PlannedPost.RateClass.SPECIALIST
        return PostPlan(rate_class=rate_class, **self.cleaned_data_without_technical())

    def cleaned_data_without_technical(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


class PostFormSet(forms.BaseFormSet):
    """The post plan as the page shows it: a row emptied by hand is no post, stored before or not."""

    def get_form_kwargs(self, index):
        return {"empty_permitted": True}

    def plans(self) -> list[PostPlan]:
        kept = (form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE"))
        return [form.plan() for form in kept]


def post_formset(application: GrantApplication, data=None, *, rules: Rules) -> PostFormSet:
    """Return the formset of an application's post plan, with an empty row for each post the rules still fund.

    What was typed counts alone: stored rows may have come from the page itself, saved in the background.
    """
    names = ("label", "function", "full_time_share", "occupied_from", "occupied_until", "is_qualified")
    rows = [{name: getattr(post, name) for name in names} for post in application.posts.all()]
    paid = (rules.most_posts(application.carrier.kind, rate_class) for rate_class in PlannedPost.RateClass)
    funded = sum(map(ceil, paid))
    factory = forms.formset_factory(
        PostForm,
        formset=PostFormSet,
        extra=max(BLANK_POSTS, funded - len(rows)),
        can_delete=True,
        max_num=MOST_POSTS,
        validate_max=True,
    )
    return factory(data, initial=None if data else rows, prefix="posts")


class AttachmentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Art der Anlage"), choices=Attachment.Kind.choices)
    upload = forms.FileField(label=_("PDF-Datei"), help_text=_("höchstens 20 MB"), max_length=200)


class CommentForm(forms.ModelForm):
    section = forms.ChoiceField(label=_("Abschnitt"), choices=[("", _("Bitte wählen")), *DraftComment.Section.choices])

    class Meta:
        model = DraftComment
        fields = ["section", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Ihre Antwort"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
