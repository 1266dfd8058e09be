"""The list of applications as CSV and XLSX."""

from django.utils.translation import gettext as _

from verbund.core import exports as files
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.funding import exports, permissions


@gate(may=permissions.reads_funding)
def applications_csv(request):
    return files.respond_csv(exports.columns(), exports.rows(request.GET, request.actor), name=_name())


@gate(may=permissions.reads_funding)
def applications_xlsx(request):
    found = exports.rows(request.GET, request.actor)
    return files.respond_xlsx(exports.columns(), found, name=_name(), title=_("Anträge"))


def _name() -> str:
    return f"antraege-{today():%Y-%m-%d}"
