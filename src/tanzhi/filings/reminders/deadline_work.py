"""The only writer of inner deadlines."""

from __future__ import annotations

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action
from tanzhi.filings.months.inputs import DeadlineInput
from tanzhi.filings.months.model import InnerDeadline
from tanzhi.filings.shared.forms import monthly_forms
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.rulebook.kernel import Text


@action(
    "filings.set_deadline",
    label=Text("设定内部期限", "Set an internal deadline"),
    by={"provincial_director", "administrator"},
    input=DeadlineInput,
    place=lambda data: region_by_code(data.region).place,
)
def set_deadline(call: Call) -> InnerDeadline:
    """A province's own earlier deadline; it informs and reminds, the law's day still decides what is late."""
    data, region = call.data, region_by_code(call.data.region)
    if data.form_code not in dict(monthly_forms()):
        raise Refused("FIL-FORM", Text("没有按月表单 {f}", "no monthly form {f}").format(f=data.form_code), 422)
    InnerDeadline.objects.filter(region=region, form_code=data.form_code, until=None).update(until=data.since)
    return InnerDeadline.objects.create(
        region=region, form_code=data.form_code, days=data.days, source=data.source, since=data.since
    )
