"""Personal data of the offers: none. Contacts are functions, missed searches are counted words of a day."""

from django.utils.translation import gettext_lazy as _

from verbund.core.privacy import holds_no_personal_data
from verbund.offers.models import (
    Closure,
    DateChange,
    Language,
    MissedSearch,
    Occurrence,
    Offer,
    OfferAtPlace,
    OfferFunding,
    OfferLanguage,
    OfferStage,
    OfferText,
    Place,
    PlaceFeature,
    SchoolHoliday,
    Slot,
    Synonym,
    Term,
    TermName,
)

holds_no_personal_data(
    Offer,
    OfferText,
    OfferLanguage,
    OfferStage,
    OfferFunding,
    OfferAtPlace,
    Slot,
    DateChange,
    Closure,
    Occurrence,
    Place,
    PlaceFeature,
    because=_("Angebote, Orte und Zeiten mit Kontakt nach Funktion; keine Personen"),
)
holds_no_personal_data(Language, Term, TermName, Synonym, SchoolHoliday, because=_("Wörter und Kalender"))
holds_no_personal_data(MissedSearch, because=_("gezählte Suchwörter eines Tages, ohne Bezug zu einer Person"))
