"""Letters about claims that were not paid in time: reminders, then dunning letters."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import verbund.core.money


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0021_sent_reminders"),
        ("funding", "0056_claims_are_notified"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReclaimReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Nummer")),
                ("sent_on", models.DateField(verbose_name="vom")),
                (
                    "amount_principal",
                    verbund.core.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="Hauptforderung"),
                ),
                (
                    "amount_interest",
                    verbund.core.money.MoneyField(decimal_places=2, max_digits=14, verbose_name="Zinsen"),
                ),
                ("payable_until", models.DateField(verbose_name="zahlbar bis")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "reclaim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="funding.reclaim"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_for",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("reclaim", "number"), name="funding_reclaim_reminder_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_principal__gte", 0),
                            ("number__gte", 1),
                            ("payable_until__gt", models.F("sent_on")),
                            ("amount_interest__gte", 0),
                        ),
                        name="funding_reclaim_reminder_asks_for_later",
                    ),
                ],
            },
        ),
    ]
