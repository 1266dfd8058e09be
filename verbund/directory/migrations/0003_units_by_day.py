"""The place in the administration becomes a fact with days and source, as every other one about a centre."""

from django.db import migrations

SHIPPED = ("05122", "Stadtdienst Integration")


def keep_units_as_facts(apps, schema_editor):
    """Turn each place that was entered into a fact; the shipped one comes anew with its source."""
    fact = apps.get_model("directory", "CentreFact")
    for centre in apps.get_model("directory", "Centre").objects.exclude(administrative_unit=""):
        if (centre.key, centre.administrative_unit) != SHIPPED:
            fact.objects.create(
                centre=centre,
                kind="UNIT",
                text=centre.administrative_unit,
                valid_from=centre.changed_at.date(),
                evidenced_until=centre.changed_at.date(),
                source="Angabe des Zentrums",
            )


def restore_units(apps, schema_editor):
    """Write the newest place back to the centre."""
    for fact in apps.get_model("directory", "CentreFact").objects.filter(kind="UNIT").order_by("valid_from"):
        fact.centre.administrative_unit = fact.text[:200]
        fact.centre.save(update_fields=["administrative_unit"])


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_network_through_time")]
    operations = [migrations.RunPython(keep_units_as_facts, restore_units)]
