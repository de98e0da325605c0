"""The rules about sentences: what contradicts, what agrees, what rounding or another reading explains."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.core.figures import Severity, check_paper, read_paper
from moothall.core.figures.checks import find_rule


def worst(name: str, text: str) -> Severity | None:
    """The gravest grade that a rule gives a text."""
    found = check_paper(read_paper(text), [find_rule(name)]).findings
    return max((finding.severity for finding in found), default=None)


ERROR, SUSPICIOUS = Severity.ERROR, Severity.SUSPICIOUS

CASES = [
    # a figure above or below another
    ("above-below", "lower said to be above", "The score of 33 is above the national average of 34.", ERROR),
    ("above-below", "higher said to be below", "Sickness of 9.1 days is below the target of 8.5 days.", None),
    ("above-below", "spend said to be under budget", "Spending of £5.2m is below the budget of £4.9m.", ERROR),
    ("above-below", "truly above", "The score of 35 is above the national average of 34.", None),
    ("above-below", "alike as printed", "The rate of 74% is above the national average of 74%.", None),
    ("above-below", "taken back", "The score of 33 is not above the national average of 34.", None),
    ("above-below", "softened", "The score of about 33 is above the national average of 34.", None),
    (
        "above-below",
        "an earlier figure may be meant",
        "It rose from 31% to 33%, and 36% is above the target of 35%.",
        None,
    ),
    ("above-below", "two units", "The 33 homes are above the average of 34%.", None),
    # up and down
    ("stated-direction", "narrowed upwards", "The gap narrowed from 13% to 18%.", ERROR),
    ("stated-direction", "rose downwards", "Referrals rose from 1,310 to 1,204.", ERROR),
    ("stated-direction", "up from a larger", "In all 86% had a check, up from 92% in 2013.", ERROR),
    (
        "stated-direction",
        "told in two sentences",
        "The gap was 24% in 2016. This had narrowed to 28.5% in 2017.",
        ERROR,
    ),
    ("stated-direction", "an increase of a larger", "There were 714 children, an increase of 2% from 726.", ERROR),
    ("stated-direction", "fell downwards", "Referrals fell from 1,310 to 1,204.", None),
    ("stated-direction", "improved has no direction", "Waiting times improved from 12 to 9.", None),
    ("stated-direction", "a deficit may grow downwards", "The deficit increased from -£5m to -£8m.", None),
    ("stated-direction", "no change at all", "The rate fell from 5% to 5%.", None),
    ("stated-direction", "years are no amounts", "The plan rose from 2016 to 2015 pages in print.", None),
    # a difference beside its figures
    ("stated-difference", "neither points nor share", "It rose from 51.0% to 63.0%, an increase of 15.0%.", ERROR),
    ("stated-difference", "points", "It rose from 51.0% to 63.0%, an increase of 12.0%.", None),
    ("stated-difference", "relative change", "Spending rose from £40m to £42m, an increase of 5%.", None),
    ("stated-difference", "one point may be rounding", "It rose from 51% to 63%, an increase of 13%.", None),
    ("stated-difference", "two points are not", "It rose from 51% to 63%, an increase of 15%.", ERROR),
    (
        "stated-difference",
        "lower by another amount",
        "54% met it, which is 17% lower than the national average of 61%.",
        ERROR,
    ),
    (
        "stated-difference",
        "lower by the amount",
        "54% met it, which is 7% lower than the national average of 61%.",
        None,
    ),
    (
        "stated-difference",
        "more than the forecast",
        "It was £5.3 million, which was £2 million more than the £4.3 million.",
        ERROR,
    ),
    ("stated-difference", "told backwards", "There were 75,420, an increase of 9 per cent from 72,590.", ERROR),
    ("stated-difference", "about leaves room", "It rose from 51.0% to 63.0%, an increase of about 15.0%.", None),
    # k of n
    ("share-of-count", "another share", "Visits were made to 15 of the 21 homes (81%).", ERROR),
    ("share-of-count", "the share", "Visits were made to 15 of the 21 homes (71%).", None),
    (
        "share-of-count",
        "either way of rounding a half",
        "We saw 1 of the 8 sites (12%) and 1 of the 8 farms (13%).",
        None,
    ),
    ("share-of-count", "the whole named first", "Of the 69,540 children, 52,050 (65%) were fostered.", ERROR),
    (
        "share-of-count",
        "the share of the whole named first",
        "Of the 69,540 children, 52,050 (75%) were fostered.",
        None,
    ),
    ("share-of-count", "all of them", "All 28 (100%) of our 28 leavers were housed.", None),
    # counts that make the whole
    (
        "shared-denominator",
        "not of one whole",
        "In all 1,998 agreed [93.62%]. Those who refused were 159 [6.38%].",
        ERROR,
    ),
    ("shared-denominator", "of one whole", "In all 1,722 agreed [92.83%]. Those who refused were 133 [7.17%].", None),
    (
        "shared-denominator",
        "not said to be the whole",
        "In all 1,998 agreed [93.62%]. A further 159 [7.38%] came late.",
        None,
    ),
    ("shared-denominator", "three parts", "In all 45 (71%) were green, 25 (24%) amber and 3 (5%) red.", ERROR),
    ("shared-denominator", "three parts that fit", "In all 45 (71%) were green, 15 (24%) amber and 3 (5%) red.", None),
    # sums
    ("stated-sum", "parts too small", "The £35.4m comprises £26.2m of savings and £7.2m of demand.", ERROR),
    ("stated-sum", "parts that fit", "The £35.4m comprises £26.2m of savings and £9.2m of demand.", None),
    ("stated-sum", "rounding of each part", "The £10m comprises £3m of fuel, £3m of pay and £3m of rent.", None),
    ("stated-sum", "a part taken away", "The £12m comprises £15m of pressures and £3m of underspends.", None),
    (
        "stated-sum",
        "the rest does not fit",
        "Of the pressure, £35.4m of which £26.2m is savings, leaving £19.2m of demand.",
        ERROR,
    ),
    ("stated-sum", "a total told last", "There were 12 in May and 15 in June, a total of 30.", ERROR),
    ("stated-sum", "a total told last that fits", "There were 12 in May and 15 in June, a total of 27.", None),
    # budgets
    (
        "budget-variance",
        "wrong size",
        "Against a budget of £41.2m the outturn is £42.6m, an overspend of £2.4m.",
        ERROR,
    ),
    (
        "budget-variance",
        "wrong way",
        "Against a budget of £41.2m the outturn is £42.6m, an underspend of £1.4m.",
        ERROR,
    ),
    ("budget-variance", "right", "Against a budget of £41.2m the outturn is £42.6m, an overspend of £1.4m.", None),
    (
        "budget-variance",
        "a fourth sum",
        "With £9m of grant and a budget of £41.2m the outturn is £42.6m, an overspend of £2.4m.",
        None,
    ),
    # percentages of amounts
    ("percent-of-amount", "another result", "We lose 20% of £2.5m, which is £0.8m.", ERROR),
    ("percent-of-amount", "the result", "We lose 20% of £2.5m, which is £0.5m.", None),
    ("percent-of-amount", "a share of the rounded", "We lose 20% of £2.5m, or £0.49m.", None),
    # words and figures
    ("words-and-figures", "another figure", "Notice of five (6) days is needed.", ERROR),
    ("words-and-figures", "the figure", "Notice of five (5) days is needed.", None),
    ("words-and-figures", "a note of another kind", "There are five (page 6) sites.", None),
    # ranks
    ("ranks", "beyond the field", "We are 16th of 15 authorities.", ERROR),
    (
        "ranks",
        "another field once",
        "We rank 4 of 15 LAs. We rank 6 of 15 LAs. We rank 7 of 15 LAs. We rank 3 of 5 LAs.",
        ERROR,
    ),
    ("ranks", "another field of three", "We rank 4 of 15 LAs. We rank 6 of 15 LAs. We rank 3 of 5 LAs.", SUSPICIOUS),
    ("ranks", "two fields", "We rank 4 of 15 LAs. We rank 3 of 152 councils.", None),
    ("ranks", "within the field", "We are 15th of 15 authorities.", None),
    # dates
    ("dates", "wrong weekday", "It meets on Tuesday 24 November 2014.", ERROR),
    ("dates", "right weekday", "It meets on Monday, 24th November, 2014.", None),
    ("dates", "no such day", "It meets on 31 June 2014.", ERROR),
    ("dates", "leap day", "It meets on 29 February 2016.", None),
    ("dates", "a lifetime ahead", "Published in May 2104 and revised in June 2014 for 2014.", ERROR),
    ("dates", "a long plan", "The lease of June 2014 runs until June 2064.", None),
    ("dates", "a digit too many", "The 21014-15 plan was agreed in 2014.", ERROR),
    ("dates", "no month", "The closing date 21/13 has passed.", ERROR),
    ("dates", "month and year", "The closing date 06/13 has passed.", None),
    ("dates", "an academic year", "Places were offered by 21/22 standards.", None),
    ("date-order", "ends before it begins", "It ran from 12 May 2015 to 3 March 2015.", ERROR),
    ("date-order", "begins before it ends", "It ran from 3 March 2015 to 12 May 2015.", None),
    # page ranges of an agenda
    ("page-ranges", "overlap", "1. MINUTES (Pages 9 - 20)\n\n2. PLAN (Pages 19 - 36)", ERROR),
    ("page-ranges", "backward", "1. MINUTES (Pages 20 - 9)", ERROR),
    ("page-ranges", "pages of no paper", "1. MINUTES (Pages 9 - 20)\n\n2. PLAN (Pages 25 - 36)", SUSPICIOUS),
    ("page-ranges", "contiguous", "1. MINUTES (Pages 9 - 20)\n\n2. PLAN (Pages 21 - 36)", None),
    # the same words, another figure
    (
        "restated",
        "one of three",
        "\n\n".join(["Note the net overspend of £23.3m."] * 2 + ["See the net overspend of £32.3m."]),
        None,
    ),
    (
        "restated",
        "one of three in the same words",
        "\n\n".join(f"Note a net overspend of £{n}m." for n in ("23.3", "23.3", "32.3")),
        SUSPICIOUS,
    ),
    ("restated", "rounded once", "\n\n".join(f"Note a net overspend of £{n}m." for n in ("23.3", "23.3", "23")), None),
    (
        "restated",
        "another period",
        "\n\n".join(f"In {y} note a net overspend of £{n}m." for y, n in ((2013, 2.3), (2013, 2.3), (2014, 3.2))),
        None,
    ),
    # lists
    ("list-count", "one too few", "We have five aims: (a) to build; (b) to save; (c) to plant; (d) to listen.", ERROR),
    ("list-count", "as many", "We have four aims: (a) to build; (b) to save; (c) to plant; (d) to listen.", None),
    ("list-count", "bullets may be split", "There are three priorities:\n\n- roads\n- homes", SUSPICIOUS),
]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [pytest.param(name, text, expected, id=f"{name}-{title}") for name, title, text, expected in CASES],
)
def test_a_sentence_gets_the_grade_that_it_deserves(name: str, text: str, expected: Severity | None) -> None:
    assert worst(name, text) is expected


percent = st.integers(0, 1000).map(lambda n: Fraction(n, 10))


@settings(deadline=None, max_examples=60)
@given(percent, percent)
def test_a_true_change_in_points_is_never_reported(old: Fraction, new: Fraction) -> None:
    word, noun = ("rose", "an increase") if new >= old else ("fell", "a decrease")
    step = f"{float(abs(new - old)):.1f}"
    text = f"Attainment {word} from {float(old):.1f}% to {float(new):.1f}%, {noun} of {step}%."
    assert worst("stated-difference", text) is None
    assert worst("stated-direction", text) is None


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 400), st.integers(0, 400))
def test_the_share_of_a_count_is_never_reported(part: int, rest: int) -> None:
    whole = part + rest
    shown = round(Fraction(part * 1000, whole)) / 10
    assert worst("share-of-count", f"Visits were made to {part} of the {whole} homes ({shown}%).") is None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 900), min_size=2, max_size=5))
def test_a_true_sum_is_never_reported(parts: list[int]) -> None:
    tenths = [Fraction(part, 10) for part in parts]
    listed = (
        ", ".join(f"£{float(part):.1f}m of pay" for part in tenths[:-1]) + f" and £{float(tenths[-1]):.1f}m of rent"
    )
    assert worst("stated-sum", f"The £{float(sum(tenths)):.1f}m comprises {listed}.") is None


@pytest.mark.parametrize(
    "text",
    [
        "from 1 to 2 " * 2_000,
        "(" * 5_000,
        "above the average of " * 1_000 + "34",
        "5 (6%) of the " * 1_000,
        "a) " * 2_000,
        "£5m and " * 2_000 + "a total of £9m",
        "1.1 " * 4_000,
        "\n".join(f"{n}.{n} x" for n in range(500)),
    ],
    ids=["from to", "brackets", "comparisons", "shares", "letters", "sums", "numbers", "numbered lines"],
)
def test_pathological_sentences_come_to_an_end(text: str) -> None:
    assert check_paper(read_paper(text)).findings is not None
