"""Who invites, and who sees the invitations."""

from moothall.foundation.actors import Actor, Role
from moothall.foundation.permissions import EVERYTHING, Row, Sight
from moothall.people.models import Person
from moothall.sign_in import mail
from moothall.sign_in.models import Invitation

INVITES = {Role.ADMINISTRATOR}


def _cannot_send(actor: Actor, _: Person) -> str:
    """Why an invitation cannot be sent. The operator's command shows its link, so needs no email.

    An administrator is not shown the link: with it, they could choose the password of a person who also belongs to
    another council.
    """
    return "" if mail.is_set_up() or actor.holds(Role.OPERATOR) else mail.not_set_up()


ROWS = (
    Row("sign_in.invite", INVITES, unless=_cannot_send),
    Row("sign_in.withdraw_invitation", INVITES),
    # the word in the letter is what lets one pass here
    Row("sign_in.accept_invitation", {Role.PUBLIC}),
    Row("sign_in.remove_factors", {Role.OPERATOR}),
)

SIGHTS = (Sight(Invitation, INVITES, EVERYTHING),)
