from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0020_shown_versions")]

    operations = [
        migrations.RemoveIndex(model_name="offer", name="offers_offe_partner_872213_idx"),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(
                fields=["partner", "status", "checked_on", "paused_until", "valid_until", "title", "id"],
                name="offers_offer_kept",
            ),
        ),
    ]
