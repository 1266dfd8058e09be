"""Personal data of the directory: who works where, and who stands in for whom."""

from django.utils.translation import gettext_lazy as _

from verbund.core.privacy import BY_CLOCK, declare, holds_no_personal_data
from verbund.directory.models import (
    Absence,
    BodyName,
    Carrier,
    Centre,
    CentreContact,
    CentreFact,
    DeputyAppointment,
    District,
    Invitation,
    LifeStep,
    Membership,
    Municipality,
    Organisation,
    OrganisationName,
    Partner,
    Postcode,
    PublishedFigure,
    PublisherPage,
    PublisherSection,
    ShippedFile,
)

BASIS = _("Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW; für Beschäftigte § 18 DSG NRW")
AFTER_THE_END = _("zehn Jahre nach dem Ende des Jahres, in dem die Funktion endet (Nachweis, wer handeln durfte)")

declare(
    Membership,
    purpose=_("Rechte auf der Plattform nach der Funktion in einer Organisation"),
    legal_basis=BASIS,
    recipients=_("die eigene Organisation; Betrieb der Plattform; bei Handlungen die beteiligten Stellen"),
    retention=AFTER_THE_END,
    personal={"user": _("wer die Funktion hat")},
    copied=("role", "organisation", "valid_from", "valid_until"),
    subject="user",
    erase={"user": "keep"},
)
declare(
    DeputyAppointment,
    purpose=_("Vertretung einer Person in ihrer Funktion"),
    legal_basis=BASIS,
    recipients=_("die eigene Organisation; Betrieb der Plattform"),
    retention=AFTER_THE_END,
    personal={"deputy": _("wer vertritt")},
    copied=("principal", "valid_from", "valid_until"),
    subject=("deputy", "principal__user"),
    erase={"deputy": "keep"},
)
declare(
    Absence,
    purpose=_("Erinnerungen an Fristen nicht an Abwesende, sondern an ihre Vertretung schicken"),
    legal_basis=BASIS,
    recipients=_("die Person selbst; die eingetragene Vertretung"),
    retention=_("zwei Jahre nach dem Ende der Abwesenheit"),
    goes_by=BY_CLOCK,
    personal={"user": _("wer abwesend ist"), "valid_from": _("seit wann"), "valid_until": _("bis wann")},
    subject="user",
    erase="delete",
)
declare(
    Invitation,
    purpose=_("Einladung zu einer Funktion in einer Organisation"),
    legal_basis=BASIS,
    recipients=_("die eingeladene Person, die einladende Organisation, Betrieb der Plattform"),
    retention=AFTER_THE_END,
    personal={
        "email": _("wohin die Einladung geht"),
        "suggested_name": _("Vorschlag für den Namen im Konto"),
        "invited_by": _("wer eingeladen hat"),
    },
    subject=("email:email", "membership__user"),
    erase={"invited_by": "keep"},
    withheld=("token_sha256",),
)
holds_no_personal_data(District, Municipality, Postcode, because=_("Gebiete und ihre amtlichen Schlüssel"))
holds_no_personal_data(
    Organisation,
    OrganisationName,
    BodyName,
    Carrier,
    Centre,
    because=_("Stellen und Gremien mit Namen, Anschrift und Zeitraum; keine Personen"),
)
holds_no_personal_data(LifeStep, because=_("Beschlüsse und Bescheide von Gremien und Stellen, ohne Namen von Personen"))
holds_no_personal_data(
    CentreFact,
    CentreContact,
    Partner,
    PublishedFigure,
    because=_("Aussagen über Zentren und wie sie nach Funktion zu erreichen sind, ohne Namen von Personen"),
)
holds_no_personal_data(
    PublisherPage, PublisherSection, because=_("Texte, mit denen eine Stelle sich öffentlich verantwortet")
)
holds_no_personal_data(ShippedFile, because=_("welche Datendateien des Programms geladen sind"))
