"""Sums up a day's sales from lines of `isbn,cents,count`."""

from collections import Counter
from collections.abc import Iterable


def books_sold(lines: Iterable[str]) -> Counter[str]:
    """How many of each book were sold."""
    sold: Counter[str] = Counter()
    for line in lines:
        isbn, _cents, count = line.strip().split(",")
        sold[isbn] += int(count)
    return sold


def turnover_cents(lines: Iterable[str]) -> int:
    """What came in, in cents."""
    total = 0
    for line in lines:
        _isbn, cents, count = line.strip().split(",")
        total += int(cents) * int(count)
    return total
