"""Sums of money in German words, as a notice repeats them so that no digit can be changed unseen."""

from decimal import Decimal

_UNITS = (
    "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
)  # fmt: skip
_TENS = ("", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")


def amount_in_words(amount: Decimal) -> str:
    """Return euros below one milliard in words: "vierzehntausendeinhundertsiebenundsechzig Euro".

    Cents follow in words where there are any. Raises ValueError for negative or larger amounts.
    """
    euros, cents = divmod(int(amount * 100), 100)
    if amount < 0 or euros >= 1_000_000_000:
        raise ValueError("amount out of range")
    words = f"{_number(euros)} Euro"
    return f"{words} und {_number(cents)} Cent" if cents else words


def _number(number: int) -> str:
    millions, rest = divmod(number, 1_000_000)
    parts = []
    if millions:
        parts.append("eine Million" if millions == 1 else f"{_below_million(millions)} Millionen")
    if rest or not millions:
        parts.append(_below_million(rest))
    return " ".join(parts)


def _below_million(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    words = f"{_below_thousand(thousands)}tausend" if thousands else ""
    return words + (_below_thousand(rest) if rest or not thousands else "")


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = f"{_UNITS[hundreds]}hundert" if hundreds else ""
    return words + (_below_hundred(rest) if rest or not hundreds else "")


def _below_hundred(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return f"{_UNITS[unit]}und{_TENS[tens]}" if unit else _TENS[tens]
