"""Each row's outcome is written once: an index of outcomes costs more than it saves."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offers", "0021_index_of_kept_offers")]
    operations = [migrations.RemoveIndex(model_name="importrow", name="offers_impo_run_id_4025ff_idx")]
