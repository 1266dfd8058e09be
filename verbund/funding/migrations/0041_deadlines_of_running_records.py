"""What was open before deadlines were objects gets its deadlines: questions, windows, appeals, pay days, drawdowns.

Nothing is recalled for days before the migration; the trail begins with the first act on each deadline.
"""

from django.db import migrations
from django.db.models import Q, Sum

from verbund.core.dates import shift, today

COUNTING = ["SUBMITTED", "VERIFIED", "ORDERED", "DISBURSED"]


def set_deadlines(apps, schema_editor):
    requests = apps.get_model("funding", "InformationRequest").objects.filter(status="OPEN")
    for pk, day, carrier in requests.values_list("pk", "due_on", "application__carrier"):
        _run(apps, "INFORMATION_ANSWER", "funding.InformationRequest", pk, day, carrier)
    calls = apps.get_model("funding", "Call").objects.filter(status="OPEN", closes_on__isnull=False)
    for pk, day in calls.values_list("pk", "closes_on"):
        _run(apps, "APPLICATION_WINDOW", "funding.Call", pk, day, 0)
    notices = apps.get_model("funding", "GrantNotice").objects
    notified = notices.filter(status="NOTIFIED", appeal_until__isnull=False)
    for pk, day, carrier in notified.values_list("pk", "appeal_until", "decision__application__carrier"):
        _run(apps, "APPEAL", "funding.GrantNotice", pk, day, carrier)
    _set_days_of_money(apps, notices.filter(decision__kind="GRANT"))


def _set_days_of_money(apps, grants):
    called = Sum("drawdowns__amount", filter=Q(drawdowns__status__in=COUNTING))
    for notice in grants.annotate(called=called).select_related("decision__application__call"):
        application, paid = notice.decision.application, notice.called or 0
        if paid >= notice.amount_granted:
            continue
        last_day = application.call.drawdowns_until
        _run(apps, "LAST_DRAWDOWN", "funding.GrantNotice", notice.pk, last_day, application.carrier_id, fixed=True)
        for part in notice.instalments.order_by("number"):
            paid -= part.amount
            if paid < 0 and part.due_on is not None and part.due_on > today():
                _run(apps, "PAY_DAY", "funding.Instalment", part.pk, part.due_on, application.carrier_id)


def _run(apps, kind, subject_type, subject_id, nominal_on, organisation_id, *, fixed=False):
    deadlines = apps.get_model("core", "Deadline").objects
    running = {"kind": kind, "subject_type": subject_type, "subject_id": subject_id}
    if deadlines.filter(**running, fulfilled_on=None, lifted_on=None).exists():
        return
    due_on, because = (nominal_on, []) if fixed else shift(nominal_on)
    deadlines.create(
        **running,
        organisation_id=organisation_id,
        nominal_on=nominal_on,
        due_on=due_on,
        because=because,
        is_fixed_date=fixed,
        ends_on=due_on,
        known_since=today(),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0021_sent_reminders"),
        ("funding", "0040_reminder_rules"),
    ]

    operations = [migrations.RunPython(set_deadlines, migrations.RunPython.noop)]
