"""退休时间与弹性退休: when somebody reaches retirement age, and which months may be chosen instead."""

from values import month

JANUARY_2025 = 2025 * 12
GROUPS = ("MALE", "FEMALE_55", "FEMALE_50")

# 全国人大常委会关于实施渐进式延迟法定退休年龄的决定, 办法第一条: 从2025年1月1日起,男职工和原法定退休年龄为
# 五十五周岁的女职工,法定退休年龄每四个月延迟一个月,分别逐步延迟至六十三周岁和五十八周岁;原法定退休年龄为五十周岁
# 的女职工,法定退休年龄每二个月延迟一个月,逐步延迟至五十五周岁。
ORIGINAL_AGE = {"MALE": 60 * 12, "FEMALE_55": 55 * 12, "FEMALE_50": 50 * 12}
FINAL_AGE = {"MALE": 63 * 12, "FEMALE_55": 58 * 12, "FEMALE_50": 55 * 12}
MONTHS_OF_BIRTH_FOR_ONE_OF_DELAY = {"MALE": 4, "FEMALE_55": 4, "FEMALE_50": 2}

# 办法第三条 and 人社部发〔2024〕94号: 提前时间最长不超过三年; 延迟时间最长不超过三年。
THREE_YEARS = 36


def statutory_age(facts, on, region):
    group, birth = _person(facts)
    facts.settle()
    delay = _delay(group, birth)
    return {
        "delayMonths": delay,
        "originalAgeMonths": ORIGINAL_AGE[group],
        "statutoryAgeMonths": ORIGINAL_AGE[group] + delay,
        "retirementMonth": month(birth + ORIGINAL_AGE[group] + delay),
    }


def flexible_window(facts, on, region):
    group, birth = _person(facts)
    facts.settle()
    statutory = birth + ORIGINAL_AGE[group] + _delay(group, birth)
    window = _window(group, birth)
    early = None if window is None else window[0]
    late = None if window is None else window[1]
    return {
        "retirementMonth": month(statutory),
        "earliestMonth": None if early is None else month(early),
        "latestMonth": None if late is None else month(late),
        "minimumMonthsAtStatutory": minimum_contribution(statutory // 12),
        # 94号: an early pensioner meets the minimum of the year of actual retirement,
        "minimumMonthsAtEarliest": None if early is None else minimum_contribution(early // 12),
        # a late one still that of the year in which statutory age was reached.
        "minimumMonthsAtLatest": None if late is None else minimum_contribution(statutory // 12),
    }


def flexible_choice(facts, on, region):
    group, birth = _person(facts)
    requested = facts.month("requestedMonth", optional=True)
    shift = facts.whole("shiftMonths", least=-1200, most=1200, optional=True)
    facts.exactly_one_of(["requestedMonth"], ["shiftMonths"])
    facts.settle()

    statutory = birth + ORIGINAL_AGE[group] + _delay(group, birth)
    chosen = requested if shift is None else statutory + shift
    kind = "EARLY" if chosen < statutory else "LATE" if chosen > statutory else "STATUTORY"

    window = _window(group, birth)
    if window is None:
        # Statutory age before 2025: there was no choice, and no window to be too early or late for.
        nearest, breaches = statutory, [] if kind == "STATUTORY" else ["NOT_AVAILABLE"]
    else:
        earliest, latest = window
        nearest = min(max(chosen, earliest), latest)
        breaches = ["TOO_EARLY"] * (chosen < earliest) + ["TOO_LATE"] * (chosen > latest)

    accepted = not breaches
    deciding_year = (chosen if kind == "EARLY" else statutory) // 12
    return {
        "accepted": accepted,
        "kind": kind,
        "startMonth": month(chosen) if accepted else None,
        "nearestAllowedMonth": month(nearest),
        "nearestAllowedAgeMonths": nearest - birth,
        "minimumContributionMonths": minimum_contribution(deciding_year) if accepted else None,
        "breaches": breaches,
    }


def minimum_contribution(year):
    """办法第二条: 从2030年1月1日起,将职工按月领取基本养老金最低缴费年限由十五年逐步提高至二十年,每年提高六个月。"""
    raised = 6 * max(0, year - 2029)
    return min(15 * 12 + raised, 20 * 12)


def _person(facts):
    return facts.code("group", GROUPS), facts.month("birthMonth")


def _delay(group, birth):
    """One month for each four (two) months of birth begun since the first who reaches it in 2025."""
    first = JANUARY_2025 - ORIGINAL_AGE[group]
    if birth < first:
        return 0
    begun = (birth - first) // MONTHS_OF_BIRTH_FOR_ONE_OF_DELAY[group] + 1
    return min(begun, FINAL_AGE[group] - ORIGINAL_AGE[group])


def _window(group, birth):
    """Earliest and latest month, or None for who reached statutory age before the decision."""
    original = birth + ORIGINAL_AGE[group]
    statutory = original + _delay(group, birth)
    if statutory < JANUARY_2025:
        return None
    # 办法第三条: 退休年龄不得低于女职工五十周岁、五十五周岁及男职工六十周岁的原法定退休年龄。
    return max(original, statutory - THREE_YEARS), statutory + THREE_YEARS
