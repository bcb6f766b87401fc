"""Representatives of an account: appointed by its holder with papers, accepted by two of the authority, ended."""

from __future__ import annotations

from tanzhi.actions.language import listed
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call
from tanzhi.actions.transitions import CaseType
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.ledger.hold_work import OWNER
from tanzhi.streams.market.ledger.holders import BEFORE_HOLDERS_ACT
from tanzhi.streams.market.ledger.model import CLOSED, HOLDING, STATES, Account
from tanzhi.streams.market.ledger.work import DIRECTOR, OFFICER, RULES
from tanzhi.workflow.dossier.files import keep_files

from .inputs import RepresentativeInput, RepresentativeReasonInput
from .model import APPOINTED, CURRENT, ENDED, IN_FORCE, REFUSED, Representative

HOLDER = OWNER | PLANT
PAPERS = Text("授权书和身份证明", "Authority and identity")
_NO_HOLDING = Text("只有单位的持有账户设账户代表", "only an organisation's holding account has representatives")
_NOT_STAFF = Text(
    "{found} 不是本单位可办理账户业务的在职人员（审批人、项目业主、金融机构）",
    "{found} is nobody of the organisation who may act on an account (approver, project owner, bank)",
)
_ONESELF = Text("不得委派本人，请由单位另一人办理", "nobody appoints himself: another of the organisation does it")
_TWICE = Text("{name} 已是账户代表或待审核", "{name} represents the account already, or waits to")
_ONLY_THEY = Text(
    "该账户已设账户代表（{names}），账户业务由其办理", "the account has representatives ({names}), who alone act on it"
)


def appoint(call: Call, account: Account) -> Representative:
    """Somebody of the organisation, by a letter of authority; it is in force once two of the authority accept it."""
    data: RepresentativeInput = call.data
    if account.kind != HOLDING or account.organisation is None:
        raise Refused("REG-REPRESENTATIVE", _NO_HOLDING, 422)
    if data.person == call.actor.person_id:
        raise Refused("ACT-OWN", _ONESELF, 403)
    person = _own(account, data.person, call)
    if Representative.objects.filter(account=account, person=person, state__in=CURRENT).exists():
        raise Refused("REG-REPRESENTATIVE", _TWICE.format(name=person.name), 409)
    representative = Representative(account=account, person=person, since=data.since or call.today)
    representative.state, representative.opened_at = APPOINTED, call.now
    representative.save()  # its papers lie beside it
    keep_files(call, representative, data.files, representative.reference, PAPERS)
    return representative


def _own(account: Account, key: int, call: Call) -> Person:
    """The person, if he has a role of the organisation today with which its account is acted on."""
    grant = (
        Grant.objects.filter(in_force(call.today), organisation=account.organisation_id, person=key, role__in=OWNER)
        .filter(person__state="active")
        .select_related("person")
        .first()
    )
    if grant is None:
        raise Refused("REG-REPRESENTATIVE", _NOT_STAFF.format(found=str(key)), 422)
    return grant.person


def accept(call: Call, representative: Representative) -> None:
    """From now on, or from a later day that was stated; refused where the person has left meanwhile."""
    _own(representative.account, representative.person_id, call)
    representative.since = max(representative.since, call.today)
    call.attach("since", representative.since.isoformat())


def refuse(call: Call, representative: Representative) -> None:
    representative.reason = call.data.reason


def end(call: Call, representative: Representative) -> None:
    """From today on; what he did before stands."""
    representative.reason, representative.until = call.data.reason, call.today


def refuse_others(call: Call, account: Account) -> None:
    """Once an account has representatives, they alone act on it for its holder; without one whoever has the role."""
    acting = Representative.objects.acting(account, call.today).select_related("person")
    people = {row.person_id: row.person.name for row in acting}
    # of a proposal whoever made it, and not the authority that decides on it
    person = call.proposer if call.proposer is not None and call.proposer > 0 else call.actor.person_id
    if people and person not in people:
        names = listed([same(name) for name in sorted(people.values())])
        raise Refused("REG-REPRESENTATIVE", _ONLY_THEY.format(names=names), 403)


BEFORE_HOLDERS_ACT.append(refuse_others)

REPRESENTATIVE = CaseType(
    "registry.representative",
    model=Representative,
    title=Text("账户代表", "Representative of an account"),
    law=RULES,
    start=APPOINTED,
    comments=frozenset(),
    states=(
        State(APPOINTED, Text("待审核", "to be decided"), tone="due"),
        State(IN_FORCE, Text("生效", "in force"), tone="ok"),
        State(REFUSED, Text("未通过", "refused"), tone="late", end=True, aside=True),
        State(ENDED, Text("已终止", "ended"), tone="info", end=True),
    ),
    opening=Opening(
        "registry.appoint_representative",
        Text("委派账户代表", "Appoint a representative"),
        by=HOLDER,
        subject=Account,
        leaves=frozenset(STATES) - {CLOSED},
        input=RepresentativeInput,
        do=appoint,
    ),
    moves=(
        Move("registry.accept_representative", Text("通过账户代表", "Accept a representative"), leaves=(APPOINTED,),
             enters=IN_FORCE, by=OFFICER, approvers=DIRECTOR, second_person=True, do=accept,
             todo=Text("审核 {name}", "Decide on {name}")),
        Move("registry.refuse_representative", Text("不予通过账户代表", "Refuse a representative"),
             leaves=(APPOINTED,), enters=REFUSED, by=OFFICER, approvers=DIRECTOR, second_person=True,
             input=RepresentativeReasonInput, do=refuse, forward=False),
        Move("registry.end_representative", Text("终止账户代表", "End a representative"), leaves=CURRENT,
             enters=ENDED, by=HOLDER | OFFICER, input=RepresentativeReasonInput, do=end, forward=False),
    ),
)  # fmt: skip
