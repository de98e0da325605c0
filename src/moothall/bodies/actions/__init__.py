"""What can be done with bodies; the only writers of their tables."""

from moothall.bodies.actions.bodies import amend_body, create_body, dissolve_body, rename_body, start_body
from moothall.bodies.actions.grants import end_role_in_body, grant_role_in_body
from moothall.bodies.actions.memberships import appoint, end_membership, move_to_seat, withdraw_appointment
from moothall.bodies.actions.outside import (
    amend_outside_body,
    create_outside_body,
    end_nomination,
    end_outside_body,
    nominate,
    rename_outside_body,
)
from moothall.bodies.actions.seats import allocate_seats

__all__ = [
    "allocate_seats",
    "amend_body",
    "amend_outside_body",
    "appoint",
    "create_body",
    "create_outside_body",
    "dissolve_body",
    "end_membership",
    "end_nomination",
    "end_outside_body",
    "end_role_in_body",
    "grant_role_in_body",
    "move_to_seat",
    "nominate",
    "rename_body",
    "rename_outside_body",
    "start_body",
    "withdraw_appointment",
]
