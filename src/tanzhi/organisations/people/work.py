"""The only writers of people, their roles, passwords and one-time codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tanzhi.actions.registry import Call, Refused, action, anywhere, before_its_cause
from tanzhi.actions.roles import ADMINISTRATORS, DUTIES, HEAD, PERSON, PLANT, ROLES, ROLES_OF_KIND
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import misfit, organisation_by_code, taken
from tanzhi.organisations.register.work import PROVINCE, refuse_earlier
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from . import inputs, second_factor
from .alerts import alert
from .founding import platform_begins, refuse_unfounded
from .links import Issued, issue, use
from .mail import reaches_by_mail, send_link
from .model import Assignment, Grant, Person, Token
from .passwords import rules_broken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

SELF = {PERSON.code}
SECURITY = {"security_administrator"}
# Whatever gives or takes somebody's rights or the keys to them: one security administrator asks, another one decides.
RIGHTS: dict[str, Any] = {
    "second_person": True, "approvers": ADMINISTRATORS, "alone": platform_begins, "sensitive": True,
}  # fmt: skip
ENDINGS: list[Callable[[Person, datetime], object]] = []
"""What else ends with a person's password: the room that gives programs their keys registers itself here."""


def _set_password(person: Person, password: str) -> None:
    broken = rules_broken(password, person)
    if broken:
        message = Text("密码不符合要求", "The password does not meet the rules")
        findings = [Finding("ORG-PASSWORD", ERROR, "people", "password", same("…"), rule, rule) for rule in broken]
        raise Refused("ORG-PASSWORD", message, 422, findings)
    person.set_password(password)
    person.save(update_fields=["password"])


@action(
    "organisations.invite_person",
    label=Text("邀请人员", "Invite a person"),
    by=SECURITY,
    place=anywhere,
    input=inputs.NewPerson,
)
def invite_person(call: Call) -> Issued:
    """An account without any right; its roles are granted by two."""
    refuse_unfounded(call)
    data: inputs.NewPerson = call.data
    if Person.objects.filter(sign_in_name=data.sign_in_name).exists():
        raise taken("sign_in_name", Text("登录名", "Sign-in name"), data.sign_in_name)
    person = Person(**data.model_dump())
    person.set_unusable_password()
    person.save()
    call.attach("person", person.pk)
    call.attach_private("person_name", data.name)
    return issue(person, "invitation", call.now)


@action(
    "organisations.invite_again",
    label=Text("重发邀请", "Invite again"),
    by=SECURITY,
    subject=Person,
    leaves={"invited"},
)
def invite_again(call: Call, person: Person) -> Issued:
    return issue(person, "invitation", call.now)


@action(
    "organisations.accept_invitation",
    label=Text("接受邀请", "Accept an invitation"),
    by=SELF,
    subject=Person,
    input=inputs.SecretAndPassword,
    leaves={"invited"},
    enters="active",
)
def accept_invitation(call: Call, person: Person) -> Person:
    data: inputs.SecretAndPassword = call.data
    use(person, "invitation", data.secret.get_secret_value(), call.now)
    _set_password(person, data.password.get_secret_value())
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


@action(
    "organisations.offer_reset",
    label=Text("发出密码重置链接", "Offer a password reset"),
    by=SECURITY,
    subject=Person,
    leaves={"active"},
    **RIGHTS,
)
def offer_reset(call: Call, person: Person) -> str:
    """The link goes to the person's own mail; without mail it waits to be printed; no administrator sees it."""
    refuse_unfounded(call)
    channel = "mail" if reaches_by_mail(person) else "letter"
    call.attach("channel", channel)
    alert(call, person, Text("密码重置链接已发出", "a link to reset the password was sent"), rights=True)
    if channel == "mail":
        issued = issue(person, "reset", call.now)
        transaction.on_commit(lambda: send_link(issued))
    else:
        issue(person, "letter", call.now)
    return channel


@action(
    "organisations.print_letter",
    label=Text("打印重置密码的密封函", "Print the sealed letter of a reset"),
    by={"administrator"},
    subject=Person,
    leaves={"active"},
)
def print_letter(call: Call, person: Person) -> Issued:
    """On the server's own console, once two administrators have decided: the secret for an envelope."""
    waiting = Token.objects.filter(person=person, kind="letter", used_at=None, expires_at__gt=call.now).first()
    if call.actor.person_id is not None or waiting is None:
        message = Text(
            "没有待打印的重置函：须先由两名管理员批准重置，再在服务器上打印",
            "no reset waits to be printed: two administrators decide on it first, then it is printed on the server",
        )
        raise Refused("ORG-LETTER", message, 409)
    waiting.used_at = call.now
    waiting.save(update_fields=["used_at"])
    return issue(person, "reset", call.now)


@action(
    "organisations.request_reset",
    label=Text("申请重置密码", "Ask for a password reset"),
    by={"public"},
    place=anywhere,
    input=inputs.SignInName,
)
def request_reset(call: Call) -> Issued | None:
    """Asked for by whoever stands before the door: nobody's act, and nothing happens to an account without mail."""
    name: str = call.data.sign_in_name
    person = Person.objects.filter(sign_in_name=name, state="active").exclude(email="").first()
    if person is None:
        return None
    alert(call, person, Text("有人为您的账户申请重置密码", "a reset of your password was requested"))
    return issue(person, "reset", call.now)


@action(
    "organisations.reset_password",
    label=Text("重置密码", "Reset the password"),
    by=SELF,
    subject=Person,
    input=inputs.SecretAndPassword,
    leaves={"active"},
)
def reset_password(call: Call, person: Person) -> Person:
    """With the right of a link that works once; tokens and sessions end with the old password."""
    data: inputs.SecretAndPassword = call.data
    use(person, "reset", data.secret.get_secret_value(), call.now)
    _set_password(person, data.password.get_secret_value())
    end_access(person, call.now)
    alert(call, person, Text("密码已重置", "the password was reset"))
    return person


@action(
    "organisations.change_password",
    label=Text("修改密码", "Change the password"),
    by=SELF,
    subject=Person,
    input=inputs.NewPassword,
    leaves={"active"},
    sensitive=True,
)
def change_password(call: Call, person: Person) -> Person:
    """The present password was asked at the door of sensitive acts; tokens and sessions end with it."""
    data: inputs.NewPassword = call.data
    _set_password(person, data.password.get_secret_value())
    end_access(person, call.now)
    alert(call, person, Text("密码已修改", "the password was changed"))
    return person


@action(
    "organisations.change_mail",
    label=Text("修改邮箱", "Change the e-mail address"),
    by=SELF,
    subject=Person,
    input=inputs.NewMail,
    leaves={"active"},
    sensitive=True,
)
def change_mail(call: Call, person: Person) -> Person:
    """Where reset links go from now on; word of it goes to the address before."""
    alert(call, Person.objects.get(pk=person.pk), Text("邮箱已修改", "the e-mail address was changed"))
    person.email = call.data.email
    person.save(update_fields=["email"])
    return person


@action(
    "organisations.choose_language",
    label=Text("选择语言", "Choose the language"),
    by=SELF,
    subject=Person,
    input=inputs.Preference,
)
def choose_language(call: Call, person: Person) -> Person:
    person.language = call.data.language
    person.save(update_fields=["language"])
    return person


@action(
    "organisations.start_totp",
    label=Text("开始设置动态码", "Start setting up one-time codes"),
    by=SELF,
    subject=Person,
    leaves={"active"},
    sensitive=True,
)
def start_totp(call: Call, person: Person) -> None:
    second_factor.start(person)
    call.attach("person", person.pk)


@dataclass(frozen=True, slots=True, repr=False)
class BackupCodes:
    """Codes shown once; neither stored in plain sight nor printed."""

    codes: list[str]

    def __str__(self) -> str:
        return f"{len(self.codes)} backup codes"

    def shown_once(self) -> list[str]:
        return self.codes

    __repr__ = __str__


@action(
    "organisations.confirm_totp",
    label=Text("启用动态码", "Switch one-time codes on"),
    by=SELF,
    subject=Person,
    input=inputs.OneTimeCode,
    leaves={"active"},
    sensitive=True,
)
def confirm_totp(call: Call, person: Person) -> BackupCodes:
    codes = second_factor.confirm(person, call.data.code.get_secret_value().replace(" ", ""))
    if codes is None:
        message = Text("动态码不正确，请核对手机时间后再试", "The code is not right; check the clock of your phone")
        raise Refused("ORG-CODE", message, 422)
    alert(call, person, Text("动态码已启用", "time codes were switched on"))
    return BackupCodes(codes)


@action(
    "organisations.disable_totp",
    label=Text("停用动态码", "Switch one-time codes off"),
    by={*SECURITY, *SELF},
    subject=Person,
    input=inputs.OrganisationReasonInput,
    **RIGHTS,
)
def disable_totp(call: Call, person: Person) -> Person:
    """A lost phone: asked for by the person or a security administrator, decided by another one."""
    refuse_unfounded(call)
    second_factor.disable(person)
    alert(call, person, Text("动态码已停用", "time codes were switched off"), rights=True)
    call.attach_private("reason", call.data.reason)
    return person


def organisation_of_role(code: str, where: str) -> Organisation | None:
    """The organisation in which a role may be held, by its code; None for a role over the whole platform."""
    role = ROLES.get(code)
    if role is None or role.reach == "published":
        expected = Text("平台上的角色", "a role of the platform")
        raise misfit("role", Text("角色", "Role"), code, expected)
    # The organisation a role is held in; only a role over the whole platform has none.
    needed = role.reach not in ("platform", "people")
    if where:
        organisation = organisation_by_code(where)
    else:
        if needed:
            expected = Text("该角色所在单位的代码", "the code of the organisation the role is held in")
            raise misfit("organisation", Text("单位代码", "Organisation code"), "", expected)
        organisation = None
    if organisation is not None and organisation.kind == "authority" and code in PLANT:
        expected = Text(
            "主管部门以主管部门身份填报，不授予企业角色", "an authority files as itself, in no role of an enterprise"
        )
        raise misfit("role", Text("角色", "Role"), role.label.zh, expected)
    if organisation is not None and code == HEAD and organisation.kind not in ROLES_OF_KIND:
        expected = Text("主管部门和审计机关的人员由管理员管理", "administrators keep the people of an authority")
        raise misfit("role", Text("角色", "Role"), role.label.zh, expected)
    return organisation


@action(
    "organisations.grant_role",
    label=Text("授予角色", "Grant a role"),
    by=SECURITY,
    subject=Person,
    input=inputs.NewGrant,
    **RIGHTS,
)
def grant_role(call: Call, person: Person) -> Grant:
    """A role in an organisation between two days; of the three duties nobody holds two."""
    refuse_unfounded(call)
    data: inputs.NewGrant = call.data
    organisation = organisation_of_role(data.role, data.organisation)
    if data.until is not None and data.until <= data.since:
        raise before_its_cause(Text("截止", "The end"), data.until.isoformat(), data.since.isoformat())
    # System, security and audit in three hands (三员分立), on any day.
    if data.role in DUTIES:
        other = person.grants.filter(role__in=DUTIES - {data.role}).filter(Q(until=None) | Q(until__gt=data.since))
        if data.until is not None:
            other = other.filter(since__lt=data.until)
        grant = other.first()
        if grant is not None:
            message = Text(
                "{name}已任{role}；系统、安全、审计三个职责须由三人分别担任",
                "{name} is {role}: system, security and audit are three people's duties",
            )
            raise Refused("ORG-DUTIES", message.format(name=person.name, role=ROLES[grant.role].label), 409)
    alert(
        call, person, Text("授予角色“{role}”", "role “{role}” granted").format(role=ROLES[data.role].label), rights=True
    )
    return Grant.objects.create(
        person=person, role=data.role, organisation=organisation, since=data.since, until=data.until
    )


@action(
    "organisations.end_grant",
    label=Text("终止角色", "End a grant"),
    by=SECURITY,
    subject=Grant,
    input=inputs.GrantEnd,
    **RIGHTS,
)
def end_grant(call: Call, grant: Grant) -> Grant:
    refuse_unfounded(call)
    until = call.data.until
    if until < grant.since:
        raise before_its_cause(Text("截止", "The end"), until.isoformat(), grant.since.isoformat())
    grant.until = until
    grant.save(update_fields=["until"])
    ended = Text("终止角色“{role}”", "role “{role}” ended").format(role=ROLES[grant.role].label)
    alert(call, grant.person, ended, rights=True)
    return grant


@action(
    "organisations.disable_person",
    label=Text("停用账户", "Disable a person"),
    by=SECURITY,
    subject=Person,
    input=inputs.OrganisationReasonInput,
    leaves={"active", "invited"},
    enters="disabled",
    **RIGHTS,
)
def disable_person(call: Call, person: Person) -> Person:
    """No sign-in any more; tokens and sessions end. In an emergency one administrator ends the sessions meanwhile."""
    refuse_unfounded(call)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_access(person, call.now)
    alert(call, person, Text("账户已停用", "the account was disabled"), rights=True)
    call.attach_private("reason", call.data.reason)
    return person


@action(
    "organisations.enable_person",
    label=Text("恢复账户", "Enable a person"),
    by=SECURITY,
    subject=Person,
    leaves={"disabled"},
    enters="active",
    **RIGHTS,
)
def enable_person(call: Call, person: Person) -> Person:
    refuse_unfounded(call)
    alert(call, person, Text("账户已恢复", "the account was enabled again"), rights=True)
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


@action(
    "organisations.end_sessions",
    label=Text("在所有设备上退出", "Sign out everywhere"),
    by={*SECURITY, *SELF},
    subject=Person,
)
def end_sessions(call: Call, person: Person) -> int:
    alert(call, person, Text("已在所有设备上退出", "signed out everywhere"))
    return end_sessions_of(person)


def end_access(person: Person, now: datetime) -> None:
    """Whatever was opened with the old password closes: sessions, programs' keys, links on their way."""
    end_sessions_of(person)
    Token.objects.filter(person=person, kind__in=("reset", "letter"), used_at=None).update(used_at=now)
    for end in ENDINGS:
        end(person, now)


def end_sessions_of(person: Person) -> int:
    """End every session of a person; gives how many there were."""
    theirs = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    ended, _ = Session.objects.filter(pk__in=theirs).delete()
    return int(ended)


@action(
    "organisations.assign",
    label=Text("委托", "Assign"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.NewAssignment,
)
def assign(call: Call, organisation: Organisation) -> Assignment:
    """A verifier or a bank is asked to look after an organisation, for a time."""
    data: inputs.NewAssignment = call.data
    holder = organisation_by_code(data.holder, "holder")
    if data.until is not None:
        refuse_earlier(Text("截止", "The end"), data.until, data.since)
    return Assignment.objects.create(
        holder=holder, organisation=organisation, since=data.since, until=data.until, basis=data.basis
    )
