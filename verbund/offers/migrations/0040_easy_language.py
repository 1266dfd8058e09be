"""Leichte Sprache is read and never spoken; its texts are written by people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0030_import_rows_without_index_of_outcome")]

    operations = [
        migrations.AddField(
            model_name="language",
            name="is_spoken",
            field=models.BooleanField(default=True, verbose_name="wird gesprochen"),
        ),
        migrations.AddConstraint(
            model_name="offertext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("language", "leicht"), _negated=True), ("origin", "HUMAN"), _connector="OR"
                ),
                name="offers_easy_text_by_a_human_being",
            ),
        ),
    ]
