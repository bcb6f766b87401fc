"""A representative of an account: who acts on it for its holder, by which papers, from when until when."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.model import Account

APPOINTED, IN_FORCE, REFUSED, ENDED = "appointed", "in_force", "refused", "ended"
CURRENT = (APPOINTED, IN_FORCE)


class RepresentativeQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="account__organisation_id", region="account__region__path")

    def acting(self, account: Account, on: Any) -> RepresentativeQuerySet:
        """Whoever represents an account on a day."""
        return self.filter(account=account, state=IN_FORCE, since__lte=on)


class Representative(CaseRecord):
    """Somebody of an organisation whom it appointed for its account (账户代表); in force once two decided on it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="representatives")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)  # the day on which it ended
    reason = models.CharField(max_length=300, blank=True)  # of a refusal or an end
    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["account", "person"], condition=Q(state__in=CURRENT), name="one_appointment_of_a_person"
            ),
        )

    @property
    def place(self) -> Place:
        return self.account.place

    @property
    def origin(self) -> Account:
        return self.account

    @property
    def name(self) -> Text:
        words = Text("{who} 账户代表 {person}", "{who}: representative {person}")
        return words.format(who=self.account.name, person=self.person.name)

    def get_absolute_url(self) -> str:
        return reverse("registry:representative", args=[self.pk])
