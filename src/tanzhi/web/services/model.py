"""Programs of organisations, and what other organisations agreed that they prepare."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text

ACTIVE, ENDED = "active", "ended"
AGREED, WITHDRAWN = "agreed", "withdrawn"
ACCOUNT_STATES = {ACTIVE: Text("有效", "valid"), ENDED: Text("已停用", "ended")}
CONSENT_STATES = {AGREED: Text("有效", "in force"), WITHDRAWN: Text("已撤回", "withdrawn")}


class ServiceAccountQuerySet(models.QuerySet["ServiceAccount"]):
    fields = ScopeFields()

    def visible_to(self, actor: Actor) -> ServiceAccountQuerySet:
        """Whoever reaches its organisation, and whoever reaches one that agreed to it."""
        agreed = ServiceConsent.objects.filter(scope(actor))
        own = Q(pk=actor.service.account) if actor.service is not None else Q(pk__in=[])
        return self.filter(scope(actor) | own | Q(pk__in=agreed.order_by().values("account")))


class ServiceAccount(models.Model):
    """A program of an organisation that acts in its own name; of its key only the digest is stored."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="service_accounts")
    scopes: models.JSONField[Any, Any] = models.JSONField(default=list)  # "read", a room, an action's name
    state = models.CharField(max_length=20, default=ACTIVE)
    opened_at = models.DateTimeField()
    ends_on = models.DateField()  # the last day on which its key is valid
    ended_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)  # of the key; empty: none was issued
    key_issued_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    objects = ServiceAccountQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("web:service", args=[self.pk])

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def state_label(self) -> Text:
        return ACCOUNT_STATES[self.state]


class ServiceConsentQuerySet(models.QuerySet["ServiceConsent"]):
    fields = ScopeFields()

    def visible_to(self, actor: Actor) -> ServiceConsentQuerySet:
        """The organisation that agreed and its authorities; whoever reaches the program's organisation; the program."""
        holders = scope(actor, ScopeFields("account__organisation_id", "account__organisation__region__path"))
        own = Q(account=actor.service.account) if actor.service is not None else Q(pk__in=[])
        return self.filter(scope(actor) | holders | own)


class ServiceConsent(models.Model):
    """An organisation agrees that a program prepares and checks for it, and reads what it needs for that."""

    account = models.ForeignKey(ServiceAccount, models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="service_consents")
    scopes: models.JSONField[Any, Any] = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=AGREED)
    agreed_at = models.DateTimeField()
    until = models.DateField()  # the last day of it
    withdrawn_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    objects = ServiceConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-agreed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["account", "organisation"], condition=Q(state=AGREED), name="one_consent_in_force"
            ),
        )

    def get_absolute_url(self) -> str:
        return reverse("web:service", args=[self.account_id])

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def state_label(self) -> Text:
        return CONSENT_STATES[self.state]
