"""Personal data in this app: only who signed a guideline version or a row of law."""

from verbund.core.privacy import declare, holds_no_personal_data
from verbund.programmes.models import DATED_ROWS, ROW_KINDS, FundingGuideline, Programme, ProgrammePart

holds_no_personal_data(
    Programme, ProgrammePart, *ROW_KINDS.values(), because="Regeln und Sätze der Förderung, keine Personen."
)

declare(
    FundingGuideline,
    purpose="Nachweis, wer eine Fassung der Förderregeln vorgeschlagen und wer sie angenommen hat",
    legal_basis="Art. 6 (1) e DSGVO, § 3 DSG NRW; Vier-Augen-Prinzip, KorruptionsbG NRW § 11",
    recipients="Betrieb; Rechnungsprüfung auf Anforderung",
    retention="solange Bescheide nach der Fassung gerechnet sind",
    personal={
        "proposed_by": "Wer vorgeschlagen hat",
        "proposed_for": "Für wen vorgeschlagen wurde",
        "adopted_by": "Wer angenommen hat",
        "adopted_for": "Für wen angenommen wurde",
    },
    subject=None,
)

for dated_row in DATED_ROWS:
    declare(
        dated_row,
        purpose="Nachweis, wer eine Zeile der Rechenregeln vorgeschlagen und wer sie angenommen hat",
        legal_basis="Art. 6 (1) e DSGVO, § 3 DSG NRW; Vier-Augen-Prinzip, KorruptionsbG NRW § 11",
        recipients="Betrieb; Rechnungsprüfung auf Anforderung",
        retention="solange Bescheide oder Erstattungen mit der Zeile gerechnet sind",
        personal={
            "proposed_by": "Wer vorgeschlagen hat",
            "proposed_for": "Für wen vorgeschlagen wurde",
            "adopted_by": "Wer angenommen hat",
            "adopted_for": "Für wen angenommen wurde",
        },
        subject=None,
    )
