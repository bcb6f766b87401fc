"""docs/how-to/project-owner and bank, followed: a project is applied for; a bank grants credit and pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tanzhi.actions import clock
from tanzhi.streams.ccer.models import CreditProject
from tanzhi.streams.finance.models import Project
from tests.how_to import Guide

if TYPE_CHECKING:
    from tests.streams.finance.conftest import Library

PAPER = ("paper.pdf", b"%PDF-1.4 paper")
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


@LANGUAGES
def test_a_project_owner_goes_by_the_page(language: str, library: Library) -> None:
    guide = Guide("project-owner", language)
    owner = guide.reader(library.owner)
    guide.section("申报气候投融资项目", "Apply for a finance project")
    owner.step(
        "点“气候投融资项目”，“申报项目”，填写名称、地点、类型、投资和贷款需求，再按“申报项目”。",
        "“Finance projects”, “Apply for a project”: name, place, kind, amounts; press “Apply for a project”.",
        {
            "申报项目": {
                "建设地点|Where it stands": "990100",
                "项目名称|Name in Chinese": "光伏发电项目",
                "英文名|Name in English": "Solar power",
                "项目类型|Kind": "renewable",
                "分类|Category": "M2",
                "总投资（万元）|Total investment": "132000",
                "贷款需求（万元）|Loan demand": "90000",
                "项目业主|Owner": "OWN",
                "申报去向|Programme": "LIB",
                "负面清单|Negative list": "none",
                "三年内严重环境处罚|Serious environmental penalty": "no",
            }
        },
    )
    project = Project.objects.get()
    owner.step("点“气候投融资项目”，打开该项目。", "“Finance projects”, open it.", opens=project.get_absolute_url())
    owner.step(
        "“填写减排效益”，按项目类型填写测算数据，再按“填写减排效益”；结果由平台计算，逐步可查。",
        "“State the benefit”: what the kind of project asks for; press “State the benefit”. The platform computes it,"
        " and every step can be walked.",
        {
            "填写减排效益": {
                "测算年度|Year reckoned": "2024",
                "所在区域电网|Grid": "northwest",
                "平均因子适用区域|Area of the average factor": "grid_northwest",
                "发电技术|Technology": "pv",
                "因子方法|Method of the factor": "combined_75",
                "装机容量|Capacity": "300",
                "年利用小时|Hours of use": "1700",
                "厂用与弃电损失率|Own use and curtailment": "8",
            }
        },
    )
    owner.step(
        "“提交申报”，附批复和承诺书，再按“提交申报”：市级主管部门审核。",
        "“Submit” with the approval and the letter of commitment, press “Submit”: the city reviews it.",
        {"提交申报": {"立项批复或备案|Approval of the project": PAPER, "承诺书|Letter of commitment": PAPER}},
    )
    project.refresh_from_db()
    assert project.state == "submitted"
    guide.section("申报 CCER 储备项目", "Propose a CCER project")
    owner.step(
        "点“CCER 项目库”，“申报储备项目”，填写名称、地点和方法学，再按“申报储备项目”。",
        "“CCER projects”, “Propose a project”: name, place, methodology; press “Propose a project”.",
        {
            "申报储备项目": {
                "项目业主|Owner": "OWN",
                "建设地点|Where it stands": "990100",
                "项目名称|Name in Chinese": "光热发电项目",
                "英文名|Name in English": "Solar thermal",
                "拟用方法学|Methodology": "CCER-01-001-V01",
            }
        },
    )
    assert CreditProject.objects.get().state == "candidate"
    guide.end()


@LANGUAGES
def test_a_bank_goes_by_the_page(language: str, library: Library) -> None:
    project = library.entered()
    link = library.pushed(project)
    guide = Guide("bank", language)
    banker = guide.reader(library.bank)
    guide.section("推送给本机构的项目", "Projects pushed to you")
    banker.step(
        "点“授信与放款”，列出推送给本机构的项目，打开一个：看申报材料、减排效益和专家评分。",
        "“Credit and loans” lists the projects that were pushed to you. Open one: its papers, benefit and points.",
        opens=project.get_absolute_url(),
    )
    guide.section("授信与放款", "Credit and loans")
    banker.step(
        "“登记授信”，填金额（万元）、日期和合同编号，再按“登记授信”。",
        "“Record credit granted”: amount (10⁴ yuan), day, contract; press “Record credit granted”.",
        {
            "登记授信": {
                "金额（万元）|Amount": "50000",
                "日期|Day": clock.today().isoformat(),
                "合同或凭证编号|Contract": "SX-1",
            }
        },
    )
    banker.step(
        "“登记放款”，填金额、日期和凭证编号，再按“登记放款”；累计放款不超过授信（FIN-31）。",
        "“Record a disbursement”: amount, day, voucher; press “Record a disbursement”. All together stay within the"
        " credit (FIN-31).",
        {
            "登记放款": {
                "金额（万元）|Amount": "30000",
                "日期|Day": clock.today().isoformat(),
                "合同或凭证编号|Contract": "FK-1",
            }
        },
    )
    banker.step("点“授信与放款”查看累计。", "“Credit and loans” shows the sums.")
    banker.reads("30 000", "30 000")
    link.refresh_from_db()
    assert [int(entry.amount) for entry in link.disbursements.all()] == [30_000]
    guide.end()
