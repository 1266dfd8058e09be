from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0063_proposals_know_their_language")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="other_text",
            field=models.JSONField(null=True, verbose_name="Text in einer zweiten Sprache"),
        ),
    ]
