"""What can be done with persons, their offices, groups, posts, roles and accounts."""

from django.utils.translation import gettext_lazy as _

from moothall.people import actions
from moothall.people.models import (
    Disclosure,
    Grant,
    GroupMembership,
    Interest,
    Person,
    PoliticalGroup,
    Post,
    PostHolding,
    Term,
)
from moothall.sign_in import actions as sign_in
from moothall.sign_in.models import Invitation
from moothall.workspace.action_forms import LASTING, Confirming, Ending
from moothall.workspace.action_pages import Act, enter
from moothall.workspace.people import forms as people_forms
from moothall.workspace.people import register_forms

PERSONS = enter(
    Act(
        name="enter-person",
        path="people/enter/",
        verb=actions.create_person,
        form=people_forms.NewPerson,
        heading=_("Enter a person"),
        submit=_("Enter"),
        done=_("The person is in the books."),
        then=(
            "begin-term",
            "open-account",
            "enter-person",
        ),
    ),
    Act(
        name="correct-person",
        path="people/<slug:slug>/correct/",
        kind=Person,
        verb=actions.correct_person,
        form=people_forms.Naming,
        heading=_("Correct name and contact"),
        submit=_("Save"),
        done=_("Name and contact are corrected."),
    ),
    Act(
        name="rename-person",
        path="people/<slug:slug>/rename/",
        kind=Person,
        verb=actions.rename_person,
        form=people_forms.NewName,
        heading=_("Enter a change of name"),
        submit=_("Rename"),
        done=_("The new name is entered. The old address sends on to the new one."),
        grave=_(
            "The address of the person's page changes with the name, and the old one sends on for ever. Papers of "
            "earlier days go on printing the old name. To correct a slip, correct the name instead."
        ),
    ),
    Act(
        name="begin-term",
        path="people/<slug:slug>/term/",
        kind=Person,
        verb=actions.begin_term,
        form=people_forms.NewTerm,
        heading=_("Begin a term of office"),
        submit=_("Begin the term"),
        done=_("The term of office is entered."),
        then=("register-interest",),
    ),
    Act(
        name="end-term",
        path="terms/<int:pk>/end/",
        kind=Term,
        verb=actions.end_term,
        form=people_forms.EndOfTerm,
        heading=_("End a term of office"),
        submit=_("End the term"),
        done=_("The end of the term is entered."),
        grave=_(
            "Places on bodies and in a political group end with it, unless the next term follows at once. Nominations "
            "to outside bodies stay. An end that has been entered is not taken back here."
        ),
    ),
    Act(
        name="enter-registration",
        path="terms/<int:pk>/registration/",
        kind=Term,
        verb=actions.enter_registration,
        form=people_forms.Registration,
        heading=_("Interests have been registered"),
        submit=_("Save"),
        done=_("The registration is entered."),
    ),
    Act(
        name="approve-absence",
        path="people/<slug:slug>/absence/",
        kind=Person,
        verb=actions.approve_absence,
        form=people_forms.Absence,
        heading=_("Enter an approved absence"),
        submit=_("Save"),
        done=_("The approved absence is entered."),
    ),
)

GROUPS = enter(
    Act(
        name="form-group",
        path="groups/form/",
        verb=actions.form_group,
        form=people_forms.NewGroup,
        heading=_("Enter a political group"),
        submit=_("Enter"),
        done=_("The group is entered. Look at the political balance again."),
        then=("join-group",),
    ),
    Act(
        name="correct-group",
        path="groups/<slug:slug>/correct/",
        kind=PoliticalGroup,
        verb=actions.correct_group,
        form=people_forms.GroupName,
        heading=_("Correct the group’s name"),
        submit=_("Save"),
        done=_("The name is corrected."),
    ),
    Act(
        name="rename-group",
        path="groups/<slug:slug>/rename/",
        kind=PoliticalGroup,
        verb=actions.rename_group,
        form=people_forms.NewGroupName,
        heading=_("Give the group another name"),
        submit=_("Rename"),
        done=_("The group has its new name. Its old address sends on to the new one."),
        grave=_(
            "It stays the same group, with its members and seats. Papers of earlier days go on printing the old name, "
            "and its old address sends on for ever. To correct a slip, correct the name instead."
        ),
    ),
    Act(
        name="join-group",
        path="groups/<slug:slug>/join/",
        kind=PoliticalGroup,
        verb=actions.join_group,
        form=people_forms.Joining,
        heading=_("Somebody joins the group"),
        submit=_("Save"),
        done=_("The member is entered. Look at the political balance again."),
        then=("join-group",),
    ),
    Act(
        name="leave-group",
        path="group-members/<int:pk>/leave/",
        kind=GroupMembership,
        verb=actions.leave_group,
        form=Ending,
        heading=_("Somebody leaves the group"),
        submit=_("Save"),
        done=_("The last day is entered. Look at the political balance again."),
        grave=LASTING,
    ),
    Act(
        name="end-group",
        path="groups/<slug:slug>/end/",
        kind=PoliticalGroup,
        verb=actions.end_group,
        form=Ending,
        heading=_("End the group"),
        submit=_("End the group"),
        done=_("The group and its memberships end on that day."),
        grave=_("All memberships of the group end with it. This is not taken back here."),
    ),
)

POSTS = enter(
    Act(
        name="create-post",
        path="posts/enter/",
        verb=actions.create_post,
        form=people_forms.NewPost,
        heading=_("Enter a post"),
        submit=_("Enter"),
        done=_("The post is entered."),
        list="posts",
        then=("hold-post",),
    ),
    Act(
        name="hold-post",
        path="posts/<int:pk>/holder/",
        kind=Post,
        verb=actions.hold_post,
        form=people_forms.Holding,
        heading=_("Put somebody into the post"),
        submit=_("Save"),
        done=_("The holder is entered."),
    ),
    Act(
        name="leave-post",
        path="post-holders/<int:pk>/leave/",
        kind=PostHolding,
        verb=actions.leave_post,
        form=Ending,
        heading=_("Somebody leaves the post"),
        submit=_("Save"),
        done=_("The last day is entered."),
        grave=LASTING,
    ),
)

REGISTER = enter(
    Act(
        name="register-interest",
        path="people/<slug:slug>/interest/",
        kind=Person,
        verb=actions.register_interest,
        form=register_forms.NewInterest,
        heading=_("Enter an interest in the register"),
        submit=_("Enter"),
        done=_("The interest is in the register."),
    ),
    Act(
        name="end-interest",
        path="interests/<int:pk>/end/",
        kind=Interest,
        verb=actions.end_interest,
        form=Ending,
        heading=_("An interest is no longer held"),
        submit=_("Save"),
        done=_("The last day is entered."),
        grave=LASTING,
    ),
    Act(
        name="disclose-interest",
        path="people/<slug:slug>/disclosure/",
        kind=Person,
        verb=actions.disclose_interest,
        form=register_forms.Disclosed,
        heading=_("An unregistered interest was disclosed"),
        submit=_("Save"),
        done=_("The disclosure is entered, and the 28 days run."),
    ),
    Act(
        name="notify-disclosure",
        path="disclosures/<int:pk>/told/",
        kind=Disclosure,
        verb=actions.notify_disclosure,
        form=register_forms.Notified,
        heading=_("The Monitoring Officer was told"),
        submit=_("Save"),
        done=_("That the Monitoring Officer was told is entered."),
    ),
)

ACCOUNTS = enter(
    Act(
        name="grant-role",
        path="people/<slug:slug>/role/",
        kind=Person,
        verb=actions.grant_role,
        form=people_forms.GrantedRole,
        heading=_("Give a role in the whole council"),
        submit=_("Give the role"),
        sensitive=True,
        done=_("The role is given."),
    ),
    Act(
        name="end-grant",
        path="roles/<int:pk>/end/",
        kind=Grant,
        verb=actions.end_grant,
        form=Ending,
        heading=_("End a role"),
        submit=_("End the role"),
        sensitive=True,
        done=_("The role ends on that day."),
        grave=LASTING,
    ),
    Act(
        name="open-account",
        path="people/<slug:slug>/account/",
        kind=Person,
        verb=actions.open_account,
        form=people_forms.NewAccount,
        heading=_("Open an account"),
        submit=_("Open the account"),
        sensitive=True,
        done=_("The account is open. An invitation lets its owner in for the first time."),
        then=("invite",),
    ),
    Act(
        name="close-account",
        path="people/<slug:slug>/account/close/",
        kind=Person,
        verb=actions.close_account,
        form=Confirming,
        heading=_("Close the account"),
        submit=_("Close the account"),
        sensitive=True,
        done=_("The account is closed."),
        grave=_("This person can no longer sign in here. What they did stays under their name."),
    ),
    Act(
        name="invite",
        path="people/<slug:slug>/invite/",
        kind=Person,
        verb=sign_in.invite,
        form=Confirming,
        heading=_("Send an invitation"),
        about=_("A letter goes to the address of the account. Whoever opens it chooses a password, and is in."),
        submit=_("Send the invitation"),
        sensitive=True,
        done=_("The invitation is on its way. It can be used for seven days."),
        undo="withdraw-invitation",
        then=("grant-role",),
    ),
    Act(
        name="withdraw-invitation",
        path="invitations/<int:pk>/withdraw/",
        kind=Invitation,
        verb=sign_in.withdraw_invitation,
        form=Confirming,
        heading=_("Withdraw an invitation"),
        submit=_("Withdraw"),
        done=_("The invitation opens nothing any more."),
        grave=_("The letter that was sent opens nothing any more. Another invitation can be sent."),
    ),
)

ACTS = (*PERSONS, *GROUPS, *POSTS, *REGISTER, *ACCOUNTS)
