"""The tables of bodies, one file a subject."""

from moothall.bodies.models.bodies import Body, FormerName, Kind
from moothall.bodies.models.grants import BodyGrant
from moothall.bodies.models.memberships import Membership, SeatAllocation
from moothall.bodies.models.outside import FormerOutsideName, Nomination, OutsideBody

__all__ = [
    "Body",
    "BodyGrant",
    "FormerName",
    "FormerOutsideName",
    "Kind",
    "Membership",
    "Nomination",
    "OutsideBody",
    "SeatAllocation",
]
