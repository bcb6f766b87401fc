"""Applying for an account and deciding on it: two of the administration, or the head of the organisation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.roles import ADMINISTRATORS, HEAD
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, anywhere
from tanzhi.actions.transitions import CaseType
from tanzhi.evidence.rows import erase_earlier
from tanzhi.organisations.own_people.work import refuse_alike, refuse_other_kind
from tanzhi.organisations.people.inputs import NewGrant, NewPerson
from tanzhi.organisations.people.mail import send_link, send_words
from tanzhi.organisations.people.work import SECURITY, grant_role, invite_person
from tanzhi.organisations.register import credit_code
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import misfit, organisation_by_code, region_by_code
from tanzhi.rulebook.kernel.text import Text

from .inputs import AcceptanceInput, AccountApplicationInput, ErasureInput, OwnAcceptanceInput, RefusalInput
from .model import ACCEPTED, ERASED, REFUSED, SUBMITTED, AccountApplication, ApplicationPaper
from .papers import checked, encoded

if TYPE_CHECKING:
    from tanzhi.organisations.people.links import Issued

MOST_OPEN = 200
PRIVACY = "个人信息保护法第四十七条"
REFUSAL_SUBJECT = Text("碳治平台账户申请答复", "Answer to your application for a Tanzhi account")
REFUSAL = Text(
    "{name}，您好：\n\n您的账户申请 {number} 未予通过。理由：{reason}\n补充材料后可重新申请。\n",
    "Dear {name},\n\nyour application {number} for an account was refused. Reason: {reason}\nYou may apply again.\n",
)


def refuse_full() -> None:
    """So many applications wait at most: a flood of them ends here, whatever address it comes from."""
    if AccountApplication.objects.filter(state=SUBMITTED).count() >= MOST_OPEN:
        message = Text(
            "待办的账户申请已达 {n} 份，暂不受理，请稍后再试或直接联系平台管理员",
            "{n} applications wait already: try again later, or speak to the administrators",
        )
        raise Refused("APP-FULL", message.format(n=MOST_OPEN), 429)


def apply_for_account(call: Call) -> AccountApplication:
    """Anybody may apply, and nothing is opened by it; a second application of an address waits for the first."""
    data: AccountApplicationInput = call.data
    refuse_full()
    try:
        validate_email(data.email)
    except ValidationError:
        expected = Text("完整的邮箱地址，如 name@example.com", "a whole address such as name@example.com")
        raise misfit("email", Text("邮箱", "E-mail"), data.email, expected) from None
    if AccountApplication.objects.filter(state=SUBMITTED, email__iexact=data.email).exists():
        message = Text(
            "该邮箱已有一份申请待办，请等候答复", "an application of this address waits already: await the answer"
        )
        raise Refused("APP-AGAIN", message, 409)
    papers = checked(data.papers)
    organisation = _organisation(data)
    if organisation is not None:
        refuse_other_kind(organisation, data.role, also=(HEAD,))
    application = AccountApplication(
        organisation=organisation,
        region=region_by_code(data.region) if data.region else None,
        applicant=data.name,
        organisation_name="" if organisation else data.organisation_name,
        **data.model_dump(include={"email", "phone", "language", "role", "remark", "credit_code"}),
    )
    application.save()
    for name, kind, content in papers:
        ApplicationPaper.objects.create(
            application=application, name=name, media_type=kind, size=len(content), content=encoded(content)
        )
    return application


def _organisation(data: AccountApplicationInput) -> Organisation | None:
    """The organisation of the register that is named, by choice or by its credit code; None where it is new."""
    if data.organisation:
        return organisation_by_code(data.organisation)
    label = Text("统一社会信用代码", "Unified social credit code")
    if not credit_code.is_valid(data.credit_code):
        expected = Text(
            "18 位、末位校验符正确（GB 32100-2015），或从名录选择单位",
            "18 characters whose last one checks the others (GB 32100-2015), or an organisation of the list",
        )
        raise misfit("credit_code", label, data.credit_code, expected)
    present = Organisation.objects.filter(credit_code=data.credit_code, state="active").first()
    if present is None and len(data.organisation_name.strip()) < 4:
        expected = Text("营业执照上的单位全称", "the full name on its licence")
        raise misfit(
            "organisation_name", Text("单位名称", "Name of the organisation"), data.organisation_name, expected
        )
    return present


def accept(call: Call, application: AccountApplication) -> None:
    """An account with the role, in an organisation of the register; the link goes to the applicant's mail."""
    data: AcceptanceInput = call.data
    organisation = organisation_by_code(data.organisation) if data.organisation else application.organisation
    if organisation is None:
        expected = Text("已登记单位的代码：请先登记该单位", "the code of a registered organisation: register it first")
        raise refused("APP-ORGANISATION", "organisation", application.where, expected)
    if application.credit_code and organisation.credit_code not in (None, application.credit_code):
        expected = Text("信用代码为 {code} 的单位", "the organisation with credit code {code}")
        raise refused(
            "APP-ORGANISATION", "organisation", organisation.name, expected.format(code=application.credit_code)
        )
    refuse_other_kind(organisation, application.role, also=(HEAD,))
    _admit(call, application, organisation)


def accept_own(call: Call, application: AccountApplication) -> None:
    """The head lets somebody into his own organisation, in a role that a head may give."""
    organisation = application.organisation
    if organisation is None:
        raise ValueError("a head reaches applications for his own organisation alone")
    refuse_other_kind(organisation, application.role)
    _admit(call, application, organisation)


def _admit(call: Call, application: AccountApplication, organisation: Organisation) -> None:
    Organisation.objects.select_for_update().order_by("pk").get(pk=organisation.pk)
    refuse_alike(organisation, application.applicant, application.email)
    stated: dict[str, Any] = {"name": application.applicant, "email": application.email}
    person_data = NewPerson(sign_in_name=call.data.sign_in_name, language=application.language, **stated)
    issued: Issued = invite_person(replace(call, data=person_data, attached={}, private={}))
    grant_data = NewGrant(role=application.role, organisation=organisation.code, since=call.today)
    grant_role(replace(call, data=grant_data, attached={}, private={}), issued.person)
    application.person, application.organisation = issued.person, organisation
    call.attach("person", issued.person.pk)
    transaction.on_commit(lambda: send_link(issued))


def refuse(call: Call, application: AccountApplication) -> None:
    """With a reason that the applicant reads in the answer."""
    application.reason = call.data.reason
    call.attach_private("reason", call.data.reason)
    words = REFUSAL.format(name=application.applicant, number=application.number, reason=application.reason)
    address, language = application.email, application.language
    transaction.on_commit(lambda: send_words(address, language, REFUSAL_SUBJECT, words))


def erase(call: Call, application: AccountApplication) -> None:
    """What is personal goes, papers too, and the salts under which the log answers for it; the decision stays."""
    for paper in application.papers.all():
        paper.name = paper.content = ""
        paper.save(update_fields=["name", "content"])
        erase_earlier(paper)
    application.applicant = application.email = application.phone = application.remark = application.reason = ""
    erase_earlier(application)
    call.attach_private("reason", call.data.reason)


APPLICATION = CaseType(
    "organisations.account_application",
    model=AccountApplication,
    title=Text("账户申请", "Account application"),
    start=SUBMITTED,
    comments=frozenset(),
    states=(
        State(SUBMITTED, Text("待决定", "waiting for a decision"), tone="due"),
        State(ACCEPTED, Text("已通过", "accepted"), tone="ok", end=True),
        State(REFUSED, Text("未通过", "refused"), tone="late", end=True, aside=True),
        State(ERASED, Text("个人信息已删除", "personal data erased"), tone="info", end=True, aside=True),
    ),
    opening=Opening(
        "organisations.apply_for_account",
        Text("申请账户", "Apply for an account"),
        by={"public"},
        do=apply_for_account,
        place=anywhere,
        input=AccountApplicationInput,
    ),
    moves=(
        Move("organisations.accept_application", Text("通过账户申请", "Accept an application"), leaves=(SUBMITTED,),
             enters=ACCEPTED, by=SECURITY, input=AcceptanceInput, do=accept, second_person=True,
             approvers=ADMINISTRATORS, todo=Text("审批 {name}", "Decide on {name}")),
        Move("organisations.own_accept_application", Text("通过本单位账户申请", "Accept an application of own staff"),
             leaves=(SUBMITTED,), enters=ACCEPTED, by={HEAD}, input=OwnAcceptanceInput, do=accept_own,
             todo=Text("审批 {name}", "Decide on {name}")),
        Move("organisations.refuse_application", Text("不予通过账户申请", "Refuse an application"),
             leaves=(SUBMITTED,), enters=REFUSED, by={*SECURITY, HEAD}, input=RefusalInput, do=refuse, forward=False),
        Move("organisations.erase_application", Text("删除申请人个人信息", "Erase an applicant’s personal data"),
             leaves=(ACCEPTED, REFUSED), enters=ERASED, by=SECURITY, input=ErasureInput, do=erase, second_person=True,
             approvers=ADMINISTRATORS, forward=False, law=PRIVACY),
    ),
)  # fmt: skip
