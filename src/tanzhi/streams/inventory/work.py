"""The work on an inventory as a table: compile, review by another, publish."""

from __future__ import annotations

from datetime import date

from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, action
from tanzhi.actions.transitions import CaseType
from tanzhi.law.publication import publishes_about
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.rulebook.inventory.categories import CATEGORIES, EDITIONS, NOTATIONS, WARMING_SETS
from tanzhi.rulebook.inventory.law import GUIDE
from tanzhi.rulebook.kernel.text import Text

from .compilation import blank_cells, blanks, compile_run, filed_by
from .inputs import (
    BlankCellsInput,
    InventoryOpenInput,
    InventoryReasonInput,
    InventoryRemarkInput,
    NotationNoteInput,
    TakeBackInput,
    place_of_region,
)
from .models import COMPILED, DRAFT, IN_REVIEW, OPEN_STATES, PUBLISHED, REVIEWED, WITHDRAWN, Inventory, Notation

OFFICER = {"provincial_officer"}
REVIEWERS = {"provincial_officer", "provincial_director"}
DIRECTOR = {"provincial_director"}


_NO_EDITION = Text("没有指南版本 {found}", "there is no edition {found}")
_NO_SET = Text(
    "没有全球变暖潜势 {found}，应为 {known} 之一", "there is no set of potentials {found}; expected one of {known}"
)
_TWICE = Text("已有一份未完成的清单：{name}（{state}）", "there is one under way already: {name} ({state})")


def open_inventory(call: Call) -> Inventory:
    """A new inventory of a region and year; after a published one it is a recalculation of it."""
    data: InventoryOpenInput = call.data
    if data.edition not in EDITIONS:
        raise Refused("INV-08", _NO_EDITION.format(found=data.edition), 422)
    if data.gwp_set not in WARMING_SETS:
        raise Refused("INV-10", _NO_SET.format(found=data.gwp_set, known="、".join(WARMING_SETS)), 422)
    inventories = Inventory.objects.filter(region__code=data.region, year=data.year, edition=data.edition)
    going = inventories.exclude(state__in=(PUBLISHED, WITHDRAWN)).first()
    if going is not None:
        raise Refused("INV-16", _TWICE.format(name=going.name, state=going.state_label), 409)
    return Inventory(
        region=region_by_code(data.region),
        year=data.year,
        edition=data.edition,
        gwp_set=data.gwp_set,
        number=inventories.count() + 1,
    )


def compile_inventory(call: Call, inventory: Inventory) -> None:
    """Take the deposited filings and the notations together into a new run."""
    compile_run(call, inventory)


_BLANKS = Text(
    "有 {n} 格既无数值也无标注，请补填报或逐格标注",
    "{n} cells hold neither a value nor a notation key: file or note them",
)


def nothing_blank(_call: Call, inventory: Inventory) -> None:
    """INV-11: every cell that the edition asks for holds a value or a notation key."""
    findings = blanks(inventory)
    if findings:
        raise Refused("INV-11", _BLANKS.format(n=len(findings)), 422, findings)


_REPLACES = Text("请先撤下已发布的 {name}", "withdraw {name}, which is published, first")


def only_one_published(_call: Call, inventory: Inventory) -> None:
    """INV-16: a recalculation is published once the inventory that it replaces was withdrawn."""
    published = Inventory.objects.filter(region=inventory.region, year=inventory.year, state=PUBLISHED).first()
    if published is not None:
        raise Refused("INV-16", _REPLACES.format(name=published.name), 409)


def publish(call: Call, inventory: Inventory) -> None:
    """From now on everybody may see it."""
    inventory.published = True
    run = inventory.latest_run
    call.attach("run", run.number if run else 0)


def withdraw(call: Call, inventory: Inventory) -> None:
    """It stays readable for the authority, and no figure rests on it any more."""
    inventory.published = False
    call.attach("reason", call.data.reason)


def keep_remark(call: Call, _inventory: Inventory) -> None:
    """The remark stands in the evidence."""
    call.attach("remark", getattr(call.data, "remark", "") or getattr(call.data, "reason", ""))


INVENTORY = CaseType(
    "inventory.inventory",
    model=Inventory,
    title=Text("温室气体清单", "Greenhouse gas inventory"),
    law=GUIDE,
    states=(
        State(DRAFT, Text("编制中", "in compilation"), tone="due"),
        State(COMPILED, Text("已汇总", "compiled"), tone="info"),
        State(IN_REVIEW, Text("审核中", "in review"), tone="due"),
        State(REVIEWED, Text("已审核", "reviewed"), tone="info"),
        State(PUBLISHED, Text("已发布", "published"), tone="ok"),
        State(WITHDRAWN, Text("已撤下", "withdrawn"), tone="late", end=True, aside=True),
    ),
    opening=Opening(
        "inventory.open",
        Text("新建清单", "Open an inventory"),
        by=OFFICER,
        input=InventoryOpenInput,
        place=place_of_region,
        do=open_inventory,
    ),
    moves=(
        Move(
            "inventory.compile",
            Text("汇总计算", "Compile"),
            leaves=OPEN_STATES,
            enters=COMPILED,
            by=OFFICER,
            do=compile_inventory,
        ),
        Move(
            "inventory.submit",
            Text("提交审核", "Hand in for review"),
            leaves=(COMPILED,),
            enters=IN_REVIEW,
            by=OFFICER,
            guard=nothing_blank,
        ),
        Move(
            "inventory.approve",
            Text("审核通过", "Approve"),
            leaves=(IN_REVIEW,),
            enters=REVIEWED,
            by=REVIEWERS,
            input=InventoryRemarkInput,
            authors=filed_by,
            do=keep_remark,
        ),
        Move(
            "inventory.send_back",
            Text("退回修改", "Send back"),
            leaves=(IN_REVIEW, REVIEWED),
            enters=DRAFT,
            by=REVIEWERS,
            input=InventoryReasonInput,
            do=keep_remark,
            forward=False,
        ),
        Move(
            "inventory.publish",
            Text("发布", "Publish"),
            leaves=(REVIEWED,),
            enters=PUBLISHED,
            by=DIRECTOR,
            guard=only_one_published,
            authors=filed_by,
            do=publish,
        ),
        Move(
            "inventory.withdraw",
            Text("撤下", "Withdraw"),
            leaves=(PUBLISHED,),
            enters=WITHDRAWN,
            by=DIRECTOR,
            input=InventoryReasonInput,
            do=withdraw,
            forward=False,
        ),
    ),
)


SHORTEST_REASON = 4  # characters; shorter ones say nothing
_SAME_NOTE = Text("{category} × {gas} 已标注为 {key}，内容相同", "{category} × {gas} is noted as {key} already")


_FIXED = Text("清单{state}，内容不得修改；请先退回", "the inventory is {state}: nothing is changed; send it back first")
_NO_CELL = Text(
    "清单中没有 {category} × {gas}，或符号未知", "there is no cell {category} × {gas}, or the key is unknown"
)
_NEEDS_REASON = Text("NE（未估算）必须说明理由", "NE (not estimated) needs a reason")
_OWN_TARGET = Text("IE 不得列入本类别 {category}", "IE: {category} is not included elsewhere in itself")
_NEEDS_TARGET = Text("IE（列在别处）必须写明列入的类别", "IE (included elsewhere) needs the category that includes it")


def refuse_fixed(inventory: Inventory) -> None:
    """Nothing is noted in an inventory that is handed in, until it is sent back."""
    if inventory.state not in OPEN_STATES:
        raise Refused("INV-22", _FIXED.format(state=inventory.state_label), 409)


def refuse_unexplained(key: str, reason: str) -> None:
    """Not estimated (NE) says why."""
    if key == "NE" and len(reason) < SHORTEST_REASON:
        raise Refused("INV-11", _NEEDS_REASON, 422)


@action(
    "inventory.note",
    label=Text("标注", "Note a cell"),
    by=OFFICER,
    subject=Inventory,
    input=NotationNoteInput,
    law=GUIDE,
)
def note(call: Call, inventory: Inventory) -> Notation:
    """Say why a cell holds no number (NO, NE, NA, IE) or must not show it (C); the next compilation takes it."""
    data: NotationNoteInput = call.data
    refuse_fixed(inventory)
    category = CATEGORIES.get(data.category)
    if category is None or data.gas not in category.gases or data.key not in NOTATIONS:
        raise Refused("INV-11", _NO_CELL.format(category=data.category, gas=data.gas), 422)
    refuse_unexplained(data.key, data.reason)
    if data.key == "IE" and data.target not in CATEGORIES:
        raise Refused("INV-11", _NEEDS_TARGET, 422)
    if data.key == "IE" and data.target == data.category:
        raise Refused("INV-11", _OWN_TARGET.format(category=data.category), 422)
    before = inventory.notations.filter(category=data.category, gas=data.gas).first()
    stated = {"key": data.key, "reason": data.reason, "target": data.target}
    if before is not None and stated == {name: getattr(before, name) for name in stated}:
        raise Refused("INV-24", _SAME_NOTE.format(category=data.category, gas=data.gas, key=data.key), 409)
    by = {"person_id": call.actor.person_id or 0, "person_name": call.actor.name, "at": call.now}
    notation, _ = Notation.objects.update_or_create(
        inventory=inventory, category=data.category, gas=data.gas, defaults={**stated, **by}
    )
    _attach_change(call, data.category, data.gas, words_of(before), words_of(notation))
    return notation


_NO_RUN = Text("请先汇总计算，才知道哪些格空白", "compile first: only then is it known which cells are blank")
_NONE_BLANK = Text("没有未标注的空白格", "no cell is blank and without a note")


@action(
    "inventory.note_blanks",
    label=Text("标注空白格", "Note the blank cells"),
    by=OFFICER,
    subject=Inventory,
    input=BlankCellsInput,
    law=GUIDE,
)
def note_blanks(call: Call, inventory: Inventory) -> Inventory:
    """Note every cell of a sector that the latest run leaves blank alike; what is filed or noted stays as it is."""
    data: BlankCellsInput = call.data
    refuse_fixed(inventory)
    refuse_unexplained(data.key, data.reason)
    if inventory.latest_run is None:
        raise Refused("INV-24", _NO_RUN, 409)
    noted = set(inventory.notations.values_list("category", "gas"))
    blank = [
        (category.code, gas)
        for category, gas in blank_cells(inventory)
        if data.sector in ("", category.sector) and (category.code, gas) not in noted
    ]
    if not blank:
        raise Refused("INV-24", _NONE_BLANK, 409)
    by = {"person_id": call.actor.person_id or 0, "person_name": call.actor.name, "at": call.now}
    for category, gas in blank:
        Notation.objects.create(inventory=inventory, category=category, gas=gas, key=data.key, reason=data.reason, **by)
    call.attach("cells", [f"{category} {gas}" for category, gas in blank])
    call.attach("after", " ".join(filter(None, (data.key, data.reason))))
    return inventory


_NO_NOTE = Text("{category} × {gas} 没有标注", "{category} × {gas} has no note")


@action(
    "inventory.take_back_note",
    label=Text("撤回标注", "Take a note back"),
    by=OFFICER,
    subject=Inventory,
    input=TakeBackInput,
    law=GUIDE,
)
def take_back_note(call: Call, inventory: Inventory) -> Inventory:
    """The cell is again what was filed for it; the next compilation takes it."""
    data: TakeBackInput = call.data
    refuse_fixed(inventory)
    notation = inventory.notations.filter(category=data.category, gas=data.gas).first()
    if notation is None:
        raise Refused("INV-24", _NO_NOTE.format(category=data.category, gas=data.gas), 409)
    _attach_change(call, data.category, data.gas, words_of(notation), "")
    call.attach("reason", data.reason)
    notation.delete()
    return inventory


def words_of(notation: Notation | None) -> str:
    """A note in one line: its key, where the amount is included, why."""
    return " ".join(filter(None, (notation.key, notation.target, notation.reason))) if notation else ""


def _attach_change(call: Call, category: str, gas: str, before: str, after: str) -> None:
    call.attach("cell", f"{category} {gas}")
    call.attach("before", before)
    call.attach("after", after)


@publishes_about
def inventories_about(guideline: str, since: date, until: date) -> list[Text]:
    """Inventories that were published for years between the two days, where the guideline is one of theirs."""
    if not guideline.startswith("inventory"):
        return []
    return [row.name for row in Inventory.objects.filter(published=True, year__range=(since.year, until.year))]
