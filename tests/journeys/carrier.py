"""What the carrier's people do at their desk: type an application, sign it, send it, answer, call money."""

from datetime import date

from tests.journeys.desk import Desk

PURPOSE = "Aufbau des Kommunalen Integrationszentrums mit den Handlungsfeldern Bildung und Querschnitt."
SPECIALIST = "sozialpädagogische oder sozialwissenschaftliche Fachkraft"
ASSISTANT = "Verwaltungsassistenz"
DUTIES = {
    "Räume stellt der Träger": ("Räume, Eigenanteil im Jahr", "24.000,00"),
    "Büroausstattung stellt der Träger": ("Ausstattung, Eigenanteil im Jahr", "6.000,00"),
    "Laufenden Betrieb zahlt der Träger": ("Betrieb, Eigenanteil im Jahr", "18.000,00"),
}


def type_posts(desk: Desk, *, specialists: int, first: date, last: date) -> None:
    """Type the specialists and half an assistant into the empty rows."""
    for number in range(specialists):
        type_post(desk, number, f"Fachkraft {number + 1}", SPECIALIST, "1", first, last)
        desk.check("Qualifikation nachgewiesen", within=row(number))
    type_post(desk, specialists, "Assistenz", ASSISTANT, "0,5", first, last)


def row(number: int) -> str:
    return f".post-row >> nth={number}"


def type_post(desk: Desk, number: int, label: str, function: str, share: str, first: date, last: date) -> None:
    place = row(number)
    desk.fill("Stelle", label, within=place)
    desk.choose("Funktion", function, within=place)
    desk.fill("Anteil", share, within=place)
    desk.fill("besetzt von", first.isoformat(), within=place)
    desk.fill("besetzt bis", last.isoformat(), within=place)


def type_own_contribution(desk: Desk) -> None:
    for duty, (label, amount) in DUTIES.items():
        desk.check(duty)
        desk.fill(label, amount)


def type_resolutions(desk: Desk, day: date) -> None:
    desk.fill("Integrationskonzept beschlossen am", day.isoformat())
    desk.fill("Beschluss über das Zentrum vom", day.isoformat())
