"""What the offers store: one file per aggregate."""

from verbund.offers.models.offers import Offer, OfferFunding, OfferLanguage, OfferStage, OfferText
from verbund.offers.models.places import Place, PlaceFeature
from verbund.offers.models.times import Closure, DateChange, Occurrence, OfferAtPlace, SchoolHoliday, Slot
from verbund.offers.models.vocabulary import Language, MissedSearch, Synonym, Term, TermName

__all__ = [
    "Closure",
    "DateChange",
    "Language",
    "MissedSearch",
    "Occurrence",
    "Offer",
    "OfferAtPlace",
    "OfferFunding",
    "OfferLanguage",
    "OfferStage",
    "OfferText",
    "Place",
    "PlaceFeature",
    "SchoolHoliday",
    "Slot",
    "Synonym",
    "Term",
    "TermName",
]
