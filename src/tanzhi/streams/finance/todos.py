"""What climate finance asks of a person beside its clocks: an expert's opinion, an application sent back."""

from __future__ import annotations

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.todos.todo import Todo, register

from .models import DRAFT, EXPERTS, RETURNED, Opinion, Project

ASKED = Text("评审项目：{name}", "Give an opinion: {name}")
BACK = Text("修改退回的项目：{name}", "Amend what was sent back: {name}")
UNDONE = Text("完成并提交申报：{name}", "Finish and submit: {name}")


@register
def finance_to_do(actor: Actor) -> list[Todo]:
    own = [g.organisation_id for g in actor.grants if g.role == "project_owner" and g.organisation_id]
    rows = Project.objects.filter(owner_id__in=own, state__in=(DRAFT, RETURNED)) if own else []
    words = {DRAFT: UNDONE, RETURNED: BACK}
    waiting = Opinion.objects.filter(person_id=actor.person_id or 0, state="asked", project__state=EXPERTS)
    refs = {opinion.project.reference: opinion.project for opinion in waiting.select_related("project")}
    due = {ref: clock.due_on for ref, clock in Clock.objects.next_of(refs).items()} if refs else {}
    return [
        Todo(ASKED.format(name=row.name), ref, due.get(ref), row.get_absolute_url(), "finance.opinion")
        for ref, row in refs.items()
    ] + [
        Todo(words[row.state].format(name=row.name), row.reference, None, row.get_absolute_url(), "finance.project")
        for row in rows
    ]
