"""工伤一次性补助: the lump sum for a disability of grade 1 to 10."""

from datetime import date
from fractions import Fraction

from facts import Refusal
from values import fen, money

# 工伤保险条例第三十五、三十六、三十七条: months of the worker's own wage, grade 1 first.
# These are the months of the amended text (国务院令第586号); what stood before is not in our sources.
MONTHS_FROM = date(2011, 1, 1)
MONTHS = (27, 25, 23, 21, 18, 16, 13, 11, 9, 7)


def lump_sum(facts, on, region):
    grade = facts.whole("disabilityGrade", least=1, most=10)
    own = facts.money("ownWage")
    average = facts.money("localAverageWage", optional=True)
    facts.settle()
    if average is None:
        raise Refusal("PARAMETER_MISSING", "localAverageWage")
    if on < MONTHS_FROM:
        raise Refusal("PARAMETER_MISSING", None)
    # 第六十四条: 本人工资高于统筹地区职工平均工资300%的,按照统筹地区职工平均工资的300%计算;本人工资低于
    # 统筹地区职工平均工资60%的,按照统筹地区职工平均工资的60%计算。
    wage = fen(min(max(own, average * Fraction(60, 100)), average * 3))
    months = MONTHS[grade - 1]
    return {"wageUsed": money(wage), "months": months, "lumpSum": money(wage * months)}
