"""迟缴滞纳金: what late contributions cost on top."""

from fractions import Fraction

from values import fen, money

# 社会保险法第八十六条: 自欠缴之日起,按日加收万分之五的滞纳金。
A_DAY = Fraction(5, 10000)


def late_fee(facts, on, region):
    arrears = facts.money("arrears")
    days = facts.whole("daysLate", optional=True)
    due = facts.day("dueOn", optional=True)
    paid = facts.day("paidOn", optional=True)
    facts.exactly_one_of(["daysLate"], ["dueOn", "paidOn"])
    facts.settle()
    late = days if days is not None else max(0, (paid - due).days)
    return {"daysLate": late, "lateFee": money(fen(arrears * A_DAY * late))}
