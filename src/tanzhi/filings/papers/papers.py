"""The annual report and the receipt of a deposit as papers in words: page, Word and PDF of the same description."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from tanzhi.actions.models import Performed
from tanzhi.actions.references import reference
from tanzhi.evidence.log import algorithm, particulars
from tanzhi.evidence.models import Entry
from tanzhi.evidence.receipts import receipt
from tanzhi.filings.comparison.comparison import groups_of, state_words
from tanzhi.filings.months.model import Filing, Version
from tanzhi.filings.months.totals import PeriodTotal, deposited_totals
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.office.paper.manner import numbered
from tanzhi.office.paper.paper import Heading, Paper, Table, Words
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.locations import month_words
from tanzhi.rulebook.kernel import Text

CHECKED, DEPOSITED = "filings.check", "filings.deposit"


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something to a filing, and when."""

    person: str
    at: datetime

    @property
    def words(self) -> Text:
        words = Text("{who}，{at}（北京时间）", "{who}, {at} (Beijing time)")
        return words.format(who=self.person, at=f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}")


def act_on(filing: Filing, name: str) -> Act | None:
    """The last time that an act was done to a filing."""
    line = Performed.objects.filter(subject=reference(filing), action=name).order_by("-at", "-pk").first()
    if line is None:
        return None
    person = Person.objects.filter(pk=line.actor).values_list("name", flat=True).first()
    return Act(person or "—", line.at)


NOBODY = Text("—", "—")
ITEM, VALUE, UNIT = Text("项目", "Item"), Text("数值", "Value"), Text("单位", "Unit")
FACTS = (Text("事项", "Matter"), Text("内容", "Statement"))


HOW_TO_VERIFY = Text(
    "验证方法：在本平台“存证日志—验证回执”上传 JSON 回执；或下载公钥与离线验证脚本，不经本平台自行验证。"
    "数据摘要为所存数据规范化字节的 SHA-256。",
    "To verify: upload the receipt's JSON under “Evidence, verify a receipt”; or take the public key and the offline "
    "verifier and check it without this platform. The digest is the SHA-256 of the deposited values' canonical bytes.",
)


def report_paper(filing: Filing) -> Paper | None:
    """A deposited filing's numbers, who answers for them, and how they are proven; None before its deposit."""
    version, entry = filing.deposited_version, deposit_entry(filing)
    if version is None or entry is None:
        return None
    guideline = guideline_of(filing.form_code)
    own = deposited_totals(filing, [filing.period]).get(filing.period)
    blocks: list[Words | Heading | Table] = [
        Text(
            "本报告按“{form}”核算规则计算；{who}填报数据，并对其真实性、完整性、准确性负责。",
            "Computed by the accounting rules “{form}”; {who} states the data and answers for their being true, "
            "complete and exact.",
        ).format(form=guideline.title, who=filing.organisation.name)
    ]
    groups = list(groups_of(guideline, own.amounts if own else {}, []))
    for number, group in enumerate(groups, 1):
        rows = tuple((row.label, *_amount(row.now)) for row in group.rows)
        heading = Text(f"{numbered(1, number)}{group.title.zh}", f"{number}. {group.title.en}")
        blocks += [Heading(heading), Table((ITEM, VALUE, UNIT), rows, numbers=frozenset({1}), widths=(4, 3, 2))]
    last = len(groups) + 1
    blocks += [Heading(Text(f"{numbered(1, last)}填报与存证", f"{last}. Filing and deposit"))]
    blocks += [_facts(filing, version, entry)]
    title = Text("{period}温室气体排放报告", "Greenhouse gas emission report, {period}")
    period = Text(f"{filing.period}年度", filing.period) if filing.is_annual else month_words(filing.period)
    if not filing.is_annual:
        title = Text("{period}碳排放月度数据", "Monthly emission data, {period}")
    return Paper(
        title=title.format(period=period),
        issuer=filing.organisation.name,
        blocks=tuple(blocks),
        note=HOW_TO_VERIFY,
        red=False,
        small=True,
    )


def _amount(total: PeriodTotal | None) -> tuple[Words, Words]:
    if total is None or total.number is None:
        return state_words(total), ""
    return f"{Decimal(total.number):,f}", "" if total.unit == "1" else total.unit


def receipt_paper(filing: Filing) -> Paper | None:
    """What was deposited, by whom and when, and how anybody checks it; None before the deposit is sealed."""
    version, entry = filing.deposited_version, deposit_entry(filing)
    if version is None or entry is None or not entry.number:
        return None
    # What proves it: the place in the log, and the signed head under which it lies.
    head = (receipt(entry) or {}).get("head", {})
    signed = str(head.get("at", ""))
    moment = timezone.localtime(datetime.fromisoformat(signed)) if signed else None
    size = Text("树头（{n} 条）", "Head ({n} entries)").format(n=str(head.get("size", "")))
    release = (particulars(entry) or {}).get("release", "")
    proofs: tuple[tuple[Words, ...], ...] = (
        (Text("日志中的位置", "Place in the log"), str(entry.leaf_index)),
        (size, _broken(str(head.get("root", "")))),
        (Text("树头签发", "Head signed"), f"{moment:%Y-%m-%d %H:%M}" if moment else "—"),
        (Text("散列算法", "Hash"), algorithm()),
        (Text("规则版本", "Rules release"), str(release) or "—"),
    )
    words = Text(
        "兹证明{who}的{what}已于{at}（北京时间）存入存证日志，此后任何改动均可查出。",
        "This certifies that {what} of {who} was put into the evidence log at {at} (Beijing time); whatever is changed "
        "afterwards is found out.",
    )
    at = f"{timezone.localtime(filing.deposited_at or entry.at):%Y-%m-%d %H:%M}"
    statement = words.format(who=filing.organisation.name, what=_what(filing), at=at)
    return Paper(
        title=Text("数据存证回执", "Receipt of a deposit"),
        number=entry.number,
        blocks=(
            statement,
            _facts(filing, version, entry),
            Heading(Text("证明", "Proof")),
            Table(FACTS, proofs, widths=(2, 5)),
        ),
        note=HOW_TO_VERIFY,
        red=False,
        small=True,
    )


def _what(filing: Filing) -> Text:
    if filing.is_annual:
        return Text("{y} 年度排放报告", "the annual report {y}").format(y=filing.period)
    return Text("{m}月度数据", "the monthly data of {m}").format(m=month_words(filing.period))


_NAMED = Text("{name}（{code}）", "{name} ({code})")


def _facts(filing: Filing, version: Version, entry: Entry) -> Table:
    checked, deposited = act_on(filing, CHECKED), act_on(filing, DEPOSITED)
    late = Text("是，期限为 {d}", "yes, it was due {d}") if filing.late else Text("否，期限为 {d}", "no, due {d}")
    rows: tuple[tuple[Words, ...], ...] = (
        (Text("单位", "Enterprise"), _NAMED.format(name=filing.organisation.name, code=filing.organisation.code)),
        (Text("期间", "Period"), _what(filing)),
        (Text("版本", "Version"), Text("第 {n} 版", "version {n}").format(n=version.number)),
        (Text("填报", "Filed by"), Act(version.person_name, version.at).words),
        (Text("提交检查", "Checked by"), checked.words if checked else NOBODY),
        (Text("存证", "Deposited by"), deposited.words if deposited else NOBODY),
        (Text("是否逾期", "Late"), late.format(d=filing.due_on.isoformat())),
        (Text("数据摘要（SHA-256）", "Digest of the data (SHA-256)"), _broken(version.digest)),
        (Text("回执编号", "Receipt number"), entry.number or Text("封存中", "being sealed")),
    )
    return Table(FACTS, rows, widths=(2, 5))


def _broken(digest: str) -> str:
    """A digest in groups of eight, so that it breaks across lines and can be compared by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def deposit_entry(filing: Filing) -> Entry | None:
    """The log's entry of the last deposit."""
    return Entry.objects.filter(kind=DEPOSITED, subject=reference(filing)).order_by("-id").first()
