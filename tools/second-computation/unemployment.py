"""失业金期限: for how many months unemployment benefit is paid at most."""

LONGEST = 24


def duration(facts, on, region):
    paid = facts.whole("contributionMonths")
    involuntary = facts.truth("isInvoluntary")
    registered = facts.truth("isRegistered")
    unused = facts.whole("unusedMonths", default=0)
    facts.settle()

    # 社会保险法第四十五条: (一)失业前用人单位和本人已经缴纳失业保险费满一年的;(二)非因本人意愿中断就业的;
    # (三)已经进行失业登记,并有求职要求的。
    breaches = ["LESS_THAN_ONE_YEAR"] * (paid < 12)
    breaches += ["VOLUNTARY"] * (not involuntary)
    breaches += ["NOT_REGISTERED"] * (not registered)

    earned = _earned(paid)
    # 第四十六条: 与前次失业应当领取而尚未领取的失业保险金的期限合并计算,最长不超过二十四个月。
    longest = min(LONGEST, earned + unused) if involuntary and registered else 0
    return {
        "isEligible": not breaches,
        "newMonths": earned,
        "maxBenefitMonths": longest,
        "breaches": breaches,
    }


def _earned(paid):
    """第四十六条: 满一年不足五年的最长为十二个月;满五年不足十年的最长为十八个月;十年以上的最长为二十四个月。"""
    if paid < 12:
        return 0
    return 12 if paid < 60 else 18 if paid < 120 else 24
