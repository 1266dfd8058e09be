from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advising", "0006_enquiries"),
        ("directory", "0007_where_a_partner_is_at_home"),
        ("offers", "0062_sent_forms_went_to_core"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="enquiry",
            name="advising_enquiry_ends_once_nobody_has_to_answer",
        ),
        migrations.RemoveConstraint(
            model_name="enquiry",
            name="advising_forgotten_enquiry_is_empty",
        ),
        migrations.AddField(
            model_name="enquiry",
            name="channel",
            field=models.CharField(
                choices=[
                    ("PAGE", "öffentliche Seite"),
                    ("PHONE", "Telefon"),
                    ("IN_PERSON", "persönlich"),
                    ("LETTER", "Brief oder E-Mail"),
                ],
                default="PAGE",
                editable=False,
                max_length=9,
                verbose_name="Weg",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="phone",
            field=models.CharField(blank=True, max_length=40, verbose_name="Telefon für den Rückruf"),
        ),
        migrations.AlterField(
            model_name="enquiry",
            name="close_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("NOT_OURS", "keine Frage an ein Integrationszentrum"),
                    ("NO_REPLY", "keine Antwort auf die Rückfrage"),
                    ("TWICE", "doppelt gestellt"),
                    ("SPAM", "Werbung oder Missbrauch"),
                ],
                editable=False,
                max_length=8,
                verbose_name="Grund",
            ),
        ),
        migrations.AlterField(
            model_name="enquiry",
            name="status",
            field=models.CharField(
                choices=[
                    ("OPEN", "offen"),
                    ("ASKED", "Rückfrage, wartet auf Antwort"),
                    ("ANSWERED", "beantwortet"),
                    ("CLOSED", "ohne Antwort abgeschlossen"),
                    ("WITHDRAWN", "von der fragenden Person gelöscht"),
                ],
                default="OPEN",
                editable=False,
                max_length=9,
                verbose_name="Stand",
            ),
        ),
        migrations.AlterField(
            model_name="enquirymessage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ADDED", "Ergänzung"),
                    ("QUERY", "Rückfrage"),
                    ("ANSWER", "Antwort"),
                    ("CLOSING", "Hinweis zum Abschluss"),
                ],
                max_length=7,
                verbose_name="Art",
            ),
        ),
        migrations.AlterField(
            model_name="enquiryrule",
            name="what",
            field=models.CharField(
                choices=[
                    ("ANSWER_WORKING_DAYS", "eine Bürgeranfrage wird beantwortet (Arbeitstage)"),
                    ("REPLY_WORKING_DAYS", "auf die Antwort auf eine Rückfrage wird gewartet (Arbeitstage)"),
                    ("KEPT_DAYS", "Text und Adresse bleiben nach dem Ende (Tage)"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["OPEN", "ASKED"]), ("ended_on__isnull", False), _connector="XOR"),
                name="advising_enquiry_ends_once_nobody_has_to_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forgotten_on", None), models.Q(("email", ""), ("phone", ""), ("question", "")), _connector="OR"
                ),
                name="advising_forgotten_enquiry_is_empty",
            ),
        ),
    ]
