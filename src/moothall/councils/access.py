"""Who may set up a council, and who sees how it is set up."""

from moothall.access import EVERYTHING, Row, Sight
from moothall.actor import Role
from moothall.councils.models import OptionValue, OwnDay

SETS_UP = {Role.ADMINISTRATOR}
KEEPS_CALENDAR = {Role.CLERK, Role.ADMINISTRATOR}

ROWS = (
    Row("councils.rename_council", SETS_UP),
    Row("councils.add_domain", SETS_UP),
    Row("councils.set_option", SETS_UP),
    Row("councils.erase_contents", SETS_UP),
    Row("councils.add_own_day", KEEPS_CALENDAR),
    Row("councils.remove_own_day", KEEPS_CALENDAR),
)

SIGHTS = (
    Sight(OptionValue, KEEPS_CALENDAR, EVERYTHING),
    Sight(OwnDay, {Role.PUBLIC}, EVERYTHING),
)
