"""年金归属与领取: what part of the employer's money is a leaver's own, and how it may be paid."""

from fractions import Fraction

from values import decimal, fen, money

# 企业年金办法 (36号令) 第十九、二十条: whatever the tenure, the employer part belongs to the worker in full.
FULL = (
    "RETIREMENT_AGE",
    "TOTAL_DISABILITY",
    "DEATH",
    "PLAN_TERMINATED",
    "EMPLOYER_DISMISSED_WITHOUT_EMPLOYEE_FAULT",
    "EMPLOYEE_LEFT_BECAUSE_EMPLOYER_BROKE_LAW",
    "CONTRACT_EXPIRED_NOT_RENEWED_BY_EMPLOYER",
    "PLAN_DEFINED",
)
BY_TENURE = ("RESIGNED", "DISMISSED_FOR_FAULT", "OTHER_LEAVING")

PAYOUT_EVENTS = ("RETIREMENT_AGE", "TOTAL_DISABILITY", "EMIGRATION", "DEATH", "OTHER")
MODES = ("MONTHLY", "INSTALMENTS", "LUMP_SUM", "BUY_COMMERCIAL_ANNUITY")


# 第十九条: at once or by tenure, 最长不超过8年.
LONGEST = 8 * 12


def vesting_schedule(facts, on, region):
    steps = facts.items("steps", _step)
    facts.settle()
    rising = all(
        month < next_month and ratio < next_ratio
        for (month, ratio), (next_month, next_ratio) in zip(steps, steps[1:])
    )
    full = min((month for month, ratio in steps if ratio == 1), default=None)
    breaches = ["NOT_RISING"] * (not rising)
    breaches += ["NEVER_FULL"] * (full is None)
    breaches += ["FULL_TOO_LATE"] * (full is not None and full > LONGEST)
    return {"isValid": not breaches, "fullAfterMonths": full, "breaches": breaches}


def vesting(facts, on, region):
    tenure = facts.whole("tenureMonths")
    steps = facts.items("steps", _step)
    event = facts.code("event", FULL + BY_TENURE)
    employer = facts.money("employerPart")
    employee = facts.money("employeePart")
    facts.settle()

    ratio = Fraction(1) if event in FULL else _ratio(steps, tenure)
    vested = fen(employer * ratio)
    return {
        "vestedRatio": decimal(ratio),
        "vestedEmployerPart": money(vested),
        # The employee part is the worker's own from the start.
        "entitlement": money(vested + employee),
        "returnedToEnterpriseAccount": money(employer - vested),
    }


def payout(facts, on, region):
    event = facts.code("event", PAYOUT_EVENTS)
    mode = facts.code("mode", MODES)
    facts.settle()
    # 36号令第二十四条: 达到国家规定的退休年龄或者完全丧失劳动能力: 按月、分次或者一次性, or 购买商业养老保险产品;
    # 出国(境)定居: 一次性支付给本人; 死亡: 可以继承. Anything else is no reason to pay.
    if event == "OTHER":
        return _paid("NONE", ["NO_PAYOUT_EVENT"])
    breaches = ["MODE_NOT_ALLOWED"] * (event == "EMIGRATION" and mode != "LUMP_SUM")
    return _paid("HEIRS" if event == "DEATH" else "MEMBER", breaches)


def _paid(recipient, breaches):
    return {"isAllowed": not breaches, "recipient": recipient, "breaches": breaches}


def _step(facts):
    after = facts.whole("tenureMonths")
    ratio = facts.decimal("ratio")
    # A part of the whole: from 0 to 1.
    if ratio is not None and not 0 <= ratio <= 1:
        facts.wrong("FACT_RANGE", "ratio")
    return after, ratio


def _ratio(steps, tenure):
    """The step reached last; nothing before the first. Of two steps of one month the higher: 归属只升不降."""
    reached = [step for step in steps if step[0] <= tenure]
    return max(reached)[1] if reached else Fraction(0)
