"""Payment lists for the cash office, and acts on many records with what came of each."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import verbund.core.money


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_absences"),
        ("funding", "0041_deadlines_of_running_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TAKE_OVER", "Anträge übernehmen"),
                            ("REMIND", "an überfällige Nachforderungen erinnern"),
                            ("NOTIFY", "Bekanntgabe festhalten"),
                            ("DISBURSE", "Auszahlungen festhalten"),
                        ],
                        max_length=9,
                    ),
                ),
                ("on", models.DateField()),
                ("options", models.JSONField(default=dict)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.membership",
                    ),
                ),
                (
                    "started_by",
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
                    "started_for",
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
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PaymentList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="Nummer")),
                ("made_on", models.DateField(verbose_name="erstellt am")),
                (
                    "made_by",
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
                    "made_for",
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
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="PaymentListDownload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
                (
                    "payment_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="downloads", to="funding.paymentlist"
                    ),
                ),
                (
                    "taken_by",
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
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("subject_id", models.PositiveBigIntegerField()),
                ("label", models.CharField(max_length=300)),
                ("url", models.CharField(max_length=200)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("PENDING", "steht noch aus"), ("DONE", "erledigt"), ("REFUSED", "nicht möglich")],
                        default="PENDING",
                        max_length=7,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=1000)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="funding.bulkrun"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "subject_id"), name="funding_bulk_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("outcome", "PENDING")),
                            ("done_at__isnull", False),
                            _connector="OR",
                        ),
                        name="funding_bulk_item_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("holder", models.CharField(max_length=140)),
                ("iban", models.CharField(max_length=34)),
                ("amount", verbund.core.money.MoneyField(decimal_places=2, max_digits=14)),
                ("reference", models.CharField(max_length=80)),
                ("purpose", models.CharField(max_length=140)),
                ("struck_on", models.DateField(null=True)),
                ("strike_reason", models.TextField(blank=True, max_length=2000)),
                (
                    "drawdown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payment_lines", to="funding.drawdown"
                    ),
                ),
                (
                    "struck_by",
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
                    "struck_for",
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
                    "payment_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="funding.paymentlist"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("struck_on__isnull", True)),
                        fields=("drawdown",),
                        name="funding_drawdown_on_one_list",
                    ),
                    models.UniqueConstraint(fields=("payment_list", "number"), name="funding_payment_line_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="funding_payment_line_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("struck_on__isnull", True), models.Q(("strike_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="funding_struck_line_has_a_reason",
                    ),
                ],
            },
        ),
    ]
