from django.db import migrations

NEW = ("tr", "uk")


def say_so(apps, _schema_editor):
    apps.get_model("offers", "Language").objects.filter(code__in=NEW).update(has_pages=True)


def take_back(apps, _schema_editor):
    apps.get_model("offers", "Language").objects.filter(code__in=NEW).update(has_pages=False)


class Migration(migrations.Migration):
    """The pages of the finder speak Turkish and Ukrainian: "Vergeblich gesucht" offers both."""

    dependencies = [("offers", "0040_easy_language")]

    operations = [migrations.RunPython(say_so, take_back)]
