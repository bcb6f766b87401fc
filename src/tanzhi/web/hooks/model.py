"""Hooks of programs, and what was sent through them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.events.model import ActEvent
from tanzhi.web.services.model import ServiceAccount

ACTIVE, STOPPED, DISABLED = "active", "stopped", "disabled"
HOOK_STATES = {
    ACTIVE: Text("有效", "active"),
    STOPPED: Text("已停止", "stopped"),
    DISABLED: Text("多次失败，已停用", "disabled after failures"),
}
WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"
DELIVERY_STATES = {
    WAITING: Text("待送达", "waiting"),
    DELIVERED: Text("已送达", "delivered"),
    FAILED: Text("未送达", "not delivered"),
}


class WebHookQuerySet(models.QuerySet["WebHook"]):
    fields = ScopeFields("account__organisation_id", "account__organisation__region__path")

    def visible_to(self, actor: Actor) -> WebHookQuerySet:
        """Whoever reaches the program's organisation; plants that agreed see the program, not where it listens."""
        return self.filter(scope(actor, self.fields))


class WebHook(models.Model):
    """An address of a program to which events are sent; its secret is derived from the platform's and never stored."""

    account = models.ForeignKey(ServiceAccount, models.PROTECT, related_name="hooks")
    url = models.CharField(max_length=500)
    kinds: models.JSONField[Any, Any] = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=ACTIVE, db_index=True)
    generation = models.PositiveIntegerField(default=1)  # of its secret
    added_at = models.DateTimeField()
    position = models.BigIntegerField(default=0)  # place in the log from which events are still to be listed for it
    failures = models.PositiveIntegerField(default=0)  # in a row
    retry_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    objects = WebHookQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def get_absolute_url(self) -> str:
        return reverse("web:hook", args=[self.pk])

    @property
    def place(self) -> Place:
        return self.account.organisation.place

    @property
    def state_label(self) -> Text:
        return HOOK_STATES[self.state]

    @property
    def tone(self) -> str:
        return {ACTIVE: "ok", DISABLED: "late"}.get(self.state, "")


class Delivery(models.Model):
    """An event on its way to a hook."""

    part_of = "hook"

    hook = models.ForeignKey(WebHook, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(ActEvent, models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=20, default=WAITING, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # of the receiver's last answer
    fault = models.CharField(max_length=20, blank=True)  # the code of what went wrong last
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["hook", "event"], name="one_delivery_of_an_event"),)

    @property
    def state_label(self) -> Text:
        return DELIVERY_STATES[self.state]

    @property
    def tone(self) -> str:
        return {DELIVERED: "ok", FAILED: "late", WAITING: "due"}[self.state]
