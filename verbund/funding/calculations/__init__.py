"""The sums of funding: pure functions on money, dates and rules; no database, nothing of the web.

`base_grant` computes the base grant with its working, `origin` opens it to its months, `maximum_grant` is the most a
carrier can get; one module per further subject (`interest`, `deadlines`, `allocation`, `lump_sums`). Everything is
exact (`Fraction`) and rounded once; what cannot be computed raises `InputRefused` with the path of the value.
"""

from verbund.funding.calculations.base_grant import Computation, Extra, Line, PostRow, base_grant, maximum_grant
from verbund.funding.calculations.occupancy import Period, count_occupied, daily_shares, days_in
from verbund.funding.calculations.origin import Origin, origin
from verbund.funding.calculations.refusals import InputRefused

__all__ = [
    "Computation",
    "Extra",
    "InputRefused",
    "Line",
    "Origin",
    "Period",
    "PostRow",
    "base_grant",
    "count_occupied",
    "daily_shares",
    "days_in",
    "maximum_grant",
    "origin",
]
