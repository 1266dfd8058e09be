"""The standing texts of a grant notice, by programme and grant year: dated, sourced, marked.

Each row is law or policy as we know it; where the decree of a year was not read, the nearest text stands in with mark D.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeWording:
    """The texts for grant periods in the years `first_year` to `last_year` (None: until further notice)."""

    programme: str
    first_year: int
    last_year: int | None
    legal_basis: tuple[str, ...]
    purpose: tuple[str, ...]
    own_contribution: tuple[str, ...]
    payout_rule: str
    proof_rule: str
    general_conditions: str
    excluded_numbers: tuple[str, ...]
    conditions: tuple[str, ...]
    language_pool_purpose: tuple[str, ...]
    language_pool_conditions: tuple[str, ...]
    passing_on: str
    reservations: tuple[str, ...]
    source: str
    mark: str

    def fields(self, *, with_language_pool: bool) -> dict:
        """Return the fields of `NoticeData` these texts fill; the pool's condition only where the notice grants one."""
        return {
            "legal_basis": self.legal_basis,
            "purpose": self.purpose + (self.language_pool_purpose if with_language_pool else ()),
            "own_contribution": self.own_contribution,
            "payout_rule": self.payout_rule,
            "proof_rule": self.proof_rule,
            "general_conditions": self.general_conditions,
            "excluded_numbers": self.excluded_numbers,
            "conditions": self.conditions + (self.language_pool_conditions if with_language_pool else ()),
            "passing_on": self.passing_on,
            "reservations": self.reservations,
        }


class NoWording(LookupError):
    """No texts are on record for this programme and year."""


def wording_for(programme: str, year: int) -> NoticeWording:
    """Return the texts for a notice of this programme and grant year. Raises NoWording."""
    for wording in WORDINGS:
        if wording.programme == programme and wording.first_year <= year <= (wording.last_year or year):
            return wording
    raise NoWording(f"no wording for {programme} {year}")


_BUDGET_LAW = "§§ 23 und 44 der Landeshaushaltsordnung mit den Verwaltungsvorschriften für Gemeinden (VVG)"
_OWN_CONTRIBUTION = (
    "geeignete Räume und ihre Ausstattung",
    "der laufende Betrieb mit Verwaltungs- und Reisekosten",
    "Lehr- und Arbeitsmaterial sowie Mittel für einzelne Projekte",
)
_GENERAL = (
    "Die Allgemeinen Nebenbestimmungen für Zuwendungen zur Projektförderung an Gemeinden (ANBest-G) in der bei Erlass"
    " dieses Bescheides geltenden Fassung sind Bestandteil dieses Bescheides."
)
_NO_PASSING_ON = "Die Zuwendung für Personal darf nicht an Dritte weitergegeben werden."
_RESERVATIONS = (
    "Die Bewilligung steht unter dem Vorbehalt, dass die Haushaltsmittel des Landes verfügbar sind. Aus ihr folgt kein"
    " Anspruch auf eine Förderung in späteren Jahren.",
    "Ich kann diesen Bescheid ganz oder teilweise zurücknehmen oder widerrufen, wenn die Voraussetzungen der §§ 48 und 49"
    " VwVfG NRW vorliegen, insbesondere wenn die Zuwendung nicht, nicht alsbald oder nicht mehr für ihren Zweck verwendet"
    " oder eine Auflage nicht erfüllt wird. Zu erstattende Beträge werden nach § 49a VwVfG NRW verzinst.",
)
_VACANCIES = (
    "Ist eine geförderte Stelle nicht oder nur mit einem geringeren Anteil besetzt, vermindert sich die Zuwendung"
    " entsprechend. Teilen Sie mir jede Veränderung in der Besetzung unverzüglich mit."
)
_UNSPENT = "Mittel, die Sie nicht benötigen, zahlen Sie unverzüglich zurück, ohne eine Aufforderung abzuwarten."
_VISIBILITY = (
    "Das Kommunale Integrationszentrum ist organisatorisch eigenständig und als solches nach außen erkennbar. Weisen Sie"
    " bei Veröffentlichungen auf die Förderung durch das Land Nordrhein-Westfalen hin."
)
_ORGANISATION = (
    "Änderungen der Organisation teilen Sie mir vor ihrer Umsetzung mit; ich unterrichte die beteiligten Ministerien."
)
_DATA = "Sie nehmen an der landesweiten Datenerhebung und an Auswertungen der Förderung teil."
_EXCHANGE = "Das Kommunale Integrationszentrum nimmt am Austausch im landesweiten Verbund teil."
_NO_DOUBLE = "Für dieselben Ausgaben dürfen Sie keine weiteren Mittel des Landes in Anspruch nehmen."
_RECEIPTS = "Belege und Verträge bewahren Sie fünf Jahre lang auf (Nummer 7.5 ANBest-G)."
_CONDITIONS = (_VACANCIES, _UNSPENT, _VISIBILITY, _ORGANISATION, _DATA, _EXCHANGE, _NO_DOUBLE, _RECEIPTS)
_LANGUAGE_POOL_PURPOSE = (
    "Der Anteil für den Laiensprachmittlerpool ist für die Sachausgaben ehrenamtlicher Sprachmittlung bestimmt.",
)
_LANGUAGE_POOL = (
    "Mittel für den Laiensprachmittlerpool setzen Sie nur für niedrigschwellige Termine ohne erkennbare rechtliche Folgen"
    " ein. Jeder Einsatz wird über das Kommunale Integrationszentrum beauftragt.",
)
_EXCLUDED = (
    "Auszahlung: Nummern 1.4, 5.4, 9.3.1 und 9.5 Satz 1",
    "Nachweis der Verwendung: Nummer 7.2 Satz 1 und Nummer 7.3",
)
_PURPOSE = (
    "Die Zuwendung ist für Personal des Kommunalen Integrationszentrums bestimmt. Das Zentrum koordiniert, berät und"
    " unterstützt Einrichtungen und Akteure vor Ort in den Handlungsfeldern „Integration durch Bildung“ und „Integration"
    " als Querschnittsaufgabe“ auf der Grundlage des örtlichen Integrationskonzepts.",
)
_PAYOUT_TWO_DATES = (
    "Ich zahle die Zuwendung auf Ihren Abruf in zwei Raten aus. Ein Auszahlungstag, der vor der Bestandskraft liegt,"
    " verschiebt sich auf den Tag, an dem der Bescheid bestandskräftig wird."
)
_PROOF_BY_SURVEY = (
    "Der Nachweis besteht aus einem zahlenmäßigen Nachweis auf dem vorgesehenen Vordruck; eine Belegliste ist nicht"
    " erforderlich. Die Fachdatenerhebung NRW tritt an die Stelle des Sachberichts. Besteht bei Ihnen ein eigenes"
    " Rechnungsprüfungsamt, bestätigt es den Nachweis vorab."
)

_KI_2012 = NoticeWording(
    programme="KI_BASE",
    first_year=2012,
    last_year=2017,
    legal_basis=(
        "§ 7 des Teilhabe- und Integrationsgesetzes vom 14. Februar 2012",
        "Richtlinie für die Förderung Kommunaler Integrationszentren, Gemeinsamer Runderlass vom 25. Juni 2012",
        _BUDGET_LAW,
    ),
    purpose=_PURPOSE,
    own_contribution=_OWN_CONTRIBUTION,
    payout_rule="Ich zahle die Zuwendung auf Ihren Abruf aus.",
    proof_rule=(
        "Der Nachweis besteht aus einem Sachbericht und einem zahlenmäßigen Nachweis auf dem vorgesehenen Vordruck;"
        " eine Belegliste ist nicht erforderlich. Besteht bei Ihnen ein eigenes Rechnungsprüfungsamt, bestätigt es den"
        " Nachweis vorab."
    ),
    general_conditions=_GENERAL,
    excluded_numbers=(),
    conditions=_CONDITIONS,
    language_pool_purpose=_LANGUAGE_POOL_PURPOSE,
    language_pool_conditions=_LANGUAGE_POOL,
    passing_on=_NO_PASSING_ON,
    reservations=_RESERVATIONS,
    source="Richtlinie vom 25.06.2012 (nicht im Wortlaut gelesen); Bedingungen nach der Fassung von 2023",
    mark="D",
)
_KI_2018 = NoticeWording(
    programme="KI_BASE",
    first_year=2018,
    last_year=2022,
    legal_basis=(
        "das Teilhabe- und Integrationsgesetz in der für den Bewilligungszeitraum geltenden Fassung",
        "Richtlinie für die Förderung Kommunaler Integrationszentren vom 27. März 2018 (MBl. NRW. S. 179) in der für den"
        " Bewilligungszeitraum geltenden Fassung",
        _BUDGET_LAW,
    ),
    purpose=_PURPOSE,
    own_contribution=_OWN_CONTRIBUTION,
    payout_rule=_PAYOUT_TWO_DATES,
    proof_rule=_PROOF_BY_SURVEY,
    general_conditions=_GENERAL,
    excluded_numbers=_EXCLUDED,
    conditions=_CONDITIONS,
    language_pool_purpose=_LANGUAGE_POOL_PURPOSE,
    language_pool_conditions=_LANGUAGE_POOL,
    passing_on=_NO_PASSING_ON,
    reservations=_RESERVATIONS,
    source="Richtlinie vom 27.03.2018; ausgeschlossene Nummern nach der Fassung von 2023",
    mark="D",
)
_KI_2023 = NoticeWording(
    programme="KI_BASE",
    first_year=2023,
    last_year=2024,
    legal_basis=(
        "§ 8 des Teilhabe- und Integrationsgesetzes vom 25. November 2021 (GV. NRW. S. 1213a)",
        "Richtlinie für die Förderung Kommunaler Integrationszentren vom 10. März 2023 (MBl. NRW. S. 225)",
        _BUDGET_LAW,
    ),
    purpose=_PURPOSE,
    own_contribution=_OWN_CONTRIBUTION,
    payout_rule=_PAYOUT_TWO_DATES,
    proof_rule=_PROOF_BY_SURVEY,
    general_conditions=_GENERAL,
    excluded_numbers=_EXCLUDED,
    conditions=_CONDITIONS,
    language_pool_purpose=_LANGUAGE_POOL_PURPOSE,
    language_pool_conditions=_LANGUAGE_POOL,
    passing_on=_NO_PASSING_ON,
    reservations=_RESERVATIONS,
    source="Richtlinie vom 10.03.2023, MBl. NRW. S. 225",
    mark="A",
)
_KI_2025 = NoticeWording(
    programme="KI_BASE",
    first_year=2025,
    last_year=None,
    legal_basis=(
        "§ 8 des Teilhabe- und Integrationsgesetzes vom 25. November 2021 (GV. NRW. S. 1213a)",
        "Richtlinie für die Förderung Kommunaler Integrationszentren vom 3. April 2025",
        _BUDGET_LAW,
    ),
    purpose=_PURPOSE,
    own_contribution=_OWN_CONTRIBUTION,
    payout_rule=_PAYOUT_TWO_DATES,
    proof_rule=_PROOF_BY_SURVEY,
    general_conditions=_GENERAL,
    excluded_numbers=_EXCLUDED,
    conditions=_CONDITIONS,
    language_pool_purpose=_LANGUAGE_POOL_PURPOSE,
    language_pool_conditions=_LANGUAGE_POOL,
    passing_on=_NO_PASSING_ON,
    reservations=_RESERVATIONS,
    source="Richtlinie vom 03.04.2025 (nicht im Wortlaut gelesen); Texte nach der Fassung von 2023",
    mark="D",
)
WORDINGS = (_KI_2012, _KI_2018, _KI_2023, _KI_2025)
