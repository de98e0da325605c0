"""What can be done with persons; the only writers of their tables."""

from moothall.people.actions.accounts import close_account, open_account
from moothall.people.actions.attendance import approve_absence, record_attendance
from moothall.people.actions.grants import end_grant, grant_role
from moothall.people.actions.groups import correct_group, end_group, form_group, join_group, leave_group, rename_group
from moothall.people.actions.interests import disclose_interest, end_interest, notify_disclosure, register_interest
from moothall.people.actions.persons import correct_person, create_person, rename_person
from moothall.people.actions.posts import create_post, hold_post, leave_post
from moothall.people.actions.terms import begin_term, end_term, enter_registration

__all__ = [
    "approve_absence",
    "begin_term",
    "close_account",
    "correct_group",
    "correct_person",
    "create_person",
    "create_post",
    "disclose_interest",
    "end_grant",
    "end_group",
    "end_interest",
    "end_term",
    "enter_registration",
    "form_group",
    "grant_role",
    "hold_post",
    "join_group",
    "leave_group",
    "leave_post",
    "notify_disclosure",
    "open_account",
    "record_attendance",
    "register_interest",
    "rename_group",
    "rename_person",
]
