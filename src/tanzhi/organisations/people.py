"""The only writers of people, their roles, passwords and one-time codes; loaded by `actions`."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.references import reference
from tanzhi.actions.registry import Call, Refused, action, anywhere, before_its_cause
from tanzhi.actions.roles import PERSON, ROLES
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from . import inputs, second_factor
from .models import Grant, Organisation, Person, Token
from .passwords import rules_broken
from .queries import misfit, organisation_by_code, taken

if TYPE_CHECKING:
    from datetime import datetime

LINK_DAYS = {"invitation": 7, "reset": 1}
SELF = {PERSON.code}


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A link that works once. Its secret is shown to whoever made it, and neither stored nor printed."""

    person: Person
    kind: str
    secret: str

    def __str__(self) -> str:
        return reference(self.person)

    __repr__ = __str__


def _issue(person: Person, kind: str, now: datetime) -> Issued:
    """A new link; earlier ones of the same kind end."""
    Token.objects.filter(person=person, kind=kind, used_at=None).update(used_at=now)
    secret = secrets.token_urlsafe(32)
    expires = now + timedelta(days=LINK_DAYS[kind])
    Token.objects.create(person=person, kind=kind, digest=_digest(secret), expires_at=expires)
    return Issued(person, kind, secret)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def token_for(secret: str, kind: str) -> Token | None:
    """The link with this secret that still works."""
    known = Token.objects.select_related("person").filter(digest=_digest(secret), kind=kind, used_at=None)
    return known.filter(expires_at__gt=clock.now()).first()


def _use(person: Person, kind: str, secret: str, now: datetime) -> None:
    token = token_for(secret, kind)
    if token is None or token.person_id != person.pk:
        message = Text(
            "链接已失效或已用过，请向管理员索取新链接", "The link has expired or was used; ask for a new one"
        )
        raise Refused("ORG-LINK", message, 422)
    token.used_at = now
    token.save(update_fields=["used_at"])


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
    by={"administrator"},
    place=anywhere,
    input=inputs.NewPerson,
)
def invite_person(call: Call) -> Issued:
    data: inputs.NewPerson = call.data
    if Person.objects.filter(sign_in_name=data.sign_in_name).exists():
        raise taken("sign_in_name", Text("登录名", "Sign-in name"), data.sign_in_name)
    person = Person(**data.model_dump())
    person.set_unusable_password()
    person.save()
    call.attach("person", person.pk)
    call.attach_private("person_name", data.name)
    return _issue(person, "invitation", call.now)


@action(
    "organisations.invite_again",
    label=Text("重发邀请", "Invite again"),
    by={"administrator"},
    subject=Person,
    leaves={"invited"},
)
def invite_again(call: Call, person: Person) -> Issued:
    return _issue(person, "invitation", call.now)


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
    _use(person, "invitation", data.secret.get_secret_value(), call.now)
    _set_password(person, data.password.get_secret_value())
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


@action(
    "organisations.offer_reset",
    label=Text("发出密码重置链接", "Offer a password reset"),
    by={"administrator", *SELF},
    subject=Person,
    leaves={"active"},
)
def offer_reset(call: Call, person: Person) -> Issued:
    return _issue(person, "reset", call.now)


@action(
    "organisations.reset_password",
    label=Text("重置密码", "Reset the password"),
    by=SELF,
    subject=Person,
    input=inputs.SecretAndPassword,
    leaves={"active"},
)
def reset_password(call: Call, person: Person) -> Person:
    data: inputs.SecretAndPassword = call.data
    _use(person, "reset", data.secret.get_secret_value(), call.now)
    _set_password(person, data.password.get_secret_value())
    return person


@action(
    "organisations.change_password",
    label=Text("修改密码", "Change the password"),
    by=SELF,
    subject=Person,
    input=inputs.PasswordChange,
    leaves={"active"},
)
def change_password(call: Call, person: Person) -> Person:
    data: inputs.PasswordChange = call.data
    if not person.check_password(data.present.get_secret_value()):
        raise Refused("ORG-PRESENT", Text("现密码不正确", "The present password is not right"), 422)
    _set_password(person, data.password.get_secret_value())
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

    __repr__ = __str__


@action(
    "organisations.confirm_totp",
    label=Text("启用动态码", "Switch one-time codes on"),
    by=SELF,
    subject=Person,
    input=inputs.OneTimeCode,
    leaves={"active"},
)
def confirm_totp(call: Call, person: Person) -> BackupCodes:
    codes = second_factor.confirm(person, call.data.code.get_secret_value().replace(" ", ""))
    if codes is None:
        message = Text("动态码不正确，请核对手机时间后再试", "The code is not right; check the clock of your phone")
        raise Refused("ORG-CODE", message, 422)
    return BackupCodes(codes)


@action(
    "organisations.disable_totp",
    label=Text("停用动态码", "Switch one-time codes off"),
    by={"administrator", *SELF},
    subject=Person,
    input=inputs.Reason,
)
def disable_totp(call: Call, person: Person) -> Person:
    second_factor.disable(person)
    call.attach_private("reason", call.data.reason)
    return person


@action(
    "organisations.grant_role",
    label=Text("授予角色", "Grant a role"),
    by={"administrator"},
    subject=Person,
    input=inputs.NewGrant,
)
def grant_role(call: Call, person: Person) -> Grant:
    data: inputs.NewGrant = call.data
    role = ROLES.get(data.role)
    if role is None or role.reach == "published":
        expected = Text("平台上的角色", "a role of the platform")
        raise misfit("role", Text("角色", "Role"), data.role, expected)
    organisation = _employer(data, role.reach != "platform")
    if data.until is not None and data.until <= data.since:
        raise before_its_cause(Text("截止", "The end"), data.until.isoformat(), data.since.isoformat())
    return Grant.objects.create(
        person=person, role=data.role, organisation=organisation, since=data.since, until=data.until
    )


def _employer(data: inputs.NewGrant, needed: bool) -> Organisation | None:
    """The organisation a role is held in; only a role over the whole platform has none."""
    if data.organisation:
        return organisation_by_code(data.organisation)
    if needed:
        expected = Text("该角色所在单位的代码", "the code of the organisation the role is held in")
        raise misfit("organisation", Text("单位代码", "Organisation code"), "", expected)
    return None


@action(
    "organisations.end_grant",
    label=Text("终止角色", "End a grant"),
    by={"administrator"},
    subject=Grant,
    input=inputs.GrantEnd,
)
def end_grant(call: Call, grant: Grant) -> Grant:
    until = call.data.until
    if until < grant.since:
        raise before_its_cause(Text("截止", "The end"), until.isoformat(), grant.since.isoformat())
    grant.until = until
    grant.save(update_fields=["until"])
    return grant


@action(
    "organisations.disable_person",
    label=Text("停用账户", "Disable a person"),
    by={"administrator"},
    subject=Person,
    input=inputs.Reason,
    leaves={"active", "invited"},
    enters="disabled",
)
def disable_person(call: Call, person: Person) -> Person:
    if person.pk == call.actor.person_id:
        raise Refused("ACT-OWN", Text("不能停用本人账户", "Nobody disables his own account"), 403)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_sessions(person)
    call.attach_private("reason", call.data.reason)
    return person


@action(
    "organisations.enable_person",
    label=Text("恢复账户", "Enable a person"),
    by={"administrator"},
    subject=Person,
    leaves={"disabled"},
    enters="active",
)
def enable_person(call: Call, person: Person) -> Person:
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person


@action(
    "organisations.end_sessions",
    label=Text("在所有设备上退出", "Sign out everywhere"),
    by={"administrator", *SELF},
    subject=Person,
)
def end_sessions(call: Call, person: Person) -> int:
    return _end_sessions(person)


def _end_sessions(person: Person) -> int:
    """End every session of a person; gives how many there were."""
    theirs = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
    ended, _ = Session.objects.filter(pk__in=theirs).delete()
    return int(ended)
