from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_units_by_day")]
    operations = [
        migrations.RemoveField(
            model_name="centre",
            name="administrative_unit",
        ),
    ]
