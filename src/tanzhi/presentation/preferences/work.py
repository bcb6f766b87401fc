"""The only writers of what a person keeps of pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tanzhi.actions.registry import Call, Input, Label, action, anywhere
from tanzhi.actions.roles import PERSON
from tanzhi.rulebook.kernel.text import Text

from .model import SavedView, Seen


class NewView(Input):
    listing: Annotated[str, Field(min_length=1, max_length=100), Label("列表", "List")]
    name: Annotated[str, Field(min_length=1, max_length=60), Label("视图名称", "Name of the view")]
    query: Annotated[str, Field(max_length=1000), Label("筛选与排序", "Filters and order")] = ""


class DismissInput(Input):
    what: Annotated[str, Field(min_length=1, max_length=100), Label("内容", "Content")]


def _person(call: Call) -> int:
    """Who acts: the role over oneself is held by people only."""
    return call.actor.person_id or 0


@action(
    "presentation.save_view", label=Text("保存视图", "Save the view"), by={PERSON.code}, place=anywhere, input=NewView
)
def save_view(call: Call) -> SavedView:
    """Keep a view; one of the same name is replaced."""
    data: NewView = call.data
    saved, _ = SavedView.objects.update_or_create(
        person_id=_person(call), listing=data.listing, name=data.name, defaults={"query": data.query}
    )
    return saved


@action("presentation.drop_view", label=Text("删除视图", "Remove the view"), by={PERSON.code}, subject=SavedView)
def drop_view(_call: Call, view: SavedView) -> None:
    SavedView.objects.filter(pk=view.pk).delete()


@action(
    "presentation.dismiss",
    label=Text("不再显示", "Do not show again"),
    by={PERSON.code},
    place=anywhere,
    input=DismissInput,
)
def dismiss(call: Call) -> Seen:
    seen, _ = Seen.objects.get_or_create(person_id=_person(call), what=call.data.what, defaults={"at": call.now})
    return seen
