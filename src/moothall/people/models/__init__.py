"""The tables of people, one file a subject."""

from moothall.people.models.accounts import Account
from moothall.people.models.attendance import AbsenceApproval, Attendance
from moothall.people.models.grants import Grant
from moothall.people.models.groups import FormerGroupName, GroupMembership, PoliticalGroup
from moothall.people.models.interests import Disclosure, Interest
from moothall.people.models.persons import FormerName, Person
from moothall.people.models.posts import Post, PostHolding
from moothall.people.models.terms import Term

__all__ = [
    "AbsenceApproval",
    "Account",
    "Attendance",
    "Disclosure",
    "FormerGroupName",
    "FormerName",
    "Grant",
    "GroupMembership",
    "Interest",
    "Person",
    "PoliticalGroup",
    "Post",
    "PostHolding",
    "Term",
]
