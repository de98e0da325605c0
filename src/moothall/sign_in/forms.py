"""The forms of signing in: allauth's, in our words, and with what fails noted."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter as accounts
from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.design_system.forms import Form
from moothall.people.models import Account
from moothall.people.queries import person_of
from moothall.sign_in import emails, mail, passkeys
from moothall.sign_in.log_entries import note

MOST = 40
"""Characters of a code that tell it apart; more than any has."""


class SignIn(LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, login=_("E-mail address"), password=_("Password"))


class AskForReset(ResetPasswordForm):  # type: ignore[misc]
    """The address that a letter goes to, with which a new password can be chosen."""

    users: list[Account]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, email=_("E-mail address"))

    def clean_email(self) -> str:
        """The address. Who has no password here yet, or is nobody in this council, counts as unknown."""
        if not mail.is_set_up():
            raise forms.ValidationError(mail.not_set_up(), code="email_not_set_up")
        email: str = super().clean_email()
        council = context.request.council
        self.users = [each for each in self.users if each.has_usable_password() and person_of(each, council)]
        context.request.letter_root = emails.root(council)  # asked for everybody, so that it takes the same work
        return email


class TakeUpInvitation(Form):
    """The first password."""

    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least 12 characters. Three words that do not belong together are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )


class _NotesFailure:
    """Notes in the council's log that a second factor or a passkey was wrong."""

    user: Any
    cleaned_data: Any

    def _noted(self, check: Any) -> Any:
        try:
            return check()
        except ValidationError:
            note(context.request, "failed_second_factor", self.user)
            raise

    def _of_here(self, check: Any) -> Any:
        """A passkey that was made for this host. One account serves several councils, and whoever writes their own
        authenticator can make a key for the host of one that answers at that of another.
        """
        authenticator = check()
        if not passkeys.made_for(authenticator, get_adapter().get_public_key_credential_rp_entity()["id"]):
            raise get_adapter().validation_error("incorrect_code")
        return authenticator

    def _once(self, check: Any) -> str:
        """A code that was not used before: allauth remembers for one step of the clock, and takes those beside it."""
        # allauth takes "123-456" for 123456, so that both count as one code here, too
        code = "".join(filter(str.isalnum, self.cleaned_data["code"])).lower()
        key = f"sign_in.code:{self.user.pk}:{code[:MOST]}"
        steps = 1 + 2 * mfa.TOTP_TOLERANCE
        if cache.get(key) is None:
            given: str = check()
            if cache.add(key, "used", timeout=steps * mfa.TOTP_PERIOD):
                return given
        elif cache.get(key) == "used":
            cache.set(key, "told", timeout=steps * mfa.TOTP_PERIOD)
            accounts().send_notification_mail("account/email/code_reused", self.user)
        raise get_adapter().validation_error("incorrect_code")


class SetUpApp(_NotesFailure, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app, which opens nothing else afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, code=_("Code"))

    def clean_code(self) -> str:
        """The code, if it is right."""
        return self._once(super().clean_code)


class Code(_NotesFailure, AuthenticateForm):  # type: ignore[misc]
    """The code of an authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, code=_("Code"))

    def clean_code(self) -> Any:
        """The code, if it is right, and for the first time."""
        return self._noted(lambda: self._once(super(Code, self).clean_code))


class CodeAgain(_NotesFailure, ReauthenticateForm):  # type: ignore[misc]
    """The code again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, code=_("Code"))

    def clean_code(self) -> Any:
        """The code, if it is right, and for the first time."""
        return self._noted(lambda: self._once(super(CodeAgain, self).clean_code))


class Key(_NotesFailure, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as second factor."""

    def clean_credential(self) -> Any:
        """The passkey, if it is right."""
        return self._noted(lambda: self._of_here(super(Key, self).clean_credential))


class KeyAlone(_NotesFailure, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of a password."""

    def clean_credential(self) -> Any:
        """The passkey, if it is right."""
        return self._noted(lambda: self._of_here(super(KeyAlone, self).clean_credential))


class KeyAgain(_NotesFailure, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey again, before something sensitive."""

    def clean_credential(self) -> Any:
        """The passkey, if it is right."""
        return self._noted(lambda: self._of_here(super(KeyAgain, self).clean_credential))


def _in_our_words(form: forms.Form, **labels: Any) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)
