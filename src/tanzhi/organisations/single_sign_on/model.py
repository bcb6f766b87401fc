"""Whose account at the provider signs in as whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place, ScopeFields, scope
from tanzhi.organisations.people.model import Person
from tanzhi.rulebook.kernel.text import Text

BY_ADMINISTRATORS, BY_MAIL = "administrators", "mail"
WAYS = {
    BY_ADMINISTRATORS: Text("两名管理员绑定", "bound by two administrators"),
    BY_MAIL: Text("按已验证邮箱绑定", "bound by a verified mail"),
}


class SignOnBindingQuerySet(models.QuerySet["SignOnBinding"]):
    fields = ScopeFields(organisation="", region="", person="person_id")

    def visible_to(self, actor: Actor) -> SignOnBindingQuerySet:
        """One's own; whoever keeps the accounts sees all."""
        return self.all() if "security_administrator" in actor.roles else self.filter(scope(actor, self.fields))


class SignOnBinding(models.Model):
    """An account at the provider, by its lasting identifier, that signs in as a person until the binding is ended."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="sign_on_bindings")
    issuer = models.CharField(max_length=255)
    identity = models.CharField(max_length=255)  # `sub`: never given to anybody else by the provider
    way = models.CharField(max_length=20)
    bound_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    objects = SignOnBindingQuerySet.as_manager()

    class Meta:
        ordering = ("bound_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["issuer", "identity"], condition=Q(ended_at=None), name="one_person_an_identity"
            ),
            models.UniqueConstraint(
                fields=["issuer", "person"], condition=Q(ended_at=None), name="one_identity_a_person"
            ),
        )

    @property
    def name(self) -> str:
        return self.person.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:person", args=[self.person_id])

    @property
    def place(self) -> Place:
        return Place(person_id=self.person_id)

    @property
    def way_label(self) -> Text:
        return WAYS[self.way]
