"""养老金测算: the basic pension, part by part."""

from datetime import date
from fractions import Fraction

from facts import Refusal
from retirement import minimum_contribution
from values import decimal, fen, half_up, money

# 国发〔2005〕38号 附件: 个人账户养老金计发月数表, ages 40 to 70. Age 47 is open: copies print 208 or 207.
PAYOUT_MONTHS = dict(
    zip(
        range(40, 71),
        [233, 230, 226, 223, 220, 216, 212, 208, 204, 199]
        + [195, 190, 185, 180, 175, 170, 164, 158, 152, 145]
        + [139, 132, 125, 117, 109, 101, 93, 84, 75, 65, 56],
    )
)
# Since the raise of the retirement age people retire in any month of their age.
MONTHS_COUNT_FROM = date(2025, 1, 1)

# 计发基数 as published: (region, year of retirement) to yuan. Sichuan 2024 was paid on 8079 first and
# re-determined on 8321: the base of a year is its final one.
BENEFIT_BASE = {
    ("110000", 2024): 11883,
    ("110000", 2025): 12049,
    ("440300", 2025): 11293,
    ("510000", 2024): 8321,
    ("510000", 2025): 8462,
}


def payout_months(facts, on, region):
    years = facts.whole("ageYears", least=40, most=70)
    months = facts.whole("ageMonths", least=0, most=11, default=0)
    if years == 70 and months:
        facts.wrong("FACT_CONFLICT", "ageMonths")
    facts.settle()
    whole = Fraction(PAYOUT_MONTHS[years])
    if on < MONTHS_COUNT_FROM or months == 0:
        return {"payoutMonths": decimal(whole)}
    # Local agencies since 2025: linear by month between two whole ages, one decimal.
    step = PAYOUT_MONTHS[years + 1] - whole
    return {"payoutMonths": decimal(half_up(whole + step * months / 12, 1))}


def pool_part(facts, on, region):
    base = facts.money("benefitBase", optional=True)
    index = _index(facts)
    years = _years(facts)
    facts.settle()
    indexed, pool = _pool(_base(base, region, on), index, years)
    return {"indexedMonthlyWage": money(indexed), "poolPension": money(pool)}


def account_part(facts, on, region):
    balance = facts.money("accountBalance")
    months = _payout(facts)
    facts.settle()
    return {"accountPension": money(fen(balance / months))}


def monthly_benefit(facts, on, region):
    base = facts.money("benefitBase", optional=True)
    index = _index(facts)
    years = _years(facts)
    balance = facts.money("accountBalance")
    months = _payout(facts)
    transitional = facts.money("transitionalPension", default=Fraction(0))
    extra = facts.money("localExtra", default=Fraction(0))
    facts.settle()
    _, pool = _pool(_base(base, region, on), index, years)
    account = fen(balance / months)
    # Each part is to the fen, then they are added.
    return {
        "poolPension": money(pool),
        "accountPension": money(account),
        "total": money(pool + account + transitional + extra),
    }


def eligibility(facts, on, region):
    year = facts.year("thresholdYear")
    paid = facts.whole("totalMonths")
    facts.settle()
    needed = minimum_contribution(year)
    missing = max(0, needed - paid)
    # 社会保险法第十六条 and the decision: 可以缴费 (extended, or at once) 至最低年限, 也可以转入城乡居民基本养老保险。
    routes = ["EXTEND_PAYMENT", "ONE_OFF_PAYMENT", "RESIDENT_SCHEME"] if missing else []
    return {
        "eligible": not missing,
        "requiredMonths": needed,
        "shortfallMonths": missing,
        "routes": routes,
    }


def _pool(base, index, years):
    """国发〔2005〕38号 六: 退休时的基础养老金月标准以当地上年度在岗职工月平均工资和本人指数化月平均缴费工资的平均值为基数,缴费每满1年发给1%。"""
    indexed = fen(base * index)
    return indexed, fen((base + indexed) / 2 * years / 100)


def _index(facts):
    """平均缴费指数: a share of wages, so never below 0."""
    index = facts.decimal("averageIndex")
    return facts.wrong("FACT_RANGE", "averageIndex") if index is not None and index < 0 else index


def _years(facts):
    """累计缴费年限: years, or months that count as years with two decimals."""
    years = facts.decimal("totalYears", optional=True)
    if years is not None and years < 0:
        facts.wrong("FACT_RANGE", "totalYears")
    months = facts.whole("totalMonths", optional=True)
    facts.exactly_one_of(["totalYears"], ["totalMonths"])
    return years if months is None else half_up(Fraction(months, 12), 2)


def _payout(facts):
    """个人账户养老金月标准为个人账户储存额除以计发月数: by months above 0."""
    months = facts.decimal("payoutMonths")
    if months is not None and months <= 0:
        facts.wrong("FACT_RANGE", "payoutMonths")
    return months


def _base(given, region, on):
    """The base of the year of retirement: as given, or of the city, or of the province."""
    if given is not None:
        return given
    for place in (region, region[:4] + "00", region[:2] + "0000"):
        if (place, on.year) in BENEFIT_BASE:
            return Fraction(BENEFIT_BASE[place, on.year])
    raise Refusal("PARAMETER_MISSING", "benefitBase")
