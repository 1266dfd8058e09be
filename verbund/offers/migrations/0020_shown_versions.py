from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0010_partner_links")]

    operations = [
        migrations.CreateModel(
            name="ShownVersion",
            fields=[
                ("scope", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField()),
            ],
        ),
    ]
