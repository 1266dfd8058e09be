"""How often something was cut out of the texts of a whole; it names the key that seals them in the audit trail."""

from django.db import migrations, models

WHOLES = ("advicerequest", "commonanswer", "interculturalopening", "meeting", "network", "venture")


class Migration(migrations.Migration):
    dependencies = [("advising", "0009_linked_training")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="key_number",
                field=models.PositiveSmallIntegerField(default=0, editable=False),
            )
            for name in WHOLES
        ),
        migrations.AddField(
            model_name="conceptversion",
            name="cuts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
    ]
