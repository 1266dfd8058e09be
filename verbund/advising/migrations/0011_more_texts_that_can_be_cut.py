"""A name can be cut out of concepts and surveys of the units, of practices and of topics too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("advising", "0010_texts_that_can_be_cut")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="key_number",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        )
        for name in ("concepttemplate", "needssurvey", "practice", "surveyreturn", "topic")
    ]
