"""Forms about people: inviting, ending a function, appointing a deputy."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.accounts.roles import Role
from verbund.core.form_fields import DayField
from verbund.directory.models import Organisation
from verbund.directory.people import absence, permissions, queries
from verbund.directory.queries import valid_on


class InvitationForm(forms.Form):
    """Whom, to which function, where, for how long."""

    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Funktion"))
    valid_from = DayField(label=_("gültig von"))
    valid_until = DayField(label=_("gültig bis"), required=False, help_text=_("Leer heißt: ohne festes Ende."))

    def __init__(self, *args, actor, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor
        organisations = Organisation.objects.filter(valid_on(on))
        if not permissions.is_operator(actor):
            organisations = organisations.filter(pk=actor.organisation_id)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = None if organisations.count() == 1 else _("bitte wählen")
        self.fields["role"].choices = self._roles(organisations)
        self.fields["valid_from"].initial = on

    def _roles(self, organisations):
        if permissions.is_operator(self.actor):
            return [("", _("bitte wählen")), *Role.choices]
        given = {role for one in organisations for role in permissions.roles_given_by(self.actor, one)}
        return [("", _("bitte wählen")), *((role.value, role.label) for role in Role if role in given)]

    def clean(self):
        given = super().clean()
        organisation, role = given.get("organisation"), given.get("role")
        if organisation and role and role not in permissions.roles_given_by(self.actor, organisation):
            self.add_error("role", _("Diese Funktion gibt es in dieser Organisation nicht."))
        return given


class LastDayForm(forms.Form):
    """The last day of a function."""

    last_day = DayField(
        label=_("letzter Tag"), help_text=_("Dieser Tag gilt noch. Mit dem gestrigen Tag enden die Rechte sofort.")
    )


class DeputyForm(forms.Form):
    """Who stands in, from when until when."""

    deputy = forms.ModelChoiceField(label=_("Vertretung durch"), queryset=None, empty_label=_("bitte wählen"))
    valid_from = DayField(label=_("gültig von"))
    valid_until = DayField(label=_("gültig bis"))

    def __init__(self, *args, membership, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = queries.possible_deputies(membership, on=on)
        self.fields["valid_from"].initial = on


class AbsenceForm(forms.Form):
    """When one is away, and who stands in."""

    valid_from = DayField(label=_("abwesend von"))
    valid_until = DayField(label=_("abwesend bis"), help_text=_("Beide Tage zählen mit."))
    deputy = forms.ModelChoiceField(
        label=_("Vertretung durch"), queryset=None, required=False, empty_label=_("niemand vertritt mich")
    )

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = absence.possible_deputies(user, on=on)
        self.fields["valid_from"].initial = on


class HandOverForm(forms.Form):
    """To whom the tasks of a person go: a colleague of the same organisation."""

    to = forms.ModelChoiceField(label=_("übergeben an"), queryset=None, empty_label=_("bitte wählen"))

    def __init__(self, *args, membership, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = queries.colleagues(membership, on=on)


class PeopleFilterForm(forms.Form):
    """The filters of the list of people, which live in the address."""

    suche = forms.CharField(label=_("Person oder Organisation"), max_length=80, required=False)
    funktion = forms.ChoiceField(label=_("Funktion"), required=False, choices=[("", _("alle")), *Role.choices])
    stand = forms.ChoiceField(
        label=_("Stand"), required=False, choices=[("", _("heute gültig")), ("alle", _("auch beendete"))]
    )

    def apply(self, memberships, *, on):
        """Return the memberships that match; a wrong filter is not applied."""
        self.is_valid()
        chosen = self.cleaned_data
        if text := chosen.get("suche"):
            memberships = memberships.filter(
                Q(user__display_name__icontains=text)
                | Q(user__email__icontains=text)
                | Q(organisation__name__icontains=text)
            )
        if chosen.get("funktion"):
            memberships = memberships.filter(role=chosen["funktion"])
        return memberships if chosen.get("stand") == "alle" else memberships.filter(valid_on(on))
