"""Dates as news pages write them."""

from __future__ import annotations

import pytest

from align.reading.dates import iso_date, month_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-07-08", "2021-07-08"),
        ("2021.07.08 14:05", "2021-07-08"),
        ("2021년 7월 8일", "2021-07-08"),
        ("By A. B., July 8, 2021", "2021-07-08"),
        ("8th Sept. 2021", "2021-09-08"),
        ("2021-06-31", None),
        ("7/8/2021", None),
        ("yesterday", None),
    ],
)
def test_dates_of_news_pages_are_read(text: str, expected: str | None) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize(
    ("name", "number"), [("July", 7), ("sept.", 9), ("MAY", 5), ("mayor", None), ("", None)]
)
def test_months_are_known_by_name(name: str, number: int | None) -> None:
    assert month_number(name) == number
