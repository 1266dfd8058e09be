"""Lists: the networks of the centre, the meetings of a year, tasks over all networks; for others numbers only."""

from django.core.paginator import Paginator
from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from verbund.advising import permissions as app
from verbund.advising.models import MeetingTask, Network, NetworkDecision, NetworkMember, Participation
from verbund.advising.networks import exports, queries, reading
from verbund.advising.networks.lifecycle import COMING, MeetingStatus, TaskStatus
from verbund.advising.networks.permissions import keeps_networks
from verbund.core.dates import today
from verbund.core.exports import respond_csv, respond_xlsx
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.queries import valid_on

PAGE_SIZE = 50
LONGEST_SEARCH = 100
WHO = (
    ("", gettext_lazy("alle")),
    ("zentrum", gettext_lazy("das Zentrum")),
    ("mitglieder", gettext_lazy("Mitglieder")),
    ("ausgeschieden", gettext_lazy("Ausgeschiedene")),
)


def _year(request, years: list[int], on) -> int:
    typed = request.GET.get("jahr", "")
    return next((year for year in years if str(year) == typed), on.year)


def _counted(rows, by: str):
    """Return how many rows belong to each outer record, as a statement within the statement."""
    return Coalesce(
        Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
    )


@require_safe
@gate(may=app.reads_work)
def networks(request):
    """The networks of the own centre; coordination units and ministries read numbers."""
    on = today()
    if not keeps_networks(request.actor):
        years = list(range(on.year, on.year - 6, -1))
        year = _year(request, years, on)
        rows = queries.numbers_by_centre(request.actor, year)
        return show(request, "advising/networks/numbers.html", {"rows": rows, "year": year, "years": years})
    found, asked = _networks_asked_for(request, on)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    names = reading.Names()
    context = {
        "page": page,
        "rows": [{"network": one, "name": names.of_network(one, on)} for one in page],
        "asked": asked,
        "kinds": Network.Kind.choices,
        "parts": Network.Part.choices,
    }
    return show(request, "advising/networks/list.html", context)


def _networks_asked_for(request, on):
    """Return the networks with their counts, and what was asked for; unknown values ask for nothing."""
    get = request.GET
    asked = {
        "q": get.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        "art": get.get("art", "") if get.get("art") in Network.Kind.values else "",
        "rolle": get.get("rolle", "") if get.get("rolle") in Network.Part.values else "",
        "stand": "alle" if get.get("stand") == "alle" else "",
    }
    found = queries.networks_visible_to(request.actor)
    if asked["q"]:
        found = found.filter(name__icontains=asked["q"])
    if asked["art"]:
        found = found.filter(kind=asked["art"])
    if asked["rolle"]:
        found = found.filter(part=asked["rolle"])
    if not asked["stand"]:
        found = found.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    members = NetworkMember.objects.filter(valid_on(on), network=OuterRef("pk"))
    tasks = MeetingTask.objects.filter(meeting__network=OuterRef("pk"), status=TaskStatus.OPEN)
    coming = Q(meetings__status__in=COMING, meetings__day__gte=on)
    return found.annotate(
        member_count=_counted(members, "network"),
        open_count=_counted(tasks, "meeting__network"),
        next_day=Min("meetings__day", filter=coming),
    ).order_by("name", "pk"), asked


@require_safe
@gate(may=keeps_networks)
def networks_table(request, ending: str):
    """The networks asked for as CSV or XLSX."""
    on = today()
    found, _asked = _networks_asked_for(request, on)
    return _table(ending, exports.networks(reading.Names(), on), found, _("netzwerke"), _("Netzwerke"))


def _table(ending: str, columns, rows, name: str, title: str):
    if ending == "csv":
        return respond_csv(columns, rows, name=name)
    return respond_xlsx(columns, rows, name=name, title=title)


@require_safe
@gate(may=keeps_networks)
def meetings(request):
    """The meetings of a year over all networks, with figures."""
    on = today()
    found, asked, years = _meetings_asked_for(request, on)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    names = reading.Names()
    context = {
        "page": page,
        "rows": [
            {"meeting": one, "name": names.of_network(one.network, one.day), "tone": reading.TONES[one.status]}
            for one in page
        ],
        "asked": asked,
        "years": years,
        "statuses": MeetingStatus.choices,
        "figures": queries.figures_of_year(queries.networks_visible_to(request.actor), asked["jahr"]),
    }
    return show(request, "advising/networks/meetings.html", context)


def _meetings_asked_for(request, on):
    own = queries.meetings_visible_to(request.actor)
    years = queries.years_of(own, on=on)
    status = request.GET.get("stand", "")
    asked = {"jahr": _year(request, years, on), "stand": status if status in MeetingStatus.values else ""}
    found = own.filter(day__year=asked["jahr"])
    if asked["stand"]:
        found = found.filter(status=asked["stand"])
    present = Participation.objects.filter(meeting=OuterRef("pk"), came__gt=0)
    people = present.order_by().values("meeting").annotate(n=Sum("came")).values("n")
    decisions = NetworkDecision.objects.filter(meeting=OuterRef("pk"))
    return (
        found.annotate(
            present_count=_counted(present, "meeting"),
            people_count=Subquery(people, output_field=IntegerField()),
            decision_count=_counted(decisions, "meeting"),
        ).order_by("-day", "-pk"),
        asked,
        years,
    )


@require_safe
@gate(may=keeps_networks)
def meetings_table(request, ending: str):
    """The meetings asked for as CSV or XLSX."""
    found, _asked, _years = _meetings_asked_for(request, today())
    return _table(ending, exports.meetings(reading.Names()), found, _("sitzungen"), _("Sitzungen"))


@require_safe
@gate(may=keeps_networks)
def tasks(request):
    """Tasks over all networks; open ones first asked for."""
    on = today()
    found, asked = _tasks_asked_for(request, on)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    names = reading.Names()
    context = {
        "page": page,
        "rows": [_task_row(one, names, on) for one in page],
        "asked": asked,
        "who": WHO,
        "statuses": TaskStatus.choices,
    }
    return show(request, "advising/networks/tasks.html", context)


def _task_row(task: MeetingTask, names: reading.Names, on) -> dict:
    return {
        "task": task,
        "network": names.of_network(task.meeting.network, on),
        "who": names.of_responsible(task, on),
        "tone": "danger" if task.is_overdue(on) else reading.TASK_TONES[task.status],
    }


def _tasks_asked_for(request, on):
    who, status = request.GET.get("wer", ""), request.GET.get("stand", TaskStatus.OPEN.value)
    asked = {
        "wer": who if who in dict(WHO) else "",
        "stand": status if status in {*TaskStatus.values, "alle"} else TaskStatus.OPEN.value,
    }
    found = queries.tasks_visible_to(request.actor)
    if asked["stand"] != "alle":
        found = found.filter(status=asked["stand"])
    by = {
        "zentrum": Q(member=None),
        "mitglieder": Q(member__isnull=False),
        "ausgeschieden": Q(member__valid_until__lt=on),
    }
    return found.filter(by.get(asked["wer"], Q())).order_by(F("due_on").asc(nulls_last=True), "pk"), asked


@require_safe
@gate(may=keeps_networks)
def tasks_table(request, ending: str):
    """The tasks asked for as CSV or XLSX."""
    on = today()
    found, _asked = _tasks_asked_for(request, on)
    return _table(ending, exports.tasks(reading.Names(), on), found, _("aufgaben"), _("Aufgaben"))
