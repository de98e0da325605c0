"""Working days, clear days and statutory deadlines. Each answer shows its rule and the days it counted.

>>> import datetime as dt
>>> from moothall.core.clocks import Clock
>>> Clock().deadline("agenda", dt.date(2014, 11, 24)).day
datetime.date(2014, 11, 14)
"""

from moothall.core.clocks.bank_holidays import FIRST_YEAR, LAST_YEAR, Nation
from moothall.core.clocks.calendar import Basis, Calendar, add_months, day_after, day_before, first_of_month
from moothall.core.clocks.deadlines import LONDON, Deadline, counts_as, deadline
from moothall.core.clocks.meetings import OF_EXECUTIVE, Clock, Local
from moothall.core.clocks.rules import Convention, NoRule, Rule, Sense, Unit, all_rules, rule
from moothall.core.wording import say

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "LONDON",
    "OF_EXECUTIVE",
    "Basis",
    "Calendar",
    "Clock",
    "Convention",
    "Deadline",
    "Local",
    "Nation",
    "NoRule",
    "Rule",
    "Sense",
    "Unit",
    "add_months",
    "all_rules",
    "counts_as",
    "day_after",
    "day_before",
    "deadline",
    "first_of_month",
    "rule",
    "say",
]
