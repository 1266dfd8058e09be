"""A notice that claims money back is notified, contested and becomes final like one that grants it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0021_sent_reminders"),
        ("funding", "0055_when_a_carrier_was_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reclaimnotice",
            name="appeal_until",
            field=models.DateField(blank=True, null=True, verbose_name="Klagefrist bis"),
        ),
        migrations.AddField(
            model_name="reclaimnotice",
            name="final_on",
            field=models.DateField(blank=True, null=True, verbose_name="bestandskräftig seit"),
        ),
        migrations.AddField(
            model_name="reclaimnotice",
            name="notified_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("POST", "mit der Post"),
                    ("ELECTRONIC", "elektronisch"),
                    ("HANDED_OVER", "persönlich übergeben"),
                ],
                max_length=12,
                verbose_name="Art der Bekanntgabe",
            ),
        ),
        migrations.AddField(
            model_name="reclaimnotice",
            name="notified_on",
            field=models.DateField(blank=True, null=True, verbose_name="bekannt gegeben am"),
        ),
        migrations.AddField(
            model_name="reclaimnotice",
            name="posted_on",
            field=models.DateField(blank=True, null=True, verbose_name="abgesandt am"),
        ),
        migrations.AddField(
            model_name="reclaimnotice",
            name="remedy_is_correct",
            field=models.BooleanField(default=True, verbose_name="Rechtsbehelfsbelehrung ist richtig"),
        ),
        migrations.AddField(
            model_name="reclaimnotice",
            name="status",
            field=models.CharField(
                choices=[
                    ("ISSUED", "erlassen"),
                    ("NOTIFIED", "bekannt gegeben"),
                    ("CONTESTED", "Klage erhoben"),
                    ("FINAL", "bestandskräftig"),
                ],
                default="ISSUED",
                editable=False,
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="reclaimnotice",
            name="waived_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reclaimnotice",
            name="waiver_received_on",
            field=models.DateField(blank=True, null=True, verbose_name="Rechtsbehelfsverzicht eingegangen am"),
        ),
        migrations.AddConstraint(
            model_name="reclaimnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "ISSUED"),
                    models.Q(("appeal_until__isnull", False), ("notified_on__isnull", False)),
                    _connector="OR",
                ),
                name="funding_reclaim_notice_was_notified",
            ),
        ),
    ]
