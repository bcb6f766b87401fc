"""What a head does with the people of his organisation; never beyond it, and never all of it to himself."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from tanzhi.actions.language import listed
from tanzhi.actions.refusal import wrong_state
from tanzhi.actions.registry import Call, Refused, action, before_its_cause
from tanzhi.actions.roles import HEAD, PLANT, ROLES, ROLES_OF_KIND
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.alerts import alert
from tanzhi.organisations.people.founding import refuse_unfounded
from tanzhi.organisations.people.inputs import OrganisationReasonInput
from tanzhi.organisations.people.links import Issued, issue
from tanzhi.organisations.people.mail import reaches_by_mail, send_link
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.people.work import end_access
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import KINDS, misfit, taken
from tanzhi.rulebook.kernel.text import Text, same

from . import inputs
from .queries import people_of

if TYPE_CHECKING:
    from datetime import date

# A head answers for his own organisation alone; the password is given again, and no program's key does this.
OWN: dict[str, Any] = {"by": {HEAD}, "sensitive": True}
ONESELF = Text(
    "不得为本人授予角色或停用本人账户，请另一名负责人或管理员办理",
    "nobody gives himself a role or disables his own account: another head or the administrators do",
)


@action(
    "organisations.own_invite",
    label=Text("邀请本单位人员", "Invite own staff"),
    subject=Organisation,
    input=inputs.NewOwnPerson,
    leaves={"active"},
    **OWN,
)
def own_invite(call: Call, organisation: Organisation) -> Issued:
    """An account with one role of the organisation's kind; the link is mailed or printed, and works once."""
    refuse_unfounded(call)
    data: inputs.NewOwnPerson = call.data
    refuse_other_kind(organisation, data.role)
    _refuse_past(call, data.until)
    email = data.email.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            expected = Text("完整的邮箱地址，如 name@example.com", "a whole address such as name@example.com")
            raise misfit("email", Text("邮箱", "E-mail"), email, expected) from None
    refuse_alike(organisation, data.name, email)
    if Person.objects.filter(sign_in_name__iexact=data.sign_in_name).exists():
        raise taken("sign_in_name", Text("登录名", "Sign-in name"), data.sign_in_name)
    person = Person(sign_in_name=data.sign_in_name, name=data.name, email=email, language=data.language)
    person.set_unusable_password()
    person.save()
    grant = _grant(call, person, organisation, data)
    call.attach("person", person.pk)
    call.attach("grant", grant.pk)
    call.attach_private("person_name", data.name)
    return issue(person, "invitation", call.now)


@action(
    "organisations.own_grant",
    label=Text("授予本单位角色", "Grant a role to own staff"),
    subject=Grant,
    input=inputs.NewOwnRole,
    **OWN,
)
def own_grant(call: Call, grant: Grant) -> Grant:
    """One more role for somebody of the organisation; nobody gives himself a role."""
    refuse_unfounded(call)
    data: inputs.NewOwnRole = call.data
    organisation, person = _own(grant)
    _refuse_oneself(call, person)
    if person.state == "disabled":
        raise wrong_state(Text("授予本单位角色", "Grant a role to own staff"), "disabled", "active, invited")
    refuse_other_kind(organisation, data.role)
    _refuse_past(call, data.until)
    current = person.grants.filter(Q(until=None) | Q(until__gt=call.today), organisation=organisation)
    if current.filter(role=data.role).exists():
        message = Text("{name}已有角色“{role}”", "{name} has the role “{role}” already")
        raise Refused("ORG-HOLDS", message.format(name=person.name, role=ROLES[data.role].label), 409)
    if data.role in PLANT and current.filter(role__in=PLANT).exists():
        message = Text(
            "填报人和审批人须为两人：{name}已任其一。请先终止现有角色，或另择人员",
            "filer and approver are two people and {name} is one of them: end that role or choose another person",
        )
        raise Refused("ORG-BOTH", message.format(name=person.name), 409)
    return _grant(call, person, organisation, data)


@action(
    "organisations.own_end_grant",
    label=Text("终止本单位角色", "End a role of own staff"),
    subject=Grant,
    input=inputs.OwnRoleEnd,
    **OWN,
)
def own_end_grant(call: Call, grant: Grant) -> Grant:
    """From today or a later day on; whoever has no role left is signed out, and the programs' keys end."""
    refuse_unfounded(call)
    organisation, person = _own(grant)
    until = call.data.until or call.today
    if grant.until is not None and grant.until <= call.today:
        message = Text("该角色已于 {day} 终止", "this role ended on {day} already")
        raise Refused("ORG-ENDED", message.format(day=grant.until.isoformat()), 409)
    _refuse_past(call, until, today=True)
    if until < grant.since:
        raise before_its_cause(Text("截止", "The end"), until.isoformat(), grant.since.isoformat())
    if grant.role == HEAD:
        _refuse_last_head(organisation, person, until)
    grant.until = until
    grant.save(update_fields=["until"])
    if not person.grants.filter(in_force(call.today)).exists():
        end_access(person, call.now)
    ended = Text("终止角色“{role}”", "role “{role}” ended").format(role=ROLES[grant.role].label)
    alert(call, person, ended, rights=True)
    return grant


@action(
    "organisations.own_invite_again",
    label=Text("重发本单位人员邀请", "Invite own staff again"),
    subject=Grant,
    **OWN,
)
def own_invite_again(call: Call, grant: Grant) -> Issued:
    """A new link for somebody who has not come in yet; the earlier one ends."""
    organisation, person = _own(grant)
    if person.state != "invited":
        raise wrong_state(Text("重发本单位人员邀请", "Invite own staff again"), person.state, "invited")
    _refuse_shared(person, organisation, call.today)
    call.attach("person", person.pk)
    return issue(person, "invitation", call.now)


@action(
    "organisations.own_offer_reset",
    label=Text("发出本单位人员重置链接", "Send own staff a reset link"),
    subject=Grant,
    **OWN,
)
def own_offer_reset(call: Call, grant: Grant) -> str:
    """To the person's own mail and to nobody's eyes; without mail, two administrators decide on a sealed letter."""
    refuse_unfounded(call)
    organisation, person = _own(grant)
    if person.state != "active":
        raise wrong_state(Text("发出本单位人员重置链接", "Send own staff a reset link"), person.state, "active")
    _refuse_shared(person, organisation, call.today)
    if not reaches_by_mail(person):
        message = Text(
            "{name}没有可用邮箱：请由管理员重置，两人批准后打印密封函",
            "no mail reaches {name}: ask the administrators, two of whom decide on a sealed letter",
        )
        raise Refused("ORG-MAIL", message.format(name=person.name), 409)
    issued = issue(person, "reset", call.now)
    alert(call, person, Text("密码重置链接已发出", "a link to reset the password was sent"), rights=True)
    transaction.on_commit(lambda: send_link(issued))
    call.attach("person", person.pk)
    return "mail"


@action(
    "organisations.own_disable",
    label=Text("停用本单位人员账户", "Disable an account of own staff"),
    subject=Grant,
    input=OrganisationReasonInput,
    **OWN,
)
def own_disable(call: Call, grant: Grant) -> Grant:
    """Somebody left: account and roles end today, sessions and programs' keys at once; what was signed stays."""
    refuse_unfounded(call)
    organisation, person = _own(grant)
    _refuse_oneself(call, person)
    if person.state == "disabled":
        raise wrong_state(
            Text("停用本单位人员账户", "Disable an account of own staff"), person.state, "active, invited"
        )
    _refuse_shared(person, organisation, call.today)
    if person.grants.filter(in_force(call.today), organisation=organisation, role=HEAD).exists():
        _refuse_last_head(organisation, person, call.today)
    for open_grant in person.grants.filter(Q(until=None) | Q(until__gt=call.today), organisation=organisation):
        open_grant.until = max(call.today, open_grant.since)
        open_grant.save(update_fields=["until"])
    person.state, person.is_active, person.revision = "disabled", False, person.revision + 1
    person.save(update_fields=["state", "is_active", "revision"])
    end_access(person, call.now)
    person.tokens.filter(used_at=None).update(used_at=call.now)
    alert(call, person, Text("账户已停用", "the account was disabled"), rights=True)
    call.attach("person", person.pk)
    call.attach_private("reason", call.data.reason)
    grant.refresh_from_db()
    return grant


def _own(grant: Grant) -> tuple[Organisation, Person]:
    """Organisation and person of a role, both locked: two heads who act at once do so one after the other."""
    organisation = Organisation.objects.select_for_update().order_by("pk").get(pk=grant.organisation_id)
    return organisation, Person.objects.select_for_update().order_by("pk").get(pk=grant.person_id)


def _grant(call: Call, person: Person, organisation: Organisation, data: Any) -> Grant:
    granted = Text("授予角色“{role}”", "role “{role}” granted").format(role=ROLES[data.role].label)
    alert(call, person, granted, rights=True)
    return Grant.objects.create(
        person=person, role=data.role, organisation=organisation, since=call.today, until=data.until
    )


def refuse_other_kind(organisation: Organisation, role: str, also: tuple[str, ...] = ()) -> None:
    """Only what an organisation of this kind has people for; a head is appointed by two administrators."""
    allowed = (*ROLES_OF_KIND.get(organisation.kind, ()), *also) if organisation.kind in ROLES_OF_KIND else ()
    if role in allowed:
        return
    label = ROLES[role].label if role in ROLES else same(role)
    words = listed(ROLES[code].label for code in allowed)
    message = Text(
        "{kind}没有角色“{role}”；本单位可授予：{allowed}",
        "{kind} has no role “{role}”; the head may give: {allowed}",
    )
    kind = KINDS.get(organisation.kind, same(organisation.kind))
    raise Refused("ORG-ROLE", message.format(kind=kind, role=label, allowed=words), 422)


def refuse_alike(organisation: Organisation, name: str, email: str) -> None:
    """One person, one account: no second one of the same name or mail in the organisation."""
    for person in people_of(organisation).exclude(state="disabled"):
        by_mail = bool(email) and person.email.casefold() == email.casefold()
        if by_mail or _plain(person.name) == _plain(name):
            message = Text(
                "本单位已有{what}相同的人员“{name}”（{sign_in_name}）。同名的两人请在姓名后加注区分",
                "there is {name} ({sign_in_name}) of the same {what} already; two people of the same name need a mark",
            )
            what = Text("邮箱", "e-mail address") if by_mail else Text("姓名", "name")
            words = message.format(what=what, name=person.name, sign_in_name=person.sign_in_name)
            raise Refused("ORG-ALIKE", words, 409)


def _plain(name: str) -> str:
    """A name without the spaces and widths in which it may be written."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _refuse_past(call: Call, until: date | None, today: bool = False) -> None:
    """A right is neither taken back for days past nor given for none."""
    if until is not None and (until < call.today or (until == call.today and not today)):
        raise before_its_cause(Text("截止", "The end"), until.isoformat(), call.today.isoformat())


def _refuse_oneself(call: Call, person: Person) -> None:
    if person.pk == call.actor.person_id:
        raise Refused("ACT-OWN", ONESELF, 403)


def _refuse_shared(person: Person, organisation: Organisation, on: date) -> None:
    """An account that serves another organisation too is not one head's to lock or to open."""
    others = person.grants.filter(Q(until=None) | Q(until__gt=on)).exclude(organisation=organisation)
    if others.exists():
        message = Text(
            "{name}还在其他单位任职，账户由管理员管理；您可以终止其在本单位的角色",
            "{name} has roles elsewhere, so the account is for the administrators; you may end the roles here",
        )
        raise Refused("ORG-SHARED", message.format(name=person.name), 409)


def _refuse_last_head(organisation: Organisation, person: Person, on: date) -> None:
    """An organisation is never without somebody who answers for its people."""
    heads = Grant.objects.filter(in_force(on), organisation=organisation, role=HEAD, person__state="active")
    if not heads.exclude(person=person).exists():
        message = Text(
            "{name}是本单位最后一名负责人，不能终止：请管理员先任命另一名负责人",
            "{name} is the last head of the organisation: ask the administrators to appoint another one first",
        )
        raise Refused("ORG-LAST-HEAD", message.format(name=person.name), 409)
