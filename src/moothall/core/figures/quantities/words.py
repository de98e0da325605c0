"""English words for figures: number words, months, hedges and words that give a figure its role."""

from __future__ import annotations

from typing import Final

from moothall.core.figures.model import Hedge


def _split_words(text: str) -> list[str]:
    return text.split()


def _make_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _map_synonyms(*lines: str) -> dict[str, str]:
    """Return the first word of its line for every word."""
    return {word: line.split()[0] for line in lines for word in line.split()}


ONES: Final = {
    word: n
    for n, word in enumerate(
        _split_words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
TENS: Final = {
    word: 10 * n
    for n, word in enumerate(_split_words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
SUFFIXES: Final = {
    **dict.fromkeys(_split_words("k thousand thousands"), 10**3),
    **dict.fromkeys(_split_words("m mn mil million millions"), 10**6),
    **dict.fromkeys(_split_words("bn billion billions"), 10**9),
}
ORDINALS: Final = {
    word: n
    for n, word in enumerate(
        _split_words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
}
PARTS: Final = {
    word: n
    for n, names in (
        (2, "half halves"), (3, "third thirds"), (4, "quarter quarters"), (5, "fifth fifths"), (6, "sixth sixths"),
        (8, "eighth eighths"), (10, "tenth tenths"),
    )
    for word in names.split()
}  # fmt: skip
NUMBER_WORDS: Final = frozenset((*ONES, *TENS, *SCALES, *ORDINALS, *PARTS, "a"))
"""Every word that can start a figure in words."""
MONTHS: Final = {
    name: n
    for n, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = _map_synonyms(
    "monday mon", "tuesday tue tues", "wednesday wed weds", "thursday thu thur thurs", "friday fri", "saturday sat",
    "sunday sun",
)  # fmt: skip

# The longest phrase directly before the figure wins.
HEDGES: Final = {
    tuple(phrase.split()): hedge
    for hedge, phrases in {
        Hedge.ABOUT: "about|around|approximately|approx|circa|c|roughly|some|in the region of|close to|broadly",
        Hedge.JUST_UNDER: "just under|just below|nearly|almost|slightly under|slightly below",
        Hedge.JUST_OVER: "just over|just above|slightly over|slightly above|a little over",
        Hedge.UNDER: "under|less than|fewer than|below",
        Hedge.OVER: "over|more than|greater than|above|in excess of|upwards of",
        Hedge.AT_LEAST: "at least|a minimum of|no fewer than|no less than|not less than",
        Hedge.AT_MOST: "at most|up to|no more than|a maximum of|not more than",
    }.items()
    for phrase in phrases.split("|")
}

REFERENCE_WORDS: Final = _make_set(
    "page pages pp p section sections s paragraph paragraphs para paras note notes appendix appendices annex item "
    "items table tables figure figures fig chart level levels stage ks grade grades tier part schedule regulation "
    "regulations article band phase line minute number no nos ref reference chapter chapters ward room floor unit "
    "version question option recommendation recommendations clause attachment footnote box row column class set"
)
DIFFERENCE_WORDS: Final = _make_set(
    "increase increases increased improvement rise growth gain decrease decreases reduction fall drop dip decline "
    "cut saving uplift change swing above below higher lower more less better worse ahead behind faster slower fewer "
    "difference shortfall widening narrowing wider narrower greater smaller"
)
YEAR_WORDS: Final = _make_set(
    "in since by from to until till during for of year before after and between academic financial the spring summer "
    "autumn winter end start early late mid than on vs versus compared through"
) | frozenset(MONTHS)
DURATIONS: Final = _make_set("day days week weeks month months year years hour hours minute minutes term terms")
AGE_WORDS: Final = _make_set("age aged ages ageing")
RANK_WORDS: Final = _make_set("rank ranks ranked ranking placed position")
NOUN_LEADS: Final = _make_set("of the a an our all its their these those")
COUNTED: Final = _make_set(
    "children pupils people students schools places applications young families households cases staff posts "
    "residents homes learners referrals adults responses members offers applicants parents carers girls boys"
)
NO_NOUN: Final = _make_set(
    "to that which who is was were are be being has had have should would will can could may might must if when "
    "where why how for with without by on at as from and or but another day in than compared above below"
)
LIKENED: Final = _make_set("compared relative similar equal equivalent close contrast according due")
SKIPPED: Final = _make_set("of the a an all our")
GLUED_UNITS: Final = _make_set("st nd rd th pm am p pp ppt ppts yrs yr x pts")
STEADY: Final = _make_set("of ( , is was at being the remains stands : gap gaps")
SOFTENERS: Final = _make_set("at least about around nearly almost over a just some")
