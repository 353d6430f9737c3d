"""Answers questions on standard input, one JSON object a line, each with one line on standard output.

    python3 tools/second-computation/answer.py < questions.ndjson > answers.ndjson

Same questions and answers as `renshe rules evaluate --batch -`, without the rule and the messages.
"""

import json
import re
import sys
from datetime import date

import annuity
import contribution
import doublewage
import injuryfee
import latefee
import lumpsum
import pension
import retirement
import severance
import unemployment
from facts import Facts, Refusal, calendar_day

# Which law answers a question, and the first day it is in force.
CALCULATIONS = {
    "retirement.statutory-age": (retirement.statutory_age, date(2025, 1, 1)),
    "retirement.flexible-window": (retirement.flexible_window, date(2025, 1, 1)),
    "retirement.flexible-choice": (retirement.flexible_choice, date(2025, 1, 1)),
    "pension.payout-months": (pension.payout_months, date(2005, 12, 3)),
    "pension.pool-part": (pension.pool_part, date(2005, 12, 3)),
    "pension.account-part": (pension.account_part, date(2005, 12, 3)),
    "pension.monthly-benefit": (pension.monthly_benefit, date(2005, 12, 3)),
    "pension.eligibility": (pension.eligibility, date(2005, 12, 3)),
    "contribution.base": (contribution.base, date(2019, 5, 1)),
    "contribution.amounts": (contribution.amounts, date(2006, 1, 1)),
    "contribution.late-fee": (latefee.late_fee, date(2011, 7, 1)),
    "unemployment.duration": (unemployment.duration, date(2011, 7, 1)),
    "work-injury.lump-sum": (lumpsum.lump_sum, date(2004, 1, 1)),
    "labour.severance": (severance.severance, date(2008, 1, 1)),
    "labour.double-wage": (doublewage.double_wage, date(2008, 1, 1)),
    "annuity.vesting-schedule": (annuity.vesting_schedule, date(2018, 2, 1)),
    "annuity.vesting": (annuity.vesting, date(2018, 2, 1)),
    "annuity.payout": (annuity.payout, date(2018, 2, 1)),
    "flexible-work.injury-fee": (injuryfee.injury_fee, date(2025, 7, 1)),
}

# GB/T 2260: first two digits of the provinces.
PROVINCES = set(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82".split()
)


def main():
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            print(json.dumps({"line": number, **answer(line)}))


def answer(line):
    try:
        return {"ok": True, "outputs": computed(line)}
    except Refusal as refusal:
        return {"ok": False, "error": {"code": refusal.code, "field": refusal.field}}


def computed(line):
    """One answer; the envelope is looked at before the facts."""
    question = parsed(line)
    on = calendar_day(question["on"])
    if on is None:
        raise Refusal("REQUEST_MALFORMED", "on")
    if question["id"] not in CALCULATIONS:
        raise Refusal("RULE_UNKNOWN", "id")
    calculate, in_force_from = CALCULATIONS[question["id"]]
    if on < in_force_from:
        raise Refusal("RULE_NOT_IN_FORCE", "on")
    region = question.get("region", "000000")
    if not is_region(region):
        raise Refusal("REGION_UNKNOWN", "region")
    return calculate(Facts(question["facts"]), on, region)


def parsed(line):
    try:
        question = json.loads(line, object_pairs_hook=without_repeats)
    except ValueError as wrong:
        raise Refusal("REQUEST_MALFORMED", "facts") from wrong
    if not isinstance(question, dict):
        raise Refusal("REQUEST_MALFORMED", "facts")
    for name, form in (("id", str), ("on", str), ("facts", dict)):
        if not isinstance(question.get(name), form):
            raise Refusal("REQUEST_MALFORMED", name)
    return question


def without_repeats(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def is_region(text):
    if not isinstance(text, str) or not re.fullmatch(r"\d{6}", text, re.ASCII):
        return False
    return text == "000000" or text[:2] in PROVINCES


if __name__ == "__main__":
    main()
