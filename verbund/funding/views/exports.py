"""The lists of funding as CSV and XLSX."""

from django.utils.translation import gettext as _

from verbund.core import exports as files
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.funding import exports, money_exports, permissions, queries


@gate(may=permissions.reads_funding)
def applications_csv(request):
    return files.respond_csv(exports.columns(), exports.rows(request.GET, request.actor), name=_name())


@gate(may=permissions.reads_funding)
def applications_xlsx(request):
    found = exports.rows(request.GET, request.actor)
    return files.respond_xlsx(exports.columns(), found, name=_name(), title=_("Anträge"))


def _name() -> str:
    return f"antraege-{today():%Y-%m-%d}"


def _csv(export, *, may=permissions.reads_funding):
    """Return the view of a list as CSV; the rows are those each person may see."""

    @gate(may=may)
    def respond(request):
        rows = export.rows(request.GET, request.actor)
        return files.respond_csv(export.columns(), rows, name=f"{export.name}-{today():%Y-%m-%d}")

    return respond


def _xlsx(export, *, may=permissions.reads_funding):
    """Return the view of a list as XLSX, for the same people with the same rows."""

    @gate(may=may)
    def respond(request):
        rows = export.rows(request.GET, request.actor)
        name = f"{export.name}-{today():%Y-%m-%d}"
        return files.respond_xlsx(export.columns(), rows, name=name, title=export.title())

    return respond


notices_csv, notices_xlsx = _csv(money_exports.NOTICES), _xlsx(money_exports.NOTICES)
drawdowns_csv, drawdowns_xlsx = _csv(money_exports.DRAWDOWNS), _xlsx(money_exports.DRAWDOWNS)
changes_csv, changes_xlsx = _csv(money_exports.CHANGES), _xlsx(money_exports.CHANGES)
titles_csv = _csv(money_exports.TITLES, may=permissions.can_see_titles)
titles_xlsx = _xlsx(money_exports.TITLES, may=permissions.can_see_titles)


@gate(among=queries.titles_visible_to)
def entries_csv(request, title):
    columns = money_exports.columns_of_entries(request.actor)
    return files.respond_csv(columns, money_exports.entry_rows(title, request.GET), name=_name_of_entries(title))


@gate(among=queries.titles_visible_to)
def entries_xlsx(request, title):
    columns = money_exports.columns_of_entries(request.actor)
    rows = money_exports.entry_rows(title, request.GET)
    return files.respond_xlsx(columns, rows, name=_name_of_entries(title), title=_("Buchungen"))


def _name_of_entries(title) -> str:
    return f"buchungen-{title.budget_year}-{title.pk}-{today():%Y-%m-%d}"
