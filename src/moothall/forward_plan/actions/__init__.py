"""What can be done with plans; the only writers of their tables."""

from moothall.forward_plan.actions.entries import (
    add_entry,
    amend_entry,
    publish_entry,
    reschedule_entry,
    take_entry,
    withdraw_entry,
)
from moothall.forward_plan.actions.notices import (
    agree_private_urgency,
    claim_general_exception,
    claim_special_urgency,
    give_key_notice,
    give_private_notice,
    give_second_notice,
    record_representation,
    reevaluate_notices,
)
from moothall.forward_plan.actions.plans import amend_plan, create_plan
from moothall.forward_plan.actions.requests import close_request, record_request, reopen_request

__all__ = [
    "add_entry",
    "agree_private_urgency",
    "amend_entry",
    "amend_plan",
    "claim_general_exception",
    "claim_special_urgency",
    "close_request",
    "create_plan",
    "give_key_notice",
    "give_private_notice",
    "give_second_notice",
    "publish_entry",
    "record_representation",
    "record_request",
    "reevaluate_notices",
    "reopen_request",
    "reschedule_entry",
    "take_entry",
    "withdraw_entry",
]
