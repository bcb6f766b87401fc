"""A penalty case (行政处罚案件): its facts, what was proposed, stated, heard, decided, paid, and made public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Place, ScopeFields
from tanzhi.actions.state_record import CaseRecord
from tanzhi.law.evaluation import count
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.scope import ScopedQuerySet
from tanzhi.rulebook.clocks import add_months
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.penalties import OFFENCES

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

UNIT, PERSON = "unit", "person"
FINED = {UNIT: Text("单位", "The unit"), PERSON: Text("责任人员", "Responsible person")}
OPENED, INVESTIGATED, NOTIFIED, DEFENDED = "opened", "investigated", "notified", "defended"
HEARING_ASKED, HEARING_CALLED, HEARD = "hearing_asked", "hearing_called", "heard"
DECIDED, DELIVERED, CHALLENGED, PAID = "decided", "delivered", "challenged", "paid"
CLOSED, NO_FINE, HANDED_OVER, REVOKED = "closed", "no_fine", "handed_over", "revoked"
AUTHORITY = frozenset({"city_officer", "provincial_officer", "provincial_director", "auditor", "administrator"})
MONTHS_OF_A_YEAR = 12
CHALLENGES = {
    "reconsideration": Text("行政复议", "Administrative reconsideration"),
    "suit": Text("行政诉讼", "Administrative suit"),
}
GRAVITIES = {
    "": Text("一般案件", "Ordinary case"),
    "public_interest": Text("涉及重大公共利益", "A grave public interest is at stake"),
    "complex": Text("疑难复杂、涉及多个法律关系", "Complex, or of several legal relations"),
    "grave": Text("重大违法行为", "A grave offence"),
}
LEGAL, DISCUSSION = "legal", "discussion"
REVIEW_KINDS = {LEGAL: Text("法制审核", "Legal review"), DISCUSSION: Text("集体讨论", "Discussed by the heads")}
PASSED, NOT_PASSED = "passed", "not_passed"
REVIEW_OUTCOMES = {PASSED: Text("通过", "Passed"), NOT_PASSED: Text("未通过", "Not passed")}
NO_GROUND = Text("无", "None")
INSTALMENT_ANSWERS = {"granted": Text("准予", "Granted"), "refused": Text("不予准许", "Refused")}
NO_ANSWER = Text("未答复", "Not answered")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a fine: the day agreed, its last day (a holiday gives way to the next working day), CNY."""

    day: date
    last_day: date
    amount: Decimal

    @classmethod
    def stored(cls, row: dict[str, str]) -> Instalment:
        return cls(date.fromisoformat(row["day"]), date.fromisoformat(row["last_day"]), Decimal(row["amount"]))

    def as_row(self) -> dict[str, str]:
        """As a record keeps it."""
        return {"day": self.day.isoformat(), "last_day": self.last_day.isoformat(), "amount": str(self.amount)}


class PenaltyQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """The authority's from the first day on; the party's own from the notice on."""
        reached = super().visible_to(actor)
        return reached if AUTHORITY & actor.roles else reached.filter(notified_on__isnull=False)

    def untold_to(self, actor: Actor) -> ScopedQuerySet:
        """In reach, but not notified yet: nothing that names such a case is for this reader either."""
        if AUTHORITY & actor.roles:
            return self.none()
        return super().visible_to(actor).filter(notified_on=None)

    def public_on(self, day: date) -> models.QuerySet[Penalty]:
        """Decisions that the public finds on a day: published, not withdrawn, and not past their period."""
        rows = self.filter(published_on__lte=day).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))
        return rows.filter(public_until__gte=day)


class Penalty(CaseRecord):
    """One offence of one party, from its opening until the fine is paid, or there is none."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="penalties")
    fined = models.CharField(max_length=10, default=UNIT)
    offence = models.CharField(max_length=40)
    acted_on = models.DateField()  # of an act that went on, its last day
    found_on = models.DateField()
    origin_ref = models.CharField(max_length=100, blank=True)  # the record that it was opened from
    text = models.TextField()  # what is suspected
    investigators = models.TextField(blank=True)
    facts = models.TextField(blank=True)  # as they were found
    illegal_gain = models.CharField(max_length=40, blank=True)  # CNY; blank: not stated
    missing = models.CharField(max_length=40, blank=True)  # tCO2
    mean_price = models.CharField(max_length=40, blank=True)  # CNY/t
    price_source = models.CharField(max_length=300, blank=True)
    next_quota = models.CharField(max_length=40, blank=True)  # tCO2
    notified_on = models.DateField(null=True)
    proposed = models.CharField(max_length=40, blank=True)  # CNY
    order = models.TextField(blank=True)  # what is to be corrected, and what else is ordered
    grounds = models.TextField(blank=True)
    gravity = models.CharField(max_length=20, blank=True)  # what the law asks more of than of an ordinary case
    notice_ground = models.CharField(max_length=40, blank=True)  # of a fine proposed below the range, or lighter
    statement = models.TextField(blank=True)  # of the party
    hearing_on = models.DateField(null=True)
    hearing_place = models.CharField(max_length=300, blank=True)
    hearing = models.TextField(blank=True)  # the record of it
    hearing_basis = models.TextField(blank=True)  # what of it the decision rests on
    law_day = models.DateField(null=True)  # whose law was applied
    range_least = models.CharField(max_length=40, blank=True)  # CNY, as it was when decided
    range_greatest = models.CharField(max_length=40, blank=True)
    fine = models.CharField(max_length=40, blank=True)  # CNY, decided
    decision = models.TextField(blank=True)  # its reason
    ground = models.CharField(max_length=40, blank=True)  # of a fine that is lighter or below the range, or of none
    decision_number = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    due_on = models.DateField(null=True)  # last day to pay
    # Paying later or in parts (行政处罚法第六十六条): what the party asked for, and what was answered.
    instalments_asked_on = models.DateField(null=True)
    instalments_reason = models.TextField(blank=True)
    instalments_proposed: models.JSONField[Any, Any] = models.JSONField(default=list)  # rows of `Instalment`
    instalments_answered_on = models.DateField(null=True)
    instalments_answer = models.CharField(max_length=10, blank=True)
    instalments_opinion = models.TextField(blank=True)
    instalments: models.JSONField[Any, Any] = models.JSONField(default=list)  # as agreed
    challenge = models.CharField(max_length=20, blank=True)
    challenge_text = models.TextField(blank=True)
    challenged_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    settlement = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    public_until = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawal = models.TextField(blank=True)
    objects = PenaltyQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-pk")

    @property
    def place(self) -> Place:
        return self.organisation.place

    @property
    def name(self) -> Text:
        named = Text("处罚案件：{name} {offence}（{day}）", "Penalty case: {name}, {offence} ({day})")
        return named.format(name=self.organisation.name, offence=self.offence_label, day=self.acted_on)

    @property
    def offence_label(self) -> Text:
        return OFFENCES[self.offence]

    @property
    def fine_cny(self) -> Decimal | None:
        """The fine that was decided, CNY; None before, and where there is none."""
        return Decimal(self.fine) if self.fine else None

    @property
    def payment_plan(self) -> list[Instalment]:
        """The parts agreed, by their days; none where the fine is due as the law has it."""
        return [Instalment.stored(row) for row in self.instalments]

    def get_absolute_url(self) -> str:
        return reverse("verification:penalty", args=[self.pk])

    def seen_by(self, actor: Actor) -> bool:
        return Penalty.objects.visible_to(actor).filter(pk=self.pk).exists()

    def worked_by(self, actor: Actor) -> bool:
        return self.seen_by(actor)

    @property
    def is_public(self) -> bool:
        """Whether the public finds the decision today."""
        return Penalty.objects.public_on(clock.today()).filter(pk=self.pk).exists()


def public_until(day: date) -> date:
    """The last day on which a decision published on a day is public."""
    return add_months(day, MONTHS_OF_A_YEAR * count("procedure.penalty_public_years", on=day))


class PenaltyPaymentQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="penalty__organisation_id", region="penalty__organisation__region__path")

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        return self.filter(penalty__in=Penalty.objects.visible_to(actor))


class PenaltyPayment(models.Model):
    """What was paid of a fine, by the bank's document."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount = models.CharField(max_length=40)  # CNY
    document = models.CharField(max_length=100)
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    objects = PenaltyPaymentQuerySet.as_manager()

    class Meta:
        ordering = ("paid_on", "pk")
        constraints = (models.UniqueConstraint(fields=["penalty", "document"], name="one_payment_a_document"),)

    @property
    def place(self) -> Place:
        return self.penalty.place

    @property
    def name(self) -> Text:
        named = Text("{penalty}：缴款 {document}", "{penalty}: payment {document}")
        return named.format(penalty=self.penalty.name, document=self.document)

    def get_absolute_url(self) -> str:
        return self.penalty.get_absolute_url()


class PenaltyReviewQuerySet(ScopedQuerySet):
    fields = ScopeFields(organisation="penalty__organisation_id", region="penalty__organisation__region__path")

    def visible_to(self, actor: Actor) -> ScopedQuerySet:
        """The authority's alone: a party reads the decision, not what was said about it inside."""
        return self.filter(penalty__in=Penalty.objects.visible_to(actor)) if AUTHORITY & actor.roles else self.none()


class PenaltyReview(models.Model):
    """What a legal review, or the heads together, came to before a penalty was decided."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    held_on = models.DateField()
    after_hearing = models.BooleanField()  # one before a hearing says nothing of what was heard
    members = models.TextField(blank=True)  # who discussed
    opinion = models.TextField()
    person_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    objects = PenaltyReviewQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    @property
    def place(self) -> Place:
        return self.penalty.place

    @property
    def name(self) -> Text:
        return Text("{penalty}：{kind}", "{penalty}: {kind}").format(penalty=self.penalty.name, kind=self.kind_label)

    @property
    def kind_label(self) -> Text:
        return REVIEW_KINDS[self.kind]

    @property
    def outcome_label(self) -> Text:
        return REVIEW_OUTCOMES[self.outcome]

    def get_absolute_url(self) -> str:
        return self.penalty.get_absolute_url()
