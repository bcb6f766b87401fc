"""The only writers of the table of roles at the provider, and of the roles that are held by it."""

from __future__ import annotations

from tanzhi.actions.registry import Call, Refused, action, anywhere
from tanzhi.actions.roles import ROLES
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.alerts import alert
from tanzhi.organisations.people.founding import refuse_unfounded
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.people.work import RIGHTS, SECURITY, SELF, organisation_of_role
from tanzhi.rulebook.kernel.text import Text

from .inputs import NewRoleMapping, StatementProof
from .mapping import MappedGrant, RoleMapping, role_changes
from .queries import bound_person
from .statement import proved
from .work import end_mapped_grant, refuse_without_provider


@action(
    "organisations.map_role",
    label=Text("登记统一身份角色", "Map a role of the single sign-on"),
    by=SECURITY,
    place=anywhere,
    input=NewRoleMapping,
    **RIGHTS,
)
def map_role(call: Call) -> RoleMapping:
    """Two decide once on a role of the provider; whoever it names holds the role here. No duty is a choice."""
    refuse_unfounded(call)
    issuer = refuse_without_provider()
    data: NewRoleMapping = call.data
    organisation = organisation_of_role(data.role, data.organisation)
    alike = RoleMapping.objects.filter(in_force(call.today), issuer=issuer, claim=data.claim, role=data.role)
    if alike.filter(organisation=organisation).exists():
        raise Refused("SSO-MAPPED", Text("该对应关系已登记", "this mapping is there already"), 409)
    mapping = RoleMapping(issuer=issuer, claim=data.claim, role=data.role, organisation=organisation, since=call.today)
    mapping.save()
    return mapping


@action(
    "organisations.end_role_mapping",
    label=Text("终止统一身份角色", "End a mapped role of the single sign-on"),
    by=SECURITY,
    subject=RoleMapping,
    **RIGHTS,
)
def end_role_mapping(call: Call, mapping: RoleMapping) -> RoleMapping:
    """From today on, for whoever holds a role by it."""
    refuse_unfounded(call)
    if mapping.until is not None:
        raise Refused("SSO-ENDED", Text("该对应关系已终止", "this mapping was ended already"), 409)
    mapping.until = call.today
    mapping.save(update_fields=["until"])
    for grant in Grant.objects.filter(in_force(call.today), mapped__mapping=mapping).select_related("person"):
        end_mapped_grant(call, grant)
    return mapping


@action(
    "organisations.take_over_roles",
    label=Text("按统一身份授予角色", "Grant roles by the single sign-on"),
    by=SELF,
    subject=Person,
    input=StatementProof,
    leaves={"active"},
)
def take_over_roles(call: Call, person: Person) -> Person:
    """What the provider stated at this sign-in, by the mappings in force; the person and the auditors are told."""
    statement = proved(call.data.proof.get_secret_value())
    owner = bound_person(statement)
    if owner is None or owner.pk != person.pk:
        raise Refused("SSO-PROOF", Text("凭据不是该账户的", "the statement is of another account"), 403)
    changes = role_changes(person, statement, call.today)
    for grant in changes.ended:
        end_mapped_grant(call, grant)
    for mapping in changes.added:
        grant = Grant.objects.create(
            person=person, role=mapping.role, organisation=mapping.organisation, since=call.today
        )
        MappedGrant.objects.create(grant=grant, mapping=mapping)
        words = Text("按统一身份授予角色“{role}”", "role “{role}” granted by the single sign-on")
        alert(call, person, words.format(role=ROLES[mapping.role].label), rights=True)
    call.attach("added", [mapping.pk for mapping in changes.added])
    call.attach("ended", [grant.pk for grant in changes.ended])
    return person
