"""What the directory stores: one file per aggregate."""

from verbund.directory.models.absences import Absence
from verbund.directory.models.areas import District, Municipality, Postcode, ShippedFile
from verbund.directory.models.bodies import BodyName
from verbund.directory.models.centres import Carrier, Centre, LifeStep
from verbund.directory.models.evidence import CentreContact, CentreFact, PublishedFigure
from verbund.directory.models.invitations import Invitation
from verbund.directory.models.memberships import DeputyAppointment, Membership
from verbund.directory.models.organisations import Organisation, OrganisationName
from verbund.directory.models.partners import Partner
from verbund.directory.models.publishing import PublisherPage, PublisherSection

__all__ = [
    "Absence",
    "BodyName",
    "Carrier",
    "Centre",
    "CentreContact",
    "CentreFact",
    "DeputyAppointment",
    "District",
    "Invitation",
    "LifeStep",
    "Membership",
    "Municipality",
    "Organisation",
    "OrganisationName",
    "Partner",
    "Postcode",
    "PublishedFigure",
    "PublisherPage",
    "PublisherSection",
    "ShippedFile",
]
