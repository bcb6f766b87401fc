"""The only writers of bindings to accounts at the provider."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from tanzhi.actions.registry import Call, Refused, action
from tanzhi.actions.roles import ROLES
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.alerts import alert
from tanzhi.organisations.people.founding import refuse_unfounded
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.people.work import RIGHTS, SECURITY, SELF, end_sessions_of
from tanzhi.rulebook.kernel.text import Text

from .inputs import NewBinding, StatementProof
from .model import BY_ADMINISTRATORS, BY_MAIL, SignOnBinding
from .queries import person_by_mail
from .statement import proved


@action(
    "organisations.bind_identity",
    label=Text("绑定统一身份", "Bind to the single sign-on"),
    by=SECURITY,
    subject=Person,
    input=NewBinding,
    leaves={"active"},
    **RIGHTS,
)
def bind_identity(call: Call, person: Person) -> SignOnBinding:
    """Whoever signs in at the provider as this identity is this person here: a key to the account, so two decide."""
    refuse_unfounded(call)
    issuer = refuse_without_provider()
    identity: str = call.data.identity
    open_bindings = SignOnBinding.objects.filter(issuer=issuer, ended_at=None)
    binding = open_bindings.filter(Q(identity=identity) | Q(person=person)).select_related("person").first()
    if binding is not None:
        message = Text(
            "{name}已绑定标识 {identity}：一人一标识，请先解除",
            "{name} is bound to {identity}: one person, one identity; end that binding first",
        )
        raise Refused("SSO-BOUND", message.format(name=binding.person.name, identity=binding.identity), 409)
    return _bind(call, person, issuer, identity, BY_ADMINISTRATORS)


@action(
    "organisations.bind_by_mail",
    label=Text("按邮箱绑定统一身份", "Bind to the single sign-on by mail"),
    by=SELF,
    subject=Person,
    input=StatementProof,
    leaves={"active"},
)
def bind_by_mail(call: Call, person: Person) -> SignOnBinding:
    """At the first sign-in, where the provider verified the mail and exactly one account has it; never again."""
    statement = proved(call.data.proof.get_secret_value())
    if person_by_mail(statement).pk != person.pk:
        message = Text("邮箱不是该账户的", "the e-mail address is not this account's")
        raise Refused("SSO-UNBOUND", message, 403)
    return _bind(call, person, statement.issuer, statement.subject, BY_MAIL)


@action(
    "organisations.end_binding",
    label=Text("解除统一身份绑定", "End the binding to the single sign-on"),
    by={*SECURITY, *SELF},
    subject=SignOnBinding,
    sensitive=True,
)
def end_binding(call: Call, binding: SignOnBinding) -> SignOnBinding:
    """The identity signs in as nobody from now on: sessions end, and the roles that it brought from the provider.

    Whoever has lost it cannot wait for two.
    """
    if binding.ended_at is not None:
        raise Refused("SSO-ENDED", Text("该绑定已解除", "this binding was ended already"), 409)
    binding.ended_at = call.now
    binding.save(update_fields=["ended_at"])
    end_sessions_of(binding.person)
    grants = Grant.objects.filter(in_force(call.today), person=binding.person, mapped__mapping__issuer=binding.issuer)
    for grant in grants.select_related("person"):
        end_mapped_grant(call, grant)
    call.attach("person", binding.person_id)
    alert(call, binding.person, Text("统一身份绑定已解除", "the binding to the single sign-on was ended"), rights=True)
    return binding


def end_mapped_grant(call: Call, grant: Grant) -> None:
    """A role that was held by the provider's word ends today, and its holder is told."""
    grant.until = call.today
    grant.save(update_fields=["until"])
    words = Text("统一身份不再授予角色“{role}”", "role “{role}” is given by the single sign-on no more")
    alert(call, grant.person, words.format(role=ROLES[grant.role].label), rights=True)


def refuse_without_provider() -> str:
    """The issuer that is set up; without one there is nothing to bind or to map."""
    if not settings.SIGN_ON.issuer:
        message = Text("本平台没有配置统一身份认证", "no single sign-on is set up here")
        raise Refused("SSO-OFF", message, 409)
    return str(settings.SIGN_ON.issuer)


def _bind(call: Call, person: Person, issuer: str, identity: str, way: str) -> SignOnBinding:
    binding = SignOnBinding(person=person, issuer=issuer, identity=identity, way=way, bound_at=call.now)
    binding.save()
    call.attach("person", person.pk)
    call.attach("way", way)
    call.attach_private("identity", identity)
    alert(call, person, Text("已绑定统一身份认证", "bound to the single sign-on"), rights=True)
    return binding
