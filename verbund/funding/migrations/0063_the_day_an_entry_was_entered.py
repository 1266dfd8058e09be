from django.db import migrations, models
from django.db.models import F

from verbund.core import append_only

TABLES = ("funding_budgetentry", "funding_reclaimentry")


def take_the_value_day(apps, schema_editor):
    """Take the value day of what is there as the day it was entered: nothing else was kept.

    The moment a row was written does not serve: what was taken over, and the demonstration, was written long after.
    """
    alias = schema_editor.connection.alias
    with append_only.unlocked(alias, tables=TABLES):
        for name in ("BudgetEntry", "ReclaimEntry"):
            apps.get_model("funding", name).objects.using(alias).update(entered_on=F("day"))


class Migration(migrations.Migration):
    dependencies = [("funding", "0062_receipts_are_written_afterwards")]

    operations = [
        migrations.AddField("budgetentry", "entered_on", models.DateField(null=True, verbose_name="erfasst am")),
        migrations.AddField("reclaimentry", "entered_on", models.DateField(null=True, verbose_name="erfasst am")),
        migrations.RunPython(take_the_value_day, migrations.RunPython.noop),
        migrations.AlterField("budgetentry", "entered_on", models.DateField(verbose_name="erfasst am")),
        migrations.AlterField("reclaimentry", "entered_on", models.DateField(verbose_name="erfasst am")),
        migrations.AddConstraint(
            "budgetentry",
            models.CheckConstraint(
                condition=models.Q(("kind", "PAYMENT"), _negated=True) | models.Q(("entered_on__gte", F("day"))),
                name="funding_payment_is_entered_when_made",
            ),
        ),
    ]
