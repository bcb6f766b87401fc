"""Which role at the provider stands for which role here, and which roles somebody holds by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.urls import reverse

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import DUTIES, PLANT, ROLES
from tanzhi.organisations.dated import Dated, in_force
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text

from .statement import IdentityStatement


class RoleMappingQuerySet(models.QuerySet["RoleMapping"]):
    def visible_to(self, actor: Actor) -> RoleMappingQuerySet:
        """The three duties: whoever keeps the accounts, the platform, the eye on both."""
        return self.all() if DUTIES & actor.roles else self.none()


class RoleMapping(Dated):
    """A role at the provider that gives a role here, for as long as the mapping is in force and the claim names it."""

    issuer = models.CharField(max_length=255)
    claim = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    objects = RoleMappingQuerySet.as_manager()

    class Meta:
        ordering = ("claim", "pk")

    def get_absolute_url(self) -> str:
        return reverse("organisations:role_mappings")

    @property
    def place(self) -> Place:
        return Place(person_id=0)  # of everybody's accounts and nobody's own: whoever keeps them reaches it

    @property
    def role_label(self) -> Text:
        return ROLES[self.role].label


class MappedGrant(models.Model):
    """That a role is held by a mapping, and ends with it; a role given here has none of these."""

    part_of = "grant"
    grant = models.OneToOneField(Grant, models.PROTECT, related_name="mapped")
    mapping = models.ForeignKey(RoleMapping, models.PROTECT, related_name="grants")


@dataclass(frozen=True, slots=True)
class RoleChanges:
    """What a statement changes in the roles of somebody, and what of it is without effect."""

    added: list[RoleMapping]
    ended: list[Grant]
    unmapped: list[str]
    conflicting: list[RoleMapping]


def role_changes(person: Person, statement: IdentityStatement, on: date) -> RoleChanges:
    """By the mappings in force alone: a role that none of them names gives nothing; roles given here stay."""
    if statement.roles is None:
        message = Text(
            "认证平台没有声明您的角色，无法办理；请联系认证平台的管理员",
            "the provider did not state your roles, which is not the same as none: ask its administrators",
        )
        raise Refused("SSO-CLAIM", message, 403)
    in_use = RoleMapping.objects.filter(in_force(on), issuer=statement.issuer, claim__in=statement.roles)
    mappings = list(in_use.select_related("organisation"))
    grants = list(person.grants.filter(in_force(on)).select_related("mapped"))
    in_claim = {mapping.pk for mapping in mappings}
    ended = [grant for grant in grants if hasattr(grant, "mapped") and grant.mapped.mapping_id not in in_claim]
    present = {(grant.role, grant.organisation_id) for grant in grants if grant not in ended}
    added, conflicting = [], []
    for mapping in mappings:
        key = (mapping.role, mapping.organisation_id)
        if key in present:
            continue
        other = {(role, mapping.organisation_id) for role in PLANT - {mapping.role}} if mapping.role in PLANT else set()
        closed = mapping.organisation is not None and mapping.organisation.state != "active"
        if closed or other & present:
            conflicting.append(mapping)
        else:
            added.append(mapping)
            present.add(key)
    mapped = {mapping.claim for mapping in mappings}
    return RoleChanges(added, ended, [role for role in statement.roles if role not in mapped], conflicting)
