"""Granted amounts in the words of the 360Giving Data Standard (https://standard.threesixtygiving.org, version 1.1)."""

from datetime import datetime, time
from decimal import Decimal

from django.utils.translation import gettext as _

from verbund.core.dates import BERLIN
from verbund.directory.models import Organisation
from verbund.funding.models import GrantNotice

VERSION = "1.1"
PREFIX = "360G-verbund-"
DEMONSTRATION = {"vocabulary": "Verbund", "code": "demonstration", "title": "Vorführung, erfunden"}


def package(grants: list[tuple[GrantNotice, GrantNotice]], *, funder: Organisation, licences: dict, url: str) -> dict:
    """Return the package of all public grants; `url` is its own address, `licences` maps programmes to licences."""
    licence = sorted({found for found in licences.values() if found})
    said = {"license": licence[0]} if len(licence) == 1 else {}
    return {"version": VERSION, **said, "grants": [grant(*one, funder=funder, url=url) for one in grants]}


def grant(first: GrantNotice, counting: GrantNotice, *, funder: Organisation, url: str) -> dict:
    """Return one grant: its first notice says since when, the version that counts how much. No persons, no accounts."""
    application = counting.decision.application
    call, centre = application.call, application.centre.organisation
    found = {
        "id": f"{PREFIX}{application.pk}",
        "title": f"{call.programme.name} {call.budget_year}, {centre.name}",
        "description": _("Zuwendung des Landes an den Träger des Zentrums nach: %(guideline)s")
        % {"guideline": call.guideline},
        "currency": "EUR",
        "amountAwarded": _number(counting.amount_granted),
        "awardDate": first.issued_on.isoformat(),
        "plannedDates": [{"startDate": call.period_from.isoformat(), "endDate": call.period_until.isoformat()}],
        "recipientOrganization": [_organisation(application.carrier.organisation)],
        "beneficiaryLocation": [{"name": centre.name, "countryCode": "DE"}],
        "fundingOrganization": [_organisation(funder)],
        "grantProgramme": [{"code": call.programme.code, "title": call.programme.name}],
        "dateModified": datetime.combine(counting.notified_on, time.min, BERLIN).isoformat(),
        "dataSource": url,
    }
    return {**found, "classifications": [DEMONSTRATION]} if call.is_demo else found


def _organisation(organisation: Organisation) -> dict:
    """Return an organisation under its fixed key; a register number that others use is not on record."""
    return {"id": f"{PREFIX}{organisation.code}", "name": organisation.name}


def _number(amount: Decimal) -> int | float:
    """Return euros as a number of JSON; two places survive the way through a float, nothing is computed with it."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
