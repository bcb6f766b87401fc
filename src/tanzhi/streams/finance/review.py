"""What the city, the province and the experts do with an application, until two decide that it enters."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.roles import PERSON
from tanzhi.actions.table import Call, action
from tanzhi.actions.typed import whole
from tanzhi.law.evaluation import count
from tanzhi.office.letters.work import write_letter
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.rulebook.clocks import MONTHS, add_months
from tanzhi.rulebook.kernel.text import Text

from .criteria import criteria
from .inputs import EXITS, ExpertOpinionInput, require_option
from .models import EXPERTS, REJECTED, RETURNED, REVIEWED, Opinion, Project
from .money import written


def city_review(call: Call, project: Project) -> None:
    """The city passes it on, or sends it back with its reasons."""
    project.words = call.data.words
    if call.data.outcome == "recommended":
        call.enter(REVIEWED)
        return
    call.enter(RETURNED)
    _send_back(call, project)


def formal_review(call: Call, project: Project) -> None:
    """The province finds it complete and asks three experts or more."""
    project.words = call.data.words
    _ask(call, project, call.data.experts, round_number=1)


def send_back(call: Call, project: Project) -> None:
    """The province sends it back to its owner."""
    project.words = call.data.words
    _send_back(call, project)


def more_experts(call: Call, project: Project) -> None:
    """Where the points lie far apart, further experts look at it again."""
    newest = max((opinion.round for opinion in project.opinions.all()), default=0)
    project.words = call.data.words
    _ask(call, project, call.data.experts, round_number=newest + 1)


_FEW = Text("评审专家不得少于 {n} 名，现为 {found} 名", "at least {n} experts, not {found}")
_NO_EXPERT = Text("{who}不是在册评审专家", "{who} is no expert today")
_ASKED = Text("{who}已受邀评审本项目", "{who} was invited already")
_NEAR = Text(
    "{who}现任职或三年内曾任职于业主（{owner}）或其贷款银行，应当回避",
    "{who} works, or worked within three years, for the owner ({owner}) or its bank and must stand aside",
)


def _ask(call: Call, project: Project, invited: list[str], round_number: int) -> None:
    """Invite experts to a round of opinions."""
    # Each once, each holding the role and free of the owner.
    keys = [number for key in dict.fromkeys(invited) if (number := whole(key)) is not None]
    people = list(Person.objects.filter(pk__in=keys))
    grants = Grant.objects.filter(in_force(call.today), person__in=people, role="expert")
    experts = set(grants.values_list("person_id", flat=True))
    invited_before = set(project.opinions.values_list("person_id", flat=True))
    for person in people:
        if person.pk not in experts:
            raise Refused("FIN-27", _NO_EXPERT.format(who=person.name), 422)
        if person.pk in invited_before:
            raise Refused("FIN-28", _ASKED.format(who=person.name), 409)
        # Who works for the owner or for one of its banks, or did within some years, is not asked (FIN-22).
        since = add_months(call.today, -MONTHS * count("procedure.library_independent_years", on=call.today))
        near = {project.owner_id, *project.links.values_list("bank_id", flat=True)}
        worked = Grant.objects.filter(person=person, organisation__in=near, since__lte=call.today)
        if any(grant.until is None or grant.until > since for grant in worked):
            raise Refused("FIN-22", _NEAR.format(who=person.name, owner=project.owner.name), 422)
    least = count("procedure.library_experts", on=call.today)
    if round_number == 1 and len(people) < least:
        raise Refused("FIN-21", _FEW.format(n=least, found=len(people)), 422)
    for person in people:
        Opinion.objects.create(project=project, person=person, round=round_number, asked_at=call.now)
    call.attach("experts", [person.pk for person in people])


_DECLARE = Text(
    "请先声明本人与业主单位无利害关系；有利害关系的应当回避", "declare that you are independent, or stand aside"
)
_NOT_ASKED_NOW = Text("项目现为“{state}”，不在专家评审中", "the project is “{state}”, not before the experts")


@action(
    "finance.give_opinion",
    label=Text("提交评审意见", "Give an opinion"),
    by={PERSON.code},
    subject=Opinion,
    leaves={"asked"},
    enters="given",
    input=ExpertOpinionInput,
)
def give_opinion(call: Call, opinion: Opinion) -> Opinion:
    """An expert's points, once and for good, after he declares that he is independent."""
    data: ExpertOpinionInput = call.data
    if opinion.project.state != EXPERTS:
        raise Refused("FIN-29", _NOT_ASKED_NOW.format(state=opinion.project.state_label), 409)
    if data.independent == "no":
        raise Refused("FIN-26", _DECLARE, 422)
    opinion.points = {criterion.code: getattr(data, criterion.code) for criterion in criteria(call.today)}
    for criterion in criteria(call.today):
        if opinion.points[criterion.code] > criterion.most:
            expected = Text("{name}不超过 {most} 分", "at most {most} points for {name}")
            raise refused(
                "FIN-39",
                criterion.code,
                str(opinion.points[criterion.code]),
                expected.format(name=criterion.label, most=criterion.most),
            )
    opinion.score = sum(opinion.points.values())
    opinion.words, opinion.given_at = data.words, call.now
    opinion.save()
    return opinion


def mean_score(opinions: list[Opinion]) -> Decimal | None:
    """The mean of the points given, to 0.01; None before the first."""
    scores = [opinion.score for opinion in opinions if opinion.score is not None]
    return (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.01")) if scores else None


def spread(opinions: list[Opinion]) -> int:
    """Highest less lowest points of the newest round."""
    newest = max((opinion.round for opinion in opinions), default=0)
    scores = [opinion.score for opinion in opinions if opinion.score is not None and opinion.round == newest]
    return max(scores) - min(scores) if scores else 0


_WAITING = Text("尚有 {n} 名专家未提交意见", "{n} experts have not spoken yet")
_SPREAD = Text(
    "专家评分最大分差 {found} 分，超过 {most} 分，应增补专家复评",
    "points are {found} apart, more than {most}: ask further experts",
)
_POINTS = Text("专家平均分 {found}，低于入库分数线 {least}", "a mean of {found} points is below {least}")


def may_enter(call: Call, project: Project) -> None:
    """All experts spoke, their points lie near each other, and the mean suffices."""
    opinions = list(project.opinions.all())
    waiting = sum(opinion.score is None for opinion in opinions)
    if waiting or not opinions:
        raise Refused("FIN-23", _WAITING.format(n=waiting or count("procedure.library_experts", on=call.today)), 409)
    most = count("procedure.library_spread", on=call.today)
    if spread(opinions) > most:
        raise Refused("FIN-25", _SPREAD.format(found=spread(opinions), most=most), 409)
    mean = mean_score(opinions)
    least = count("procedure.library_points", on=call.today)
    if mean is None or mean < least:
        raise Refused("FIN-24", _POINTS.format(found=mean, least=least), 422)


def enter_library(call: Call, project: Project) -> None:
    """The second person's decision: the day, the quarter's batch and the library's number."""
    quarter = (call.today.month - 1) // 3 + 1
    project.entered_on = call.today
    project.batch = f"{call.today.year}Q{quarter}"
    before = Project.objects.filter(programme=project.programme, batch=project.batch).count()
    project.number = f"{project.programme.code}-{project.batch}-{before + 1:03d}"
    project.words = call.data.words
    values = {"number": project.number, "name": project.name, "demand": written(project.demand_fen)}
    write_letter(call, "finance.entered", project, to=project.owner, values=values)


def reject(call: Call, project: Project) -> None:
    """It does not enter; the reasons stand with it."""
    project.words = call.data.words
    call.enter(REJECTED)


def leave_library(call: Call, project: Project) -> None:
    """It leaves the library for one of the reasons that the rules know."""
    project.exit_reason = require_option(call.data.reason, EXITS.offered, Text("退库原因", "Reason"))
    project.words = call.data.words


def veto(call: Call, project: Project) -> None:
    """An environmental violation or false data removes it at once (一票否决)."""
    project.words = call.data.words


def _send_back(call: Call, project: Project) -> None:
    values = {"name": project.name, "words": call.data.words}
    write_letter(call, "finance.returned", project, to=project.owner, values=values)
