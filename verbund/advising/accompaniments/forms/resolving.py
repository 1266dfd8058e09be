"""Which institution and which accompaniment is meant by what was typed."""

from datetime import date

from django.utils.translation import gettext as _

from verbund.advising.accompaniments import queries
from verbund.advising.accompaniments.calculations import alike
from verbund.core.errors import DomainError
from verbund.directory.calculations import folded
from verbund.directory.models import Partner


class Unclear(DomainError):
    """What was typed fits nothing, or several."""


class Institutions:
    """The institutions a centre's forms offer, with what runs at each; asked once for a page."""

    def __init__(self, centre_id: int, *, on: date):
        self.centre_id, self.on = centre_id, on
        self.names = queries.names_of_institutions(centre_id, on=on)
        self.of_name = dict(self.names)

    def called(self, name: str) -> int | None:
        """Return the id of the institution of that name, also under a name it was merged from.

        Raises Unclear for one that has ended its work.
        """
        found = queries.institution_called(name, self.names)
        if found or not name:
            return found
        past = Partner.objects.filter(centre=self.centre_id, organisation__name__iexact=name)
        row = past.select_related("organisation").first()
        if row is None:
            return None
        merge = row.merged_into.filter(undone_on=None).first()
        if merge and merge.kept_id in self.of_name:
            return merge.kept_id
        day = row.organisation.valid_until
        ended = {"name": row, "day": f"{day:%d.%m.%Y}" if day else "?"}
        raise Unclear(_("„%(name)s“ hat die Arbeit am %(day)s beendet.") % ended, field="institution")

    def hints(self, name: str) -> list[tuple[int, str]]:
        """Return institutions that may be meant."""
        return [(pk, self.of_name[pk]) for pk in alike(name, self.names)]


def accompaniment_meant(running: list, occasion: str):
    """Return the running accompaniment that an occasion means: the only one without, else the one called so.

    None where a new one is to begin. Raises Unclear where several run and nothing says which.
    """
    wanted = folded(occasion)
    if wanted:
        return next((one for one in running if folded(one.occasion) == wanted), None)
    if len(running) > 1:
        names = "; ".join(one.occasion for one in running)
        raise Unclear(
            _("Hier laufen mehrere Begleitungen. Schreiben Sie den Anlass der richtigen: %s") % names, field="occasion"
        )
    return running[0] if running else None


def usual_terms(partner_id: int, typed: dict) -> dict:
    """Return field and stage as typed, or, where neither is, those of the institution's last accompaniment."""
    if typed.get("field") or typed.get("stage"):
        return {"field": typed.get("field"), "stage": typed.get("stage")}
    last = queries.last_of(partner_id)
    return {"field": last.field, "stage": last.stage} if last else {"field": None, "stage": None}
