from importlib import import_module

from django.apps import AppConfig

from tanzhi.actions.roles import PLANT
from tanzhi.presentation import navigation
from tanzhi.rulebook.kernel.text import Text

MODULES = (
    "clues.work", "clues.imports", "clues.answers", "clues.site_work", "clues.figures", "clues.lineage",
    "cross_checks.work",
    "energy_books.work", "energy_books.imports", "energy_comparison.work",
    "cases.work", "cases.conflict_work", "cases.progress", "cases.figures", "cases.lineage",
    "review.work", "review.signature_work",
    "key_list.work", "supervision.work",
    "penalties.work", "penalties.lineage", "disclosure.work", "disclosure.todos",
    "own_disclosure.work", "own_disclosure.todos",
)  # fmt: skip
"""What registers itself when it is imported: acts, imports, figures, explanations."""


OFFICIALS = navigation.AUTHORITY
WORKERS = OFFICIALS | PLANT | {"verifier"}
PAGES = (
    (Text("核查", "Verification"), "cases", WORKERS),
    (Text("问题线索", "Clues"), "clues", WORKERS),
    (Text("重点排放单位名录", "Key emission units"), "register", WORKERS),
    (Text("核查员工作量", "Verifiers"), "workload", OFFICIALS | {"verifier"}),
    (Text("交叉核对疑点", "Cross-check hits"), "hits", WORKERS),
    (Text("核查机构监管", "Supervision of bodies"), "supervision", OFFICIALS - {"administrator"}),
    (Text("能源统计核对", "Energy beside the statistics"), "energy", OFFICIALS),
    (Text("企业能源账表核对", "Plants' books of energy"), "energy_books", WORKERS),
    (Text("处罚案件", "Penalty cases"), "penalties", WORKERS | {"project_owner"}),
    (Text("处罚决定", "Penalty decisions"), "penalty_decisions", navigation.EVERYBODY),
    (Text("核查结果公开", "Disclosures of verified emissions"), "disclosures", OFFICIALS),
    (Text("企业排放信息披露", "Disclosure by enterprises"), "own_disclosures", OFFICIALS | PLANT),
    (Text("已公开的核查排放量", "Verified emissions"), "public_emissions", navigation.EVERYBODY),
)
"""Pages of the menu in their order: name, address, and whose they are."""


class VerificationConfig(AppConfig):
    name = "tanzhi.streams.verification"
    label = "verification"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
        from tanzhi.filings.months.cells import CELL_ACTS, CELL_MARKS
        from tanzhi.filings.months.locks import LOCKS

        from .cases.locks import locked_by_verification
        from .cases.parts import BEFORE_CONCLUSION, CASE_PARTS
        from .clues.cells import AT_A_CELL, marks
        from .report.pages import parameters_of_case
        from .review.pages import part_of_case
        from .review.work import refuse_unfinished

        if locked_by_verification not in LOCKS:
            LOCKS.append(locked_by_verification)
        if marks not in CELL_MARKS:
            CELL_MARKS.append(marks)
            CELL_ACTS.append(AT_A_CELL)
        if part_of_case not in CASE_PARTS:
            CASE_PARTS.extend([part_of_case, parameters_of_case])
            BEFORE_CONCLUSION.append(refuse_unfinished)
        for order, (label, page, roles) in enumerate(PAGES, start=40):
            navigation.register("data", label, f"verification:{page}", order=order, roles=roles)
