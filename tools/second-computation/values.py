"""Writes exact values the way the conventions publish them, and rounds only where a column says so.

Calculation is in fractions: nothing is rounded by the machine on the way.
"""

from fractions import Fraction


def half_up(value, places):
    """Rounds away from zero at 5."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**places)


def fen(value):
    """Rounds an amount to the fen."""
    return half_up(Fraction(value), 2)


def money(value):
    """An amount in yuan with exactly two places."""
    amount = value * 100
    assert amount.denominator == 1, "an amount is rounded before it is written"
    sign, digits = ("-" if amount < 0 else ""), f"{abs(int(amount)):03d}"
    return f"{sign}{digits[:-2]}.{digits[-2:]}"


def decimal(value):
    """A decimal without trailing zeros; only values that end within twelve places are written."""
    scaled = Fraction(value) * 10**12
    assert scaled.denominator == 1, "a decimal is rounded before it is written"
    sign, digits = ("-" if scaled < 0 else ""), f"{abs(int(scaled)):013d}"
    fraction = digits[-12:].rstrip("0")
    return sign + digits[:-12] + ("." + fraction if fraction else "")


def month(count):
    """The month of a count of months since year 0."""
    return f"{count // 12:04d}-{count % 12 + 1:02d}"
