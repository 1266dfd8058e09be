"""Whose data the directory shows: the sentences the licences ask for, printed in the imprint.

Kept equal to `data/README.md` by a test. Names of institutions and licences: not translated.
"""

ATTRIBUTIONS = [
    "© GeoBasis-DE / BKG (Daten verändert), Datenlizenz Deutschland – Namensnennung – 2.0",
    "Bevölkerung und Fläche: © Statistisches Bundesamt (Destatis), 2025",
    (
        "Gemeindenamen: Statistische Ämter des Bundes und der Länder (Regionaldatenbank), "
        "Datenlizenz Deutschland – Namensnennung – 2.0"
    ),
    "Ortskoordinaten: GeoNames (geonames.org), CC BY 4.0",
    (
        "Postleitzahlen und Siedlungspunkte: © OpenStreetMap-Mitwirkende, ODbL 1.0; "
        "eGo-Lastgebiete © Reiner Lemoine Institut, ODbL 1.0; "
        "Zensus 2011 © Destatis, Datenlizenz Deutschland – Namensnennung – 2.0"
    ),
]
