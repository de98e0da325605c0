"""Who may set up a council, and who sees how it is set up."""

from moothall.foundation.actors import Role
from moothall.foundation.councils.models import OptionValue, OwnDay
from moothall.foundation.permissions import EVERYTHING, Row, Sight

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
