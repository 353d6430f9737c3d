"""职业伤害保障费: what a platform pays for its orders."""

from fractions import Fraction

from values import decimal, fen, money

# 人社部发〔2025〕24号: yuan for each order; delivery by its record of claims.
A_ORDER = {
    ("RIDE_HAILING", "STANDARD"): "0.01",
    ("INSTANT_DELIVERY", "STANDARD"): "0.07",
    ("INSTANT_DELIVERY", "HIGH"): "0.25",
    ("SAME_CITY_FREIGHT", "STANDARD"): "0.18",
}


def injury_fee(facts, on, region):
    industry = facts.code("industry", ("RIDE_HAILING", "INSTANT_DELIVERY", "SAME_CITY_FREIGHT"))
    band = facts.code("claimsBand", ("STANDARD", "HIGH"), default="STANDARD")
    orders = facts.whole("orders")
    if band == "HIGH" and industry in ("RIDE_HAILING", "SAME_CITY_FREIGHT"):
        facts.wrong("FACT_CONFLICT", "claimsBand")
    facts.settle()
    fee = Fraction(A_ORDER[industry, band])
    # The platform pays all of it, per order; the worker nothing.
    return {
        "feePerOrder": decimal(fee),
        "platformPays": money(fen(fee * orders)),
        "workerPays": "0.00",
    }
