"""二倍工资: the second wage for months without a written contract."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

from values import fen, money

ONE_DAY = timedelta(days=1)


def double_wage(facts, on, region):
    hired = facts.day("hiredOn")
    signed = facts.day("signedOn", optional=True)
    wage = facts.money("monthlyWage")
    facts.settle()

    # 劳动合同法第十条: 应当自用工之日起一个月内订立书面劳动合同。 第八十二条: 超过一个月不满一年未订立的,应当向劳动者
    # 每月支付二倍的工资。 The day of hire is the first day: hired on the 10th, from the 10th of the next month.
    first = months_later(hired, 1)
    # 实施条例第六条: 截止时间为补订书面劳动合同的前一日。 第七条: 至满一年的前一日,并视为自用工之日起满一年的当日已经
    # 与劳动者订立无固定期限劳动合同。
    year_passed = months_later(hired, 12)
    open_ended = signed is None or signed >= year_passed
    last = (year_passed if open_ended else signed) - ONE_DAY

    if last < first:
        return _answer(None, None, 0, 0, Fraction(0), False)
    months = 0
    while months_later(first, months + 1) <= last + ONE_DAY:
        months += 1
    # Days beyond whole months are a part of the month that they begin and do not fill. (A share for
    # each day in its own calendar month could add up to more than the month's wage.)
    unfilled = months_later(first, months)
    rest = (last + ONE_DAY - unfilled).days
    share = Fraction(rest, monthrange(unfilled.year, unfilled.month)[1])
    pay = wage * months + wage * min(share, Fraction(1))
    return _answer(first, last, months, rest, pay, open_ended)


def _answer(first, last, months, days, pay, open_ended):
    return {
        "from": None if first is None else first.isoformat(),
        "to": None if last is None else last.isoformat(),
        "months": months,
        "extraDays": days,
        "extraPay": money(fen(pay)),
        "isOpenEnded": open_ended,
    }


def months_later(day, months):
    """The same day number so many months later, else the last day of that month."""
    count = day.year * 12 + day.month - 1 + months
    year, number = count // 12, count % 12 + 1
    return date(year, number, min(day.day, monthrange(year, number)[1]))
