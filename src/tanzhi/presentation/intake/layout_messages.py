"""What reading a layout of somebody else can find: the national platform's month form (NAT-*), a report by rows."""

from __future__ import annotations

from tanzhi.rulebook.kernel.finding import ERROR, NOTE, QUESTION
from tanzhi.rulebook.kernel.text import Text

_CORRECT = Text("请更正该单元格", "Correct this cell")
_CHECK = Text("请核对", "Please make sure")
_SAVE_AGAIN = Text(
    "请从国家平台或本页重新下载该表式", "Download that layout again, from the national platform or this page"
)

# code → what is said of it, what is expected, what to do, how grave; {label}, {found} and {expected} are filled in
LAYOUT_MESSAGES: dict[str, tuple[Text, Text, Text, str]] = {
    "NAT-COLUMN": (
        Text("缺少列“{found}”，或该列出现两次", "column “{found}” is missing, or stands twice"),
        Text("表头：{expected}", "headings: {expected}"),
        _SAVE_AGAIN,
        ERROR,
    ),
    "NAT-MONTHS": (
        Text("国家平台表式只含一个月", "the national platform's layout holds one month"),
        Text("不勾选“含全年各月”", "“holds all months of the year” not ticked"),
        Text("请逐月上传", "Upload each month in its own filing"),
        ERROR,
    ),
    "NAT-PERIOD": (
        Text("不是本期的数据：“{found}”", "not of this period: “{found}”"),
        Text("{expected}", "{expected}"),
        _CORRECT,
        ERROR,
    ),
    "NAT-LINE": (
        Text("登记中没有这条生产线（机组）：“{found}”", "the register has no such line (unit): “{found}”"),
        Text("{expected}", "{expected}"),
        _CORRECT,
        ERROR,
    ),
    "NAT-SOURCE": (
        Text("不认识的排放源：“{found}”", "an unknown emission source: “{found}”"),
        Text("{expected}", "{expected}"),
        _CORRECT,
        ERROR,
    ),
    "NAT-MATERIAL": (
        Text("不认识的物料：“{found}”", "an unknown material: “{found}”"),
        Text("{expected}", "{expected}"),
        _CORRECT,
        ERROR,
    ),
    "NAT-PARAMETER": (
        Text("该排放源没有参数“{found}”", "the source has no parameter “{found}”"),
        Text("{expected}", "{expected}"),
        _CORRECT,
        ERROR,
    ),
    "NAT-METHOD": (
        Text(
            "{label}的取值方式“{found}”不能识别或不适用", "{label}: the method “{found}” is unknown or does not apply"
        ),
        Text("{expected}", "{expected}"),
        _CORRECT,
        ERROR,
    ),
    "NAT-UNIT": (
        Text(
            "{label}的单位是“{found}”，不能精确换算",
            "{label} states the unit “{found}”, which is not converted exactly",
        ),
        Text("单位 {expected}", "the unit {expected}"),
        Text("请按应为的单位填写数值和单位", "State value and unit in the expected unit"),
        ERROR,
    ),
    "NAT-TWICE": (
        Text("{label}出现两次，上一处：{found}", "{label} stands twice, first at {found}"),
        Text("每个参数一行", "one row for each parameter"),
        Text("请删去多余的一行", "Delete the row that is too many"),
        ERROR,
    ),
    "NAT-MISSING": (
        Text("缺少参数“{found}”或其数值", "parameter “{found}” or its value is missing"),
        Text("一行{expected}，没有发生填 0", "a row of {expected}; 0 where nothing occurred"),
        Text("请补充该行", "Add that row"),
        ERROR,
    ),
    "NAT-DEFAULT": (
        Text("{label}的缺省值与规定不符：{found}", "{label}: the default differs from the law's: {found}"),
        Text("{expected}", "{expected}"),
        Text("请填规定的缺省值；实测的请改为“实测值”", "State the law's default; if it was measured, state 实测值"),
        ERROR,
    ),
    "NAT-COMPUTED": (
        Text("{label}的计算值与本平台计算结果不同：{found}", "{label}: computed here it comes out otherwise: {found}"),
        Text("{expected}", "{expected}"),
        Text("以本平台按填报数据计算的结果为准，请核对", "What is computed here from the filed data counts: check it"),
        QUESTION,
    ),
    "NAT-STATED": (
        Text(
            "{label}的计算值没有明细可复算，按填报值采用",
            "{label}: nothing is there to compute it from; it is taken as stated",
        ),
        Text("样品或计量明细", "the samples or readings"),
        _CHECK,
        NOTE,
    ),
    "VAL-BESIDE": (
        Text(
            "该表式不含的 {found} 项沿用上一版（{expected}）",
            "{found} values that the layout does not hold stay as the last version has them ({expected})",
        ),
        Text("{expected}", "{expected}"),
        _CHECK,
        NOTE,
    ),
    "XLS-TURNED": (
        Text(
            "该表按行排列，没有本期的列：{found}",
            "the sheet is laid out by rows and has no column of the period: {found}",
        ),
        Text("{expected} 的一列", "a column of {expected}"),
        Text("请核对表头中的月份", "Check the months in its headings"),
        ERROR,
    ),
    "XLS-ROWWISE": (
        Text("“{found}”按行排列（项目、计量单位、各月）", "“{found}” is laid out by rows (item, unit, months)"),
        Text(
            "先在“自有台账”对应一次各项目，再在“读法”中选择",
            "its items matched once under “Own ledgers”, then chosen under “Read as”",
        ),
        Text("请到“自有台账”上传一份样本", "Upload a sample under “Own ledgers”"),
        ERROR,
    ),
    "XLS-ITEM": (
        Text("没有项目“{found}”", "there is no item “{found}”"),
        Text("对应时的名称", "the name that it had when it was matched"),
        Text("请恢复项目名称，或重新对应", "Restore the name of the item, or match the report again"),
        ERROR,
    ),
    "XLS-ITEMS": (
        Text("项目“{found}”出现两次", "the item “{found}” stands twice"),
        Text("每个项目一行", "one row for each item"),
        Text("请区分项目名称", "Tell the two apart by their names"),
        ERROR,
    ),
    "VAL-ROUNDED": (
        Text("{label}的小数位多于表单所留：{found}", "{label} has more decimals than the form keeps: {found}"),
        Text("按四舍五入保存为 {expected}", "kept as {expected}, rounded half up"),
        Text("请核对；不同意的请在文件中填写应保存的数值", "Make sure of it, or state in the file what is to be kept"),
        QUESTION,
    ),
}
