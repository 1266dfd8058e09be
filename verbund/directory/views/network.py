"""Who is who in the network, by day."""

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory import queries, reading, reference_day
from verbund.directory.calculations import covers, period_label
from verbund.directory.models import Organisation

NETWORK_TITLES = {
    Organisation.Kind.MINISTRY: _("Ministerien"),
    Organisation.Kind.GRANTING_AUTHORITY: _("Bewilligungsbehörde"),
    Organisation.Kind.COORDINATION_UNIT: _("Koordinierungsstellen"),
    Organisation.Kind.REGIONAL_GOVERNMENT: _("Bezirksregierungen"),
}


@public
@require_safe
def network(request):
    """Who is who on the reference day (`?stichtag=`), today by default, with the names of that day."""
    chosen = reference_day.chosen(request)
    day = chosen.day
    organisations = [_shown_organisation(one, day) for one in queries.authorities()]
    groups = [
        {"title": title, "rows": [row for row in organisations if row["kind"] == kind and row["is_there"]]}
        for kind, title in NETWORK_TITLES.items()
    ]
    context = {
        "reference_day": chosen,
        "groups": [group for group in groups if group["rows"]],
        "others": [row for row in organisations if not row["is_there"]],
        "bodies": [_shown_body(row, day) for row in queries.body_names()],
    }
    return show(request, "directory/network.html", context)


def _shown_organisation(organisation, day) -> dict:
    names = list(organisation.names.all())
    current = next((row for row in names if covers(row, day)), organisation)
    return {
        "kind": organisation.kind,
        "code": organisation.code,
        "name": current.name,
        "short_name": current.short_name,
        "field": organisation.get_field_display(),
        "is_there": covers(organisation, day),
        "period": period_label(organisation.valid_from, organisation.valid_until),
        "period_note": organisation.period_note,
        "address": organisation.address,
        "source": organisation.source or current.source,
        "names": [reading.shown_name(row) for row in names],
    }


def _shown_body(row, day) -> dict:
    return {
        "name": row.name,
        "short_name": row.short_name,
        "carrier": row.carrier.organisation.name if row.carrier_id else "",
        "period": period_label(row.valid_from, row.valid_until),
        "is_there": covers(row, day),
        "is_recorded_later": reading.is_recorded_later(row),
        "source": row.source,
    }
