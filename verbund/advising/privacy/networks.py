"""What local networks hold about persons: mailboxes of functions and free words of members; never a name."""

from django.utils.translation import gettext_lazy as _

from verbund.advising.models import (
    AgendaItem,
    Meeting,
    MeetingTask,
    Network,
    NetworkDecision,
    NetworkLink,
    NetworkMember,
    Paper,
    Participation,
    Sending,
)
from verbund.advising.privacy import BASIS, PAID
from verbund.core.privacy import declare, holds_no_personal_data

OWN_CENTRE = _("das eigene Zentrum")
WITH_NETWORK = _("mit dem Netzwerk; ein Postfach, bis die Stelle ein anderes nennt")

declare(
    NetworkMember,
    purpose=_("Einladung der Mitglieder eines Netzwerks, nach Funktion"),
    legal_basis=BASIS,
    recipients=OWN_CENTRE,
    retention=WITH_NETWORK,
    personal={"email": _("Postfach der Funktion; es könnte das einer Person sein")},
    subject="email:email",
    erase={"email": "blank"},
    seals_texts=True,
)
declare(
    NetworkLink,
    purpose=_("Nachweis, wohin ein Link ging, ob er geöffnet und ob er zurückgerufen wurde"),
    legal_basis=BASIS,
    recipients=OWN_CENTRE,
    retention=WITH_NETWORK,
    personal={"recipient": _("Postfach, an das der Link ging; es könnte das einer Person sein")},
    subject="email:recipient",
    erase={"recipient": "blank"},
    withheld=("token_sha256",),
    seals_texts=True,
)
declare(
    Participation,
    purpose=_("Antwort auf eine Einladung und Zahl der Anwesenden je Mitglied"),
    legal_basis=BASIS,
    recipients=OWN_CENTRE,
    retention=WITH_NETWORK,
    personal={"deputy_function": _("Funktion der Vertretung, von der Stelle selbst geschrieben")},
    subject=None,
    seals_texts=True,
)
declare(
    MeetingTask,
    purpose=_("was eine Sitzung einem Mitglied oder dem Zentrum aufgetragen hat, und was daraus wurde"),
    legal_basis=BASIS,
    recipients=_("das eigene Zentrum; die Mitglieder des Netzwerks über ihren Link"),
    retention=WITH_NETWORK,
    personal={"note": _("Bemerkung, von der Stelle selbst geschrieben; sie könnte jemanden nennen")},
    subject=None,
    seals_texts=True,
)
holds_no_personal_data(Network, because=_("Gremien und Arbeitskreise eines Zentrums"), seals_texts=True)
holds_no_personal_data(
    Meeting,
    AgendaItem,
    NetworkDecision,
    Paper,
    because=_("Tagesordnung, Niederschrift und Beschlüsse, nach Funktionen"),
    seals_texts=True,
    unsealed=(PAID,),
)
holds_no_personal_data(
    Sending,
    because=_("wann Links zu welcher Sitzung verschickt wurden; an wen, steht beim Link"),
    seals_texts=True,
    unsealed=("recipients",),
)
