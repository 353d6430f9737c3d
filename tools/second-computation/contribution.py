"""月缴费分摊: the base somebody pays on, and who pays how much of it each month."""

from datetime import date
from fractions import Fraction

from facts import Refusal
from values import fen, money

# 国办发〔2019〕13号: 个人缴费基数上下限 are 60% and 300% of the province's average wage.
FLOOR, CEILING = Fraction(60, 100), Fraction(300, 100)

SCHEMES = ("110", "120", "170", "210", "310", "330", "410", "510")

# 人社部发〔2015〕71号: base rates of the eight classes of industry in percent, from 2015-10-01;
# class 1 floats up only, the others also down.
INDUSTRY_RATES_FROM = date(2015, 10, 1)
INDUSTRY_RATE = dict(zip(range(1, 9), ("0.2", "0.4", "0.7", "0.9", "1.1", "1.3", "1.6", "1.9")))
FLOATS_OF_CLASS_1, FLOATS = (100, 120, 150), (50, 80, 100, 120, 150)


def base(facts, on, region):
    wage = facts.money("wage")
    average = facts.money("localAverageWage", optional=True)
    facts.settle()
    if average is None:
        raise Refusal("PARAMETER_MISSING", "localAverageWage")
    floor, ceiling = fen(average * FLOOR), fen(average * CEILING)
    bound = "FLOOR" if wage < floor else "CEILING" if wage > ceiling else "NONE"
    return {
        "contributionBase": money({"FLOOR": floor, "CEILING": ceiling, "NONE": wage}[bound]),
        "floor": money(floor),
        "ceiling": money(ceiling),
        "bound": bound,
    }


def amounts(facts, on, region):
    scheme = facts.code("scheme", SCHEMES)
    payer = facts.code("payer", ("EMPLOYED", "FLEXIBLE"))
    amount = facts.money("contributionBase")
    industry = facts.whole("industryClass", least=1, most=8, optional=True)
    floating = facts.whole("floatPercent", default=100)
    facts.settle()
    # What the facts demand of each other can be said only once each of them can be read.
    if payer == "FLEXIBLE" and scheme != "110":
        # Only the pension lets somebody without an employer pay alone.
        facts.wrong("FACT_CONFLICT", "payer")
    elif scheme == "410":
        _check_industry(facts, industry, floating, on)
    facts.settle()

    rates = _rates(scheme, payer, industry, floating, on)
    employer, employee, individual, account = (fen(amount * rate / 100) for rate in rates)
    return {
        "employerAmount": money(employer),
        "employeeAmount": money(employee),
        "individualAmount": money(individual),
        # What goes into the account is part of what was paid, not paid again.
        "intoAccountAmount": money(account),
        "totalAmount": money(employer + employee + individual),
    }


def _check_industry(facts, industry, floating, on):
    if industry is None:
        facts.wrong("FACT_MISSING", "industryClass")
    allowed = FLOATS_OF_CLASS_1 if industry == 1 else FLOATS
    # Before the floats were published nobody can say that one of them is wrong.
    if on >= INDUSTRY_RATES_FROM and floating not in allowed:
        facts.wrong("FACT_RANGE", "floatPercent")


def _rates(scheme, payer, industry, floating, on):
    """Percent of employer, worker, flexible worker, and into the account, as published for the day."""
    if scheme == "110" and payer == "FLEXIBLE":
        # 国发〔2005〕38号: 个体工商户和灵活就业人员缴费比例为20%,其中8%记入个人账户。
        return 0, 0, 20, 8
    if scheme == "110" and on >= date(2019, 5, 1):
        # 国办发〔2019〕13号: 单位缴费比例 16%; 国发〔2005〕38号: 个人 8%, 全部记入个人账户.
        return 16, 8, 0, 8
    if scheme == "210" and not date(2017, 1, 1) <= on <= date(2025, 12, 31):
        # 失业保险条例第六条: 单位按照本单位工资总额的2%,职工按照本人工资的1%缴纳。 While the temporary
        # total of 1% holds, the province sets who pays which part of it: no national split.
        return 2, 1, 0, 0
    if scheme == "310":
        # 国发〔1998〕44号: employer about 6%, worker 2%, and the worker's part into the account.
        return 6, 2, 0, 2
    if scheme == "410" and on >= INDUSTRY_RATES_FROM:
        # 社会保险法第三十三条: 由用人单位缴纳工伤保险费,职工不缴纳工伤保险费。
        return Fraction(INDUSTRY_RATE[industry]) * floating / 100, 0, 0, 0
    raise Refusal("PARAMETER_MISSING", None)
