"""What the directory stores: one file per aggregate."""

from verbund.directory.models.areas import District, Municipality, Postcode, ShippedFile
from verbund.directory.models.bodies import BodyName
from verbund.directory.models.centres import Carrier, Centre, LifeStep
from verbund.directory.models.invitations import Invitation
from verbund.directory.models.memberships import DeputyAppointment, Membership
from verbund.directory.models.organisations import Organisation, OrganisationName

__all__ = [
    "BodyName",
    "Carrier",
    "Centre",
    "DeputyAppointment",
    "District",
    "Invitation",
    "LifeStep",
    "Membership",
    "Municipality",
    "Organisation",
    "OrganisationName",
    "Postcode",
    "ShippedFile",
]
