"""People and what they may, dated; links that work once."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.actions.references import reference
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.actions.witness import witnessed
from tanzhi.organisations.dated import Dated
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text

PERSON_STATES = {
    "invited": Text("已邀请", "Invited"),
    "active": Text("正常", "Active"),
    "disabled": Text("停用", "Disabled"),
}


class PersonManager(BaseUserManager["Person"]):
    def visible_to(self, actor: Actor) -> models.QuerySet[Person]:
        """Oneself, and whoever holds a grant in an organisation that the actor reaches; accounts' keeper: everybody."""
        if "security_administrator" in actor.roles:
            return self.all()
        reached = scope(actor, ScopeFields(organisation="grants__organisation_id", region="", person="pk"))
        return self.filter(reached).distinct()


class Person(AbstractBaseUser):
    """Somebody who signs in."""

    sign_in_name = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    state = models.CharField(max_length=20, default="invited")  # invited, active, disabled
    is_active = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    objects = PersonManager()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("sign_in_name",)

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """As Django does it, but a hash that a newer method replaces leaves an entry."""

        def rehash(password: str) -> None:
            with witnessed("organisations.password_rehashed", reference(self)):
                self.set_password(password)
                self._password = None
                self.save(update_fields=["password"])

        return check_password(raw_password, self.password, rehash)

    def get_absolute_url(self) -> str:
        return reverse("organisations:person", args=[self.pk])

    @property
    def state_label(self) -> Text:
        return PERSON_STATES[self.state]

    @property
    def place(self) -> Place:
        return Place(person_id=self.pk)


class Grant(Dated):
    """A role that a person holds in an organisation."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="grants")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("since", "pk")

    def get_absolute_url(self) -> str:
        return reverse("organisations:person", args=[self.person_id])

    @property
    def name(self) -> Text:
        """Whose role it is, which, and where it is held."""
        role = KNOWN_ROLES[self.role].label
        if self.organisation is None:
            return Text("{who}：{role}", "{who}: {role}").format(who=self.person.name, role=role)
        words = Text("{who}：{role}（{where}）", "{who}: {role} ({where})")
        return words.format(who=self.person.name, role=role, where=self.organisation.name)

    @property
    def place(self) -> Place:
        base = self.organisation.place if self.organisation else Place()
        return Place(base.organisation_id, base.region_path, self.person_id)


class Assignment(Dated):
    """An organisation that another one was asked to look after: a verifier's plant, a bank's project owner."""

    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assigned_to")
    basis = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)

    @property
    def place(self) -> Place:
        return self.organisation.place


class Founding(models.Model):
    """The first two administrators, appointed by the first command; the platform grants no right from then on."""

    audience = "nobody"
    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    @property
    def complete(self) -> bool:
        """Whether both have signed in."""
        return all(person.last_login is not None and person.is_active for person in (self.first, self.second))


class Token(models.Model):
    """A link that works once: an invitation or a reset. Only the digest of its secret is kept."""

    audience = "nobody"  # a secret

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    kind = models.CharField(max_length=20)  # invitation, reset; letter: a reset that waits to be printed
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Tally(models.Model):
    """How often something was done since a moment: a limit's memory, of use for an hour and then written over."""

    audience = "nobody"
    key = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
