"""Reads the facts of one question, and says what is wrong with them first.

Source: the published conventions of the determinations, values (1), refusals (4), rounding (6).
A calculator asks for its facts one by one; `settle` then tells the first thing that is wrong, in the
order of the conventions, whatever order the calculator asked in.
"""

import re
from datetime import date
from fractions import Fraction

REFUSALS_IN_ORDER = (
    "FACT_UNKNOWN",
    "FACT_MISSING",
    "FACT_TYPE",
    "FACT_RANGE",
    "FACT_CONFLICT",
    "PARAMETER_MISSING",
)
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_ITEMS = 1000

MONEY = re.compile(r"-?(0|[1-9]\d*)(\.\d{1,2})?", re.ASCII)
DECIMAL = re.compile(r"-?(0|[1-9]\d*)(\.\d{1,12})?", re.ASCII)
MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Refusal(Exception):
    """A question that has no answer: its code, and the fact it is about.

    The field is None where the conventions name a parameter that no fact can replace: how parameters
    are called is the publisher's choice.
    """

    def __init__(self, code, field):
        super().__init__(code, field)
        self.code = code
        self.field = field


class Facts:
    """The facts of one question, or of one item of a list in it."""

    def __init__(self, given, path="", problems=None):
        self.names = list(given)
        # null as a fact is the same as left out.
        self.given = {name: value for name, value in given.items() if value is not None}
        self.path = path
        self.known = set()
        self.problems = [] if problems is None else problems

    # -- what a calculator asks ------------------------------------------------------------------

    def code(self, name, values, default=None):
        value = self._take(name, default)
        if value is None or value is default:
            return value
        if not isinstance(value, str):
            return self.wrong("FACT_TYPE", name)
        return value if value in values else self.wrong("FACT_RANGE", name)

    def whole(self, name, least=0, most=None, default=None, optional=False):
        """A count: a JSON number without a fraction, 0 or more unless said."""
        value = self._take(name, default, optional)
        if value is None:
            return None
        # In Python true is also 1, and 60.0 another type than 60; in the conventions neither.
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
            return self.wrong("FACT_TYPE", name)
        value = int(value)
        if value < least or (most is not None and value > most):
            return self.wrong("FACT_RANGE", name)
        return value

    def year(self, name):
        return self.whole(name, least=FIRST_YEAR, most=LAST_YEAR)

    def truth(self, name, default=None):
        value = self._take(name, default)
        if value is None or isinstance(value, bool):
            return value
        return self.wrong("FACT_TYPE", name)

    def money(self, name, default=None, optional=False):
        """Yuan with at most two places, never negative."""
        value = self._number(name, MONEY, default, optional)
        return self.wrong("FACT_RANGE", name) if value is not None and value < 0 else value

    def decimal(self, name, optional=False):
        return self._number(name, DECIMAL, None, optional)

    def month(self, name, optional=False):
        """A month as a count of months since year 0, so that months are added like numbers."""
        text = self._text(name, MONTH, optional)
        if text is None:
            return None
        year, number = int(text[:4]), int(text[5:])
        if not 1 <= number <= 12 or not FIRST_YEAR <= year <= LAST_YEAR:
            return self.wrong("FACT_RANGE", name)
        return year * 12 + number - 1

    def day(self, name, optional=False):
        text = self._text(name, DAY, optional)
        if text is None:
            return None
        found = calendar_day(text)
        return self.wrong("FACT_RANGE", name) if found is None else found

    def items(self, name, read):
        """A list of objects; `read` asks one of them for its fields."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, list):
            return self.wrong("FACT_TYPE", name)
        if len(value) > MOST_ITEMS:
            return self.wrong("FACT_RANGE", name)
        return [self._item(f"{self.path}{name}[{at}]", item, read) for at, item in enumerate(value)]

    def exactly_one_of(self, *alternatives):
        """Exactly one of several groups of facts is given, and that one in full."""
        begun = [group for group in alternatives if any(name in self.given for name in group)]
        if not begun:
            self.wrong("FACT_MISSING", alternatives[0][0])
        for group in begun[1:]:
            self.wrong("FACT_CONFLICT", next(name for name in group if name in self.given))
        for name in begun[0] if len(begun) == 1 else ():
            if name not in self.given:
                self.wrong("FACT_MISSING", name)

    def wrong(self, code, name):
        """Notes one thing that is wrong; told only if nothing that comes before it is wrong."""
        self.problems.append((REFUSALS_IN_ORDER.index(code), f"{self.path}{name}"))

    def settle(self):
        """Ends the asking: refuses when something was wrong."""
        self._note_unknown()
        if self.problems:
            # The earliest code; within one code, in the order the facts are listed.
            rank, field = min(self.problems, key=lambda problem: problem[0])
            raise Refusal(REFUSALS_IN_ORDER[rank], field)

    # -- how it is read --------------------------------------------------------------------------

    def _take(self, name, default=None, optional=False):
        self.known.add(name)
        if name in self.given:
            return self.given[name]
        if default is None and not optional:
            self.wrong("FACT_MISSING", name)
        return default

    def _text(self, name, form, optional=False):
        value = self._take(name, None, optional)
        if value is None:
            return None
        if isinstance(value, str) and form.fullmatch(value):
            return value
        return self.wrong("FACT_TYPE", name)

    def _number(self, name, form, default, optional):
        if default is not None and name not in self.given:
            self.known.add(name)
            return default
        text = self._text(name, form, optional)
        return None if text is None else Fraction(text)

    def _item(self, path, item, read):
        if not isinstance(item, dict):
            self.problems.append((REFUSALS_IN_ORDER.index("FACT_TYPE"), path))
            return None
        facts = Facts(item, f"{path}.", self.problems)
        answer = read(facts)
        facts._note_unknown()
        return answer

    def _note_unknown(self):
        # A name that nobody asks for is a mistake even with null behind it.
        for name in self.names:
            if name not in self.known:
                self.wrong("FACT_UNKNOWN", name)


def calendar_day(text):
    """The day a text names, or None when the calendar of 1900 to 2200 has no such day."""
    if not isinstance(text, str) or not DAY.fullmatch(text):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
