from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0062_sent_forms_went_to_core")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="language",
            field=models.CharField(blank=True, default="de", max_length=8, verbose_name="Sprache der Seite"),
        ),
    ]
