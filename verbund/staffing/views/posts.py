"""Acts on funded posts: record who holds one, change the share, end, strike out, confirm the qualification.

The post plan itself joins posts and money and stands in the portal; each act leads back to it.
"""

from datetime import date
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core.acts import act_at_once
from verbund.core.acts import act_with_form as act_with_form_on
from verbund.core.dates import today
from verbund.core.form_fields import ShareField
from verbund.core.permissions import gate
from verbund.staffing import forms, operations, permissions, queries

act_with_form = partial(act_with_form_on, template="staffing/act.html")


@gate(among=queries.posts_visible_to, may=permissions.can_record_occupancy)
def new_occupancy(request, post):
    """Record who holds a post; the link of a gap brings its days and its share along."""
    initial = {
        "full_time_share": _share(request.GET.get("anteil")) or post.full_time_share,
        "valid_from": _day(request.GET.get("von")) or post.valid_from,
        "valid_until": _day(request.GET.get("bis")) or post.valid_until,
        "is_funded": True,
    }
    form = forms.OccupancyForm(request.POST or None, initial=initial, needs_qualification=post.needs_qualification)
    return act_with_form(
        request,
        form,
        lambda typed: operations.record_occupancy(post, **typed, on=today(), actor=request.actor),
        title=_("Besetzung eintragen"),
        label=_("Eintragen"),
        back=post.get_absolute_url(),
        done=_("Die Besetzung ist eingetragen."),
        subject=post,
    )


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None


def _share(typed: str | None) -> Decimal | None:
    try:
        return ShareField(required=False).clean(typed)
    except ValidationError:
        return None


@gate(among=queries.occupancies_visible_to, may=permissions.can_change_occupancy)
def change_share(request, occupancy):
    initial = {"full_time_share": occupancy.full_time_share, "is_funded": occupancy.is_funded}
    return act_with_form(
        request,
        forms.ChangeShareForm(request.POST or None, initial=initial),
        lambda typed: operations.change_share(occupancy, **typed, on=today(), actor=request.actor),
        title=_("Anteil oder Förderung ändern"),
        label=_("Ändern"),
        intro=_("%(holder)s: Die bisherige Besetzung endet am Tag davor, eine neue beginnt.")
        % {"holder": occupancy.holder},
        back=occupancy.get_absolute_url(),
        done=_("Die Änderung ist eingetragen."),
        subject=occupancy.post,
    )


@gate(among=queries.occupancies_visible_to, may=permissions.can_change_occupancy)
def end_occupancy(request, occupancy):
    return act_with_form(
        request,
        forms.EndOccupancyForm(request.POST or None),
        lambda typed: operations.end_occupancy(occupancy, **typed, actor=request.actor),
        title=_("Besetzung vorzeitig beenden"),
        label=_("Beenden"),
        intro=_("%(holder)s: Die Stelle ist ab dem Tag danach unbesetzt. Ein Grund wird nicht gespeichert.")
        % {"holder": occupancy.holder},
        back=occupancy.get_absolute_url(),
        done=_("Die Besetzung ist beendet."),
        subject=occupancy.post,
    )


@gate(among=queries.occupancies_visible_to, may=permissions.can_change_occupancy)
def cancel_occupancy(request, occupancy):
    return act_with_form(
        request,
        forms.CancelOccupancyForm(request.POST if request.method == "POST" else None),
        lambda _typed: operations.cancel_occupancy(occupancy, actor=request.actor),
        title=_("Besetzung streichen"),
        label=_("Streichen"),
        intro=_("%(holder)s: Streichen heißt, der Eintrag war ein Irrtum und zählt nicht. Was es gab, beenden Sie.")
        % {"holder": occupancy.holder},
        back=occupancy.get_absolute_url(),
        done=_("Die Besetzung ist gestrichen und zählt nicht mehr."),
        subject=occupancy.post,
    )


@require_POST
@gate(among=queries.occupancies_visible_to, may=permissions.can_change_occupancy)
def confirm_qualification(request, occupancy):
    return act_at_once(
        request,
        lambda: operations.confirm_qualification(occupancy, on=today(), actor=request.actor),
        back=occupancy.get_absolute_url(),
        done=_("Die Qualifikation ist bestätigt; die Besetzung zählt von ihrem ersten Tag an."),
    )
