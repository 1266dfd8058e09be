"""How big towns of North Rhine-Westphalia are called in other languages, in small letters as people type them.

Gathered by the project itself from usual spellings, without a source; no native speaker has checked them. Where a name
is missing the search asks back.
"""

OTHER_NAMES = {
    "cologne": "köln", "colonia": "köln", "keulen": "köln", "aix la chapelle": "aachen",
    "كولونيا": "köln", "كولن": "köln", "кельн": "köln", "дюссельдорф": "düsseldorf", "دوسلدورف": "düsseldorf",
    "دورتموند": "dortmund", "дортмунд": "dortmund", "ايسن": "essen", "ессен": "essen", "эссен": "essen",
    "دويسبورغ": "duisburg", "дуйсбург": "duisburg", "дуисбург": "duisburg", "بوخوم": "bochum", "бохум": "bochum",
    "فوبرتال": "wuppertal", "вупперталь": "wuppertal", "بيليفيلد": "bielefeld", "білефельд": "bielefeld",
    "билефельд": "bielefeld", "بون": "bonn", "бонн": "bonn", "مونستر": "münster", "мюнстер": "münster",
    "اخن": "aachen", "аахен": "aachen", "غيلسنكيرشن": "gelsenkirchen", "гельзенкірхен": "gelsenkirchen",
    "مونشنغلادباخ": "mönchengladbach", "менхенгладбах": "mönchengladbach", "كريفيلد": "krefeld",
    "крефельд": "krefeld", "اوبرهاوزن": "oberhausen", "обергаузен": "oberhausen", "оберхаузен": "oberhausen",
    "هاغن": "hagen", "гаген": "hagen", "хаген": "hagen", "هام": "hamm", "гамм": "hamm", "хамм": "hamm",
    "زولينغن": "solingen", "золінген": "solingen", "золинген": "solingen", "ليفركوزن": "leverkusen",
    "леверкузен": "leverkusen", "نويس": "neuss", "нойс": "neuss", "بادربورن": "paderborn", "падерборн": "paderborn",
}  # fmt: skip

LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ё": "е"})


def german_name(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a town's German name for its name in another language; other words as they are."""
    known = OTHER_NAMES.get(" ".join(words).translate(LETTERS))
    return (known,) if known else words
