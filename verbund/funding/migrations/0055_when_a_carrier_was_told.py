"""Since when a carrier knows of a claim: until then it is the authority's own business."""

from django.db import migrations, models
from django.db.models import F, Min, Q


def say_since_when(apps, schema_editor):
    """Take the first day on which the carrier announced the claim, was heard, paid on it, or got its notice."""
    reclaims = apps.get_model("funding", "Reclaim").objects
    reclaims.filter(is_announced=True).update(told_on=F("arose_on"))
    paid = Min("entries__day", filter=Q(entries__kind__in=["PAYMENT", "OFFSET"]))
    waiting = reclaims.filter(told_on=None).select_related("hearing", "issued_notice").annotate(first_payment=paid)
    for reclaim in waiting:
        days = [reclaim.first_payment]
        if reclaim.hearing and reclaim.hearing.opened_on >= reclaim.arose_on:
            days.append(reclaim.hearing.opened_on)
        if hasattr(reclaim, "issued_notice"):
            days.append(reclaim.issued_notice.issued_on)
        reclaim.told_on = min((day for day in days if day), default=None)
        if reclaim.told_on:
            reclaim.save(update_fields=["told_on"])


class Migration(migrations.Migration):
    dependencies = [("funding", "0054_sentences_of_letters")]

    operations = [
        migrations.AddField(
            model_name="reclaim",
            name="told_on",
            field=models.DateField(editable=False, null=True, verbose_name="dem Träger bekannt seit"),
        ),
        migrations.RunPython(say_since_when, migrations.RunPython.noop),
    ]
