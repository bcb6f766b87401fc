"""How a filing begins: who files for whom, and the one filing of a subject, a form and a period."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.existence import is_there
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.roles import PLANT, SERVICE
from tanzhi.actions.table import Call
from tanzhi.filings.months.inputs import FilingOpenInput
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import due_on, inner_due_on
from tanzhi.filings.reminders.duties import duties
from tanzhi.filings.reminders.work import OFFICERS, filers_of
from tanzhi.filings.shared.forms import is_regional, known_forms
from tanzhi.filings.shared.inputs import organisation_by_number
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.notices.delivery import NoticeDraft, tell

OFFICE = {"city_officer", "provincial_officer", "provincial_director"}
FILERS = PLANT | OFFICE


def files_as(actor: Actor, role: str, filing: Filing | None, data: Any) -> bool:
    """A plant's people file what is the plant's; what is about a region its department files, as the department."""
    form_code = filing.form_code if filing else data.form_code
    organisation_id = filing.organisation_id if filing else data.organisation_id
    if not (form_code in known_forms() and is_regional(form_code)):
        return role in PLANT | {SERVICE.code}
    own = {grant.organisation_id for grant in actor.grants if grant.role == role}
    return role in OFFICE and organisation_id in own


def opens_as(actor: Actor, role: str, filing: Filing | None, data: Any) -> bool:
    """An officer also opens what plants of his region owe; what stands in it the plant alone states."""
    form_code = filing.form_code if filing else data.form_code
    of_plant = not (form_code in known_forms() and is_regional(form_code))
    return (of_plant and role in OFFICERS) or files_as(actor, role, filing, data)


_NOT_OWED = Text("{found} 不是该单位应报而未报的期间", "{found} is no period that it owes and has not begun")
_OPENED = Text("主管部门已开启填报：{name}", "The authority opened a form to fill in: {name}")


def open_filing(call: Call) -> Filing:
    """The filing of an organisation for a period; what an officer opens is owed, and its people are told."""
    filing = new_filing(_organisation_of(call.data), call.data.form_code, call.data.period)
    if call.actor.belongs_to(filing.organisation_id) or call.role == SERVICE.code:
        return filing
    organisation = Organisation.objects.get(pk=filing.organisation_id)
    owed = {(duty.form_code, duty.period) for duty in duties([organisation], call.today)}
    if (filing.form_code, filing.period) not in owed:
        raise Refused("FIL-NOT-OWED", _NOT_OWED.format(found=filing.period), 409)
    address = reverse("filings:begin", args=[organisation.pk, filing.form_code, filing.period])
    title, key = _OPENED.format(name=filing.name), f"filings.open:{organisation.pk}:{filing.form_code}:{filing.period}"
    people = filers_of(organisation, call.today)
    tell([NoticeDraft(person, "opened", key, title, address, filing.due_on) for person in people], call.now)
    return filing


def _organisation_of(data: FilingOpenInput) -> Organisation:
    """Whose filing it is: it is there, since the action was allowed in its place."""
    if (organisation := organisation_by_number(data.organisation_id)) is None:
        raise out_of_scope()
    return organisation


def opened_before(call: Call) -> Filing | None:
    """The one that is there already; refused where the rules have no such form."""
    data: FilingOpenInput = call.data
    kind = "month" if len(data.period) == 7 else "year"
    if data.form_code not in known_forms() or not data.form_code.endswith(f".{kind}"):
        message = Text("没有用于 {period} 的表单 {found}", "there is no form {found} for {period}")
        raise Refused("FIL-FORM", message.format(found=data.form_code, period=data.period), 422)
    return standing_filing(_organisation_of(data), data.form_code, data.period)


_NOT_AN_AUTHORITY = Text(
    "全省数据由主管部门填报，{found} 不能填报", "a region's data are stated by an authority, not {found}"
)


_OTHERS = Text("{period} 年的该项数据已由 {found} 填报", "these data of {period} are filed by {found}")


def standing_filing(organisation: Organisation, form_code: str, period: str) -> Filing | None:
    """The one filing of a subject, a form and a period, locked: the subject is who files, or a region."""
    regional = is_regional(form_code)
    if regional and organisation.kind != "authority":
        raise Refused("FIL-REGION", _NOT_AN_AUTHORITY.format(found=organisation.name), 422)
    same = {"form_code": form_code, "subject": _subject(organisation, form_code), "period": period}
    if not is_there(Filing, **same):
        return None
    filing = Filing.objects.select_for_update(of=("self",)).filter(**same).first()
    if filing is not None and filing.organisation_id != organisation.pk:
        raise Refused("FIL-SUBJECT", _OTHERS.format(period=period, found=filing.organisation.name), 409)
    return filing


def _subject(organisation: Organisation, form_code: str) -> str:
    return f"region:{organisation.region_id}" if is_regional(form_code) else f"organisation:{organisation.pk}"


def new_filing(organisation: Organisation, form_code: str, period: str) -> Filing:
    return Filing(
        form_code=form_code,
        subject=_subject(organisation, form_code),
        period=period,
        organisation=organisation,
        due_on=due_on(form_code, period),
        inner_due_on=inner_due_on(organisation, form_code, period),
    )
