from datetime import date
from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models


def keep_what_was_granted(apps, schema_editor):
    """Keep the posts of the versions issued so far, as they were computed; where the file is gone, as they were asked for.

    A version that leaves no money takes its posts away. One that left only what was paid by then cannot be told any
    more from one that cut the sum in part: its posts stay.
    """
    granted_post = apps.get_model("funding", "GrantedPost")
    notices = apps.get_model("funding", "GrantNotice").objects.exclude(decision__kind="REFUSAL")
    for notice in notices.select_related("decision").iterator():
        granted_post.objects.bulk_create(
            granted_post(
                notice=notice,
                function=function,
                rate_class=rate_class,
                full_time_share=share if notice.amount_granted else Decimal(0),
                valid_from=first,
                valid_until=last,
            )
            for function, rate_class, share, first, last in _posts_of(apps, notice)
        )


def _posts_of(apps, notice):
    if not notice.parameters:
        planned = apps.get_model("funding", "PlannedPost").objects.filter(application=notice.decision.application_id)
        names = ("function", "rate_class", "full_time_share", "occupied_from", "occupied_until")
        return list(planned.values_list(*names))
    return [
        (
            row["function"],
            row["kind"],
            Decimal(row["full_time_share"]),
            date.fromisoformat(span["from"]),
            date.fromisoformat(span["to"]),
        )
        for year in [notice.parameters, *notice.parameters.get("later_years", [])]
        for row in year.get("posts", ())
        for span in row["occupied"]
    ]


class Migration(migrations.Migration):
    dependencies = [("funding", "0063_the_day_an_entry_was_entered")]

    operations = [
        migrations.CreateModel(
            name="GrantedPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("SOCIAL_EDUCATION", "sozialpädagogische oder sozialwissenschaftliche Fachkraft"),
                            ("ADMINISTRATION", "Verwaltungsfachkraft"),
                            ("SUPPORT", "Verwaltungsassistenz"),
                        ],
                        max_length=20,
                        verbose_name="Funktion",
                    ),
                ),
                (
                    "rate_class",
                    models.CharField(
                        choices=[("SPECIALIST", "Fachkraft"), ("ASSISTANT", "Assistenz")],
                        max_length=10,
                        verbose_name="Förderklasse",
                    ),
                ),
                ("full_time_share", models.DecimalField(decimal_places=6, max_digits=7, verbose_name="Stellenanteil")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="granted_posts",
                        to="funding.grantnotice",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("full_time_share__gte", 0), ("full_time_share__lte", 1)),
                        name="funding_granted_share_within_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="funding_granted_post_period_in_order",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep_what_was_granted, migrations.RunPython.noop),
    ]
