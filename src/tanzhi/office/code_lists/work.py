"""The lists of codes from draft to adoption: entries are added, renamed, ordered and retired, never removed."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import refused
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.code_lists import LISTS, CodeList, EntryWording, ListChanges, ListEntry
from tanzhi.organisations.installation.order import placed
from tanzhi.organisations.installation.work import VersionActs, change, version_case
from tanzhi.organisations.lists_version import ListsVersion
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text

FIRST = "_first"
IN_USE: Final = "in_use"
RETIRED: Final = "retired"
STANDINGS = {IN_USE: Text("使用", "In use"), RETIRED: Text("停用", "Retired")}


def lists(_actor: Actor) -> list[tuple[str, Text]]:
    return [(code, each.title) for code, each in LISTS.items()]


ListCode = Annotated[str, Field(min_length=1, max_length=60), Label("代码表", "List"), Choices(lists)]
EntryZh = Annotated[str, Field(min_length=1, max_length=60), Label("名称（中文）", "Name (Chinese)")]
EntryEn = Annotated[
    str,
    Field(max_length=100),
    Label("名称（英文）", "Name (English)"),
    Help("留空则英文页面用中文名称", "blank: English pages say the Chinese name"),
]
AfterCode = Annotated[
    str,
    Field(max_length=40),
    Label("排在此代码之后", "After the code"),
    Help(
        "_first 为最前；留空则位置不变，新增者排在最后",
        "_first: at the beginning; blank: where it stands, a new one last",
    ),
]


class NewEntryInput(Input):
    list: ListCode
    code: Annotated[
        str,
        Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40),
        Label("代码", "Code"),
        Help(
            "小写字母、数字、下划线；采用后不可更改", "small letters, digits, underscores; never changed once adopted"
        ),
    ]
    zh: EntryZh
    en: EntryEn = ""
    after: AfterCode = ""


class EntryChangeInput(Input):
    list: ListCode
    code: Annotated[str, Field(min_length=1, max_length=40), Label("代码", "Code")]
    zh: EntryZh
    en: EntryEn = ""
    after: AfterCode = ""
    standing: Annotated[Literal["in_use", "retired"], Label("状态", "Standing"), Choices(STANDINGS)] = IN_USE


_LISTED = Text("已有的代码，如 {codes}", "a code that is there, such as {codes}")
_FREE = Text("表中尚无的代码", "a code that the list does not have yet")
_SHORT = Text("至多 {n} 个字符", "at most {n} characters")
_OTHER_NAME = Text("表中其他条目没有用过的名称或代码", "a name or code that no other entry of the list has")
_NEEDED = Text("使用：平台按此代码计算或统计", "in use: the platform computes or counts by this code")
_SOME = Text("至少留一个使用中的条目", "at least one entry in use")


def list_named(code: str) -> CodeList:
    """A list by its code (LST-01)."""
    if code not in LISTS:
        raise refused("LST-01", "list", code, _LISTED.format(codes=", ".join(LISTS)))
    return LISTS[code]


def add_entry(call: Call, version: ListsVersion) -> None:
    """A new code, which no entry has or had (LST-03), as long as records can bear (LST-02)."""
    every, data = list_named(call.data.list), call.data
    longest = min(use.longest for use in every.uses)
    if len(data.code) > longest:
        raise refused("LST-02", "code", data.code, _SHORT.format(n=longest))
    entries = every.entries(version.changes(every.code))
    if data.code in {entry.code for entry in entries}:
        raise refused("LST-03", "code", data.code, _FREE, 409)
    _store(version, every, entries, EntryWording(zh=data.zh, en=data.en), data)


def change_entry(call: Call, version: ListsVersion) -> None:
    """An entry's name, place and standing; the code stays, and what the platform decides by stays in use (LST-05)."""
    every, data = list_named(call.data.list), call.data
    entries = every.entries(version.changes(every.code))
    codes = [entry.code for entry in entries]
    if data.code not in codes:
        raise refused("LST-04", "code", data.code, _LISTED.format(codes=", ".join(codes[:5])))
    retired = data.standing == RETIRED
    if retired and data.code in every.needed:
        raise refused("LST-05", "standing", STANDINGS[RETIRED], _NEEDED, 409)
    if retired and not any(entry.code != data.code and not entry.retired for entry in entries):
        raise refused("LST-07", "standing", STANDINGS[RETIRED], _SOME, 409)
    _store(version, every, entries, EntryWording(zh=data.zh, en=data.en, retired=retired), data)


def _store(
    version: ListsVersion,
    every: CodeList,
    entries: tuple[ListEntry, ...],
    wording: EntryWording,
    data: NewEntryInput | EntryChangeInput,
) -> None:
    """A name is one entry's alone (LST-06), for it is read back to its code; a place is after a code that is there."""
    codes = [entry.code for entry in entries]
    others = [entry for entry in entries if entry.code != data.code]
    taken = {word.casefold() for entry in others for word in (entry.code, entry.words.zh, entry.words.en)}
    for field, word in (("zh", wording.zh), ("en", wording.en)):
        if word.casefold() in taken:
            raise refused("LST-06", field, word, _OTHER_NAME, 409)
    changes = version.changes(every.code)
    own = {code: entry for code, entry in changes.entries.items() if code != data.code}
    shipped = every.shipped.get(data.code)
    if shipped is None or (wording.zh, wording.en or wording.zh, wording.retired) != (shipped.zh, shipped.en, False):
        own[data.code] = wording
    order = changes.order
    if data.after:
        if data.after not in (FIRST, *(entry.code for entry in others)):
            raise refused("LST-04", "after", data.after, _LISTED.format(codes=", ".join([FIRST, *codes][:5])))
        order = placed(codes, data.code, None if data.after == FIRST else data.after)
    stored = ListChanges(entries=own, order=order).model_dump(mode="json", exclude_defaults=True)
    rest = {name: each for name, each in version.overlay.items() if name != every.code}
    version.overlay = rest | ({every.code: stored} if stored else {})


version_case(
    "office.lists",
    ListsVersion,
    VersionActs(
        draft=("office.draft_lists", Text("修改代码表", "Change code lists")),
        adopt=("office.adopt_lists", Text("提请采用", "Propose for adoption")),
        take_earlier=("office.take_earlier_lists", Text("取用以前一版", "Take an earlier version")),
        withdraw=("office.withdraw_lists", Text("撤回代码表草稿", "Withdraw the draft")),
    ),
    change("office.change_entry", Text("改条目", "Change an entry"), EntryChangeInput, change_entry),
    change("office.add_entry", Text("增加条目", "Add an entry"), NewEntryInput, add_entry, on_page=False),
)
