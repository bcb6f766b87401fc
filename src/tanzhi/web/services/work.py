"""Programs of organisations: opened by two, given a key, ended; other organisations agree and take it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.table import ACTIONS, Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import misfit, organisation_by_code, taken
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.web.audit.pages import ROOMS

from .access import PREFIX, READ, digest
from .model import ACTIVE, AGREED, ENDED, WITHDRAWN, ServiceAccount, ServiceConsent

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

HEADS = {"administrator", "organisation_head", "provincial_director", "city_officer", "enterprise_approver"}
"""Who answers for what programs of an organisation do; an administrator for every organisation."""
AGREE = {"enterprise_approver", "organisation_head"}
SECONDS = HEADS | {"provincial_officer", "enterprise_filer"}
LONGEST = timedelta(days=366)
_MAY = Label("可办理", "May do")
_OWN = Label("单位", "Organisation")


def own_organisations(actor: Actor) -> list[tuple[str, Text]]:
    """The organisations whose head a reader is; an administrator chooses among the authorities."""
    keys = [grant.organisation_id for grant in actor.grants if grant.role in HEADS and grant.organisation_id]
    rows = Organisation.objects.filter(state="active")
    offered = rows.filter(kind="authority") if "administrator" in actor.roles else rows.filter(pk__in=keys)
    return [(each.code, each.name) for each in offered.prefetch_related("names")]


def own_plants(actor: Actor) -> list[tuple[str, Text]]:
    keys = [grant.organisation_id for grant in actor.grants if grant.role in AGREE]
    return [(each.code, each.name) for each in Organisation.objects.filter(pk__in=[key for key in keys if key])]


PREPARES = Text("准备和检查（{room}）", "prepare and check ({room})")


def scopes_of_programs(_actor: Actor) -> list[tuple[str, Text]]:
    """What a program may be for: reading, all that it can prepare in a room, one act alone."""
    acts = {name: entry.label for name, entry in sorted(ACTIONS.items()) if entry.prepares}
    rooms = sorted({name.partition(".")[0] for name in acts})
    reading = (READ, Text("查看登记信息与填报数据", "read the register and the reports"))
    whole = [(room, PREPARES.format(room=ROOMS.get(room, same(room)))) for room in rooms]
    return [reading, *whole, *((name, label) for name, label in acts.items())]


def open_accounts(_actor: Actor) -> list[tuple[str, Text]]:
    """Programs to which an organisation may agree."""
    rows = ServiceAccount.objects.filter(state=ACTIVE).select_related("organisation").order_by("code")
    return [(row.code, same(f"{row.code} {row.name} · ") + row.organisation.name) for row in rows]


def place_of_code(data: Any) -> Place:
    """The place of the organisation that the input names; an unknown one is nowhere."""
    row = Organisation.objects.select_related("region").filter(code=data.organisation).first()
    return row.place if row is not None else Place()


def is_its_head(actor: Actor, role: str, _subject: Any, data: Any) -> bool:
    """An administrator for everybody; others for an organisation in which they hold that role themselves."""
    if role == "administrator" or data is None:
        return True
    row = Organisation.objects.filter(code=data.organisation).first()
    return row is not None and any(g.role == role and g.organisation_id == row.pk for g in actor.grants)


def is_head_of_account(actor: Actor, role: str, account: ServiceAccount, _data: Any) -> bool:
    owner = account.organisation_id
    return role == "administrator" or any(g.role == role and g.organisation_id == owner for g in actor.grants)


class NewServiceAccount(Input):
    """A program: whose it is, what it is for, and until when."""

    organisation: Annotated[str, _OWN, Choices(own_organisations)]
    code: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{1,29}$"),
        Label("代码", "Code"),
        Help("字母、数字和连字符，2 至 30 位", "letters, digits and hyphens, 2 to 30 of them"),
    ]
    name: Annotated[str, Field(min_length=1, max_length=100), Label("系统名称", "Name of the system")]
    scopes: Annotated[list[str], Field(min_length=1), _MAY, Choices(scopes_of_programs)] = Field(
        default_factory=lambda: [READ]
    )
    ends_on: Annotated[date, Label("有效至", "Valid until"), Help("最长一年", "a year at most")]


class ConsentInput(Input):
    """To which program an organisation agrees, for what, and until when."""

    organisation: Annotated[str, _OWN, Choices(own_plants)]
    service: Annotated[str, Label("程序账户", "Service account"), Choices(open_accounts)]
    scopes: Annotated[
        list[str],
        Field(min_length=1),
        _MAY,
        Choices(scopes_of_programs),
        Help(
            "程序永远不能存证、决定、审批或代为答复", "a program never deposits, decides, approves or answers for you"
        ),
    ] = Field(default_factory=lambda: [READ])
    until: Annotated[date, Label("同意至", "Agreed until"), Help("随时可以撤回", "it can be withdrawn at any time")]


def checked_scopes(scopes: list[str], call: Call) -> list[str]:
    """The scopes in order; anything that a program can never do is refused."""
    offered = {code for code, _ in scopes_of_programs(call.actor)}
    for scope in scopes:
        if scope not in offered:
            raise misfit("scopes", Text("可办理", "May do"), scope, Text("程序可办理的事项", "what a program may do"))
    return sorted(set(scopes))


def checked_end(field_name: str, label: Text, day: date, today: date) -> date:
    if not today <= day <= today + LONGEST:
        expected = Text("今天起一年以内的日期", "a day within a year from today")
        raise misfit(field_name, label, day.isoformat(), expected)
    return day


@action(
    "web.open_service",
    label=Text("开立程序账户", "Open a service account"),
    by=HEADS,
    approvers=SECONDS,
    place=place_of_code,
    input=NewServiceAccount,
    limits=is_its_head,
    second_person=True,
)
def open_service(call: Call) -> ServiceAccount:
    """A program that acts in its own name; it can do nothing before it has a key and an organisation has agreed."""
    data: NewServiceAccount = call.data
    if ServiceAccount.objects.filter(code=data.code).exists():
        raise taken("code", Text("代码", "Code"), data.code)
    return ServiceAccount.objects.create(
        code=data.code,
        name=data.name,
        organisation=organisation_by_code(data.organisation),
        scopes=checked_scopes(data.scopes, call),
        opened_at=call.now,
        ends_on=checked_end("ends_on", Text("有效至", "Valid until"), data.ends_on, call.today),
    )


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """The key itself, which is shown this once; printed, it shows its account only."""

    account: ServiceAccount
    secret: str = field(repr=False)

    def __str__(self) -> str:
        return f"key of {self.account.code}"


@action(
    "web.issue_service_key",
    label=Text("签发程序密钥", "Issue the key of a service account"),
    by=HEADS,
    subject=ServiceAccount,
    leaves={ACTIVE},
    limits=is_head_of_account,
    sensitive=True,
)
def issue_service_key(call: Call, account: ServiceAccount) -> ServiceKey:
    """A new key; the one before it ends at this moment."""
    secret = PREFIX + secrets.token_urlsafe(32)
    account.digest, account.key_issued_at = digest(secret), call.now
    account.save(update_fields=["digest", "key_issued_at"])
    return ServiceKey(account, secret)


@action(
    "web.end_service",
    label=Text("停用程序账户", "End a service account"),
    by=HEADS,
    subject=ServiceAccount,
    leaves={ACTIVE},
    enters=ENDED,
    limits=is_head_of_account,
)
def end_service(call: Call, account: ServiceAccount) -> ServiceAccount:
    """For ever: its key ends, and what was agreed to it opens nothing any more."""
    account.digest, account.ended_at = "", call.now
    account.save(update_fields=["digest", "ended_at"])
    return account


@action(
    "web.agree_to_service",
    label=Text("同意程序代为准备", "Agree to a service account"),
    by=AGREE,
    place=place_of_code,
    input=ConsentInput,
    limits=is_its_head,
)
def agree_to_service(call: Call) -> ServiceConsent:
    """The plant agrees that a program prepares and checks for it; what it agreed to before is replaced."""
    data: ConsentInput = call.data
    account = ServiceAccount.objects.filter(code=data.service, state=ACTIVE).first()
    if account is None:
        expected = Text("有效的程序账户代码", "the code of a valid service account")
        raise misfit("service", Text("程序账户", "Service account"), data.service, expected)
    organisation = organisation_by_code(data.organisation)
    scopes = checked_scopes(data.scopes, call)
    until = checked_end("until", Text("同意至", "Agreed until"), data.until, call.today)
    earlier = ServiceConsent.objects.select_for_update().filter(
        account=account, organisation=organisation, state=AGREED
    )
    for row in earlier:
        row.state, row.withdrawn_at, row.revision = WITHDRAWN, call.now, row.revision + 1
        row.save()
    call.attach("service", account.code)
    return ServiceConsent.objects.create(
        account=account, organisation=organisation, scopes=scopes, agreed_at=call.now, until=until
    )


@action(
    "web.withdraw_consent",
    label=Text("撤回对程序的同意", "Withdraw the consent to a service account"),
    by=AGREE | {"enterprise_filer"},
    subject=ServiceConsent,
    leaves={AGREED},
    enters=WITHDRAWN,
)
def withdraw_consent(call: Call, consent: ServiceConsent) -> ServiceConsent:
    """From this moment the program neither reads nor prepares anything of this plant."""
    consent.withdrawn_at = call.now
    consent.save(update_fields=["withdrawn_at"])
    return consent
