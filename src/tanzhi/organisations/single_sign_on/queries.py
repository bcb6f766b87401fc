"""Who is meant by a statement of the provider: by the binding alone, or once by a verified mail."""

from __future__ import annotations

from tanzhi.actions import clock
from tanzhi.actions.references import reference
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import DUTIES
from tanzhi.evidence.models import Entry
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Person
from tanzhi.rulebook.kernel.text import Text

from .model import SignOnBinding, SignOnBindingQuerySet
from .statement import IdentityStatement

UNBOUND = Text(
    "您在认证平台的账户尚未与本平台的账户绑定，请联系安全管理员绑定标识 {identity}",
    "your account at the provider is bound to no account here: ask the security administrator to bind {identity}",
)
ENDED = Text(
    "该绑定已被解除，须由两名管理员重新绑定标识 {identity}",
    "this binding was ended: two administrators bind {identity} again",
)
MAIL_TWICE = Text(
    "本平台有几个账户使用您的邮箱，无法判断是哪一个，请联系安全管理员绑定标识 {identity}",
    "several accounts here have your e-mail address, and which one is yours is not guessed:"
    " ask the security administrator to bind {identity}",
)
MAIL_USED = Text(
    "邮箱对应的账户已绑定过另一标识，邮箱只可用于一次绑定；请联系安全管理员绑定标识 {identity}",
    "the account of this e-mail address was bound to another identity, and an address binds once:"
    " ask the security administrator to bind {identity}",
)
MAIL_OWN = Text(
    "该账户的邮箱由本人改过，未经核实，不按邮箱绑定；请联系安全管理员绑定标识 {identity}",
    "this account's e-mail address was changed by its owner and verified by nobody, so it binds nothing:"
    " ask the security administrator to bind {identity}",
)
DUTY = Text(
    "系统管理员、安全管理员和审计人员的账户不按邮箱绑定，须由两名管理员绑定标识 {identity}",
    "accounts of administrators and auditors are not bound by mail: two administrators bind {identity}",
)
DISABLED = Text("本平台的账户未启用或已停用，请联系安全管理员", "the account here is not active: ask the administrator")


def bound_person(statement: IdentityStatement) -> Person | None:
    """Whose account this is by a binding in force; refused where the account is not active."""
    binding = _bindings(statement).filter(identity=statement.subject, ended_at=None).select_related("person").first()
    if binding is None:
        return None
    if binding.person.state != "active":
        raise Refused("SSO-DISABLED", DISABLED, 403)
    return binding.person


def person_by_mail(statement: IdentityStatement) -> Person:
    """The only person of a verified mail who was never bound; anything else is refused and never guessed."""
    if _bindings(statement).filter(identity=statement.subject).exists():
        raise _refused("SSO-ENDED", ENDED, statement)
    if not statement.email or not statement.email_verified:
        raise _refused("SSO-UNBOUND", UNBOUND, statement)
    alike = Person.objects.filter(email__iexact=statement.email).exclude(state="disabled")
    # a database's own folding takes other letters for ASCII ones
    people = [person for person in alike if person.email.lower() == statement.email.lower()]
    if not people:
        raise _refused("SSO-UNBOUND", UNBOUND, statement)
    if len(people) > 1:
        raise _refused("SSO-MAIL-TWICE", MAIL_TWICE, statement)
    person = people[0]
    if _bindings(statement).filter(person=person).exists():
        raise _refused("SSO-MAIL-USED", MAIL_USED, statement)
    if Entry.objects.filter(kind="organisations.change_mail", subject=reference(person)).exists():
        raise _refused("SSO-MAIL-OWN", MAIL_OWN, statement)
    if person.grants.filter(in_force(clock.today()), role__in=DUTIES).exists():
        raise _refused("SSO-DUTY", DUTY, statement)
    if person.state != "active":
        raise Refused("SSO-DISABLED", DISABLED, 403)
    return person


def _bindings(statement: IdentityStatement) -> SignOnBindingQuerySet:
    return SignOnBinding.objects.filter(issuer=statement.issuer)


def _refused(code: str, words: Text, statement: IdentityStatement) -> Refused:
    return Refused(code, words.format(identity=statement.subject), 403)
