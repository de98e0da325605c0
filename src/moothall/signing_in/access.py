"""Who invites, and who sees the invitations."""

from moothall.access import EVERYTHING, Row, Sight
from moothall.actor import Role
from moothall.signing_in.models import Invitation

INVITES = {Role.ADMINISTRATOR}

ROWS = (
    Row("signing_in.invite", INVITES),
    Row("signing_in.withdraw_invitation", INVITES),
    # the word in the letter is what lets one pass here
    Row("signing_in.accept_invitation", {Role.PUBLIC}),
    Row("signing_in.remove_factors", {Role.OPERATOR}),
)

SIGHTS = (Sight(Invitation, INVITES, EVERYTHING),)
