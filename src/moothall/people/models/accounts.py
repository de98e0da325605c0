"""Accounts: what one signs in with. One for each e-mail address, for all councils that its owner works for."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def small(email: str | None) -> str:
    """An address with A to Z as small letters. Others stay: a database may take ſ for s, and ı for i."""
    return (email or "").translate(SMALL)


class Accounts(BaseUserManager["Account"]):
    """Finds accounts, whatever the case that the address is typed in."""

    def at(self, email: str | None) -> Account | None:
        """The account of an address, if there is one."""
        return self.filter(email=small(email)).first()

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=small(username))

    async def aget_by_natural_key(self, username: str | None) -> Account:
        return await self.aget(email=small(username))

    def create_user(self, email: str, password: str | None = None) -> Account:
        """A new account; without a password none opens it. Only the verbs of people may call this."""
        account = self.model(email=small(email))
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody's way in. What they may do in a council hangs on the person there, never on the account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined = models.DateTimeField(_("since"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        super().clean()
        self.email = small(self.email)
