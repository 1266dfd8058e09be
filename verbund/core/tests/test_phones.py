"""A number is dialled as it is meant, however it is written."""

import pytest

from verbund.core.phones import dialled


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0212 290-0", "02122900"),
        ("0212 / 290 5678", "02122905678"),
        ("(0212) 290", "0212290"),
        ("+49 212 2900", "+492122900"),
        ("+49 (0)212 290-0", "+492122900"),
        (" +49 (0) 212 2900", "+492122900"),
        ("0049 212 2900", "00492122900"),
        ("0212 290+1", "02122901"),
        ("Durchwahl erfragen", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_without_what_only_helps_reading(typed, number):
    assert dialled(typed) == number
