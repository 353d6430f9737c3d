"""经济补偿: what an employer owes when a contract ends."""

from fractions import Fraction

from facts import Refusal
from values import decimal, fen, money


def severance(facts, on, region):
    months = facts.whole("serviceMonths")
    days = facts.whole("extraDays", least=0, most=30, default=0)
    wage = facts.money("averageMonthlyWage")
    average = facts.money("localAverageWage", optional=True)
    illegal = facts.truth("isIllegalTermination", default=False)
    facts.settle()
    if average is None:
        raise Refusal("PARAMETER_MISSING", "localAverageWage")

    # 劳动合同法第四十七条: 按劳动者在本单位工作的年限,每满一年支付一个月工资的标准向劳动者支付。六个月以上不满一年
    # 的,按一年计算;不满六个月的,向劳动者支付半个月工资的经济补偿。
    paid, rest = Fraction(months // 12), months % 12
    if rest >= 6:
        paid += 1
    elif rest > 0 or days > 0:
        paid += Fraction(1, 2)

    # 劳动者月工资高于本地区上年度职工月平均工资三倍的,按职工月平均工资三倍的数额支付,年限最高不超过十二年。
    if wage > 3 * average:
        wage, paid = 3 * average, min(paid, Fraction(12))

    # 第八十七条: 违法解除或者终止劳动合同的,应当依照经济补偿标准的二倍支付赔偿金。
    amount = wage * paid * (2 if illegal else 1)
    return {"monthsPaid": decimal(paid), "wageUsed": money(wage), "amount": money(fen(amount))}
