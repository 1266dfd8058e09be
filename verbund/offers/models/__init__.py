"""What the offers store: one file per aggregate."""

from verbund.offers.models.bulk import BulkChange, BulkChangeRow
from verbund.offers.models.freshness import (
    ConfirmationEntry,
    ConfirmationLink,
    ConfirmationRequest,
    FreshnessRule,
    ReaderReport,
)
from verbund.offers.models.imports import ImportColumns, ImportRow, ImportRun
from verbund.offers.models.offers import Offer, OfferFunding, OfferLanguage, OfferStage, OfferText
from verbund.offers.models.places import Place, PlaceFeature
from verbund.offers.models.proposals import (
    InclusionRule,
    PartnerLink,
    Proposal,
    ProposalDraft,
    ProposalLink,
    ProposalMessage,
)
from verbund.offers.models.times import Closure, DateChange, Occurrence, OfferAtPlace, SchoolHoliday, Slot
from verbund.offers.models.versions import ShownVersion
from verbund.offers.models.vocabulary import (
    EASY,
    EASY_TAG,
    Language,
    MissedSearch,
    RemovedWord,
    Synonym,
    Term,
    TermName,
)

__all__ = [
    "EASY",
    "EASY_TAG",
    "BulkChange",
    "BulkChangeRow",
    "Closure",
    "ConfirmationEntry",
    "ConfirmationLink",
    "ConfirmationRequest",
    "DateChange",
    "FreshnessRule",
    "ImportColumns",
    "ImportRow",
    "ImportRun",
    "InclusionRule",
    "Language",
    "MissedSearch",
    "Occurrence",
    "Offer",
    "OfferAtPlace",
    "OfferFunding",
    "OfferLanguage",
    "OfferStage",
    "OfferText",
    "PartnerLink",
    "Place",
    "PlaceFeature",
    "Proposal",
    "ProposalDraft",
    "ProposalLink",
    "ProposalMessage",
    "ReaderReport",
    "RemovedWord",
    "SchoolHoliday",
    "ShownVersion",
    "Slot",
    "Synonym",
    "Term",
    "TermName",
]
