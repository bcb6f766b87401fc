"""The rule catalogue: what is filed, what follows from it, by which law, with which parameters."""

from __future__ import annotations

from typing import Any

from docs.markdown import NOTICE, both, code, table, years
from tanzhi.rulebook.kernel import catalogue
from tanzhi.rulebook.kernel.parameter_files import CONFIDENCES

FILED = ("input", "choice", "text", "date")


def page() -> str:
    guidelines = catalogue()
    parts = ["# Rules 规则目录", NOTICE, _reading(), *(_guideline(g) for g in guidelines)]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _reading() -> str:
    marks = table(["Confidence", "Meaning"], [(code(c), both(text.as_dict())) for c, text in CONFIDENCES.items()])
    words = "Years are data years and days are days, the last one included. How well a parameter or rule is known:"
    return f"{words}\n\n{marks}"


def _guideline(guideline: dict[str, Any]) -> str:
    rules = guideline["rules"]
    parts = [
        f"## {code(guideline['name'])} {both(guideline['title'])}",
        table(["Level", "Name"], [(code(n), both(lv["label"])) for n, lv in guideline["levels"].items()]),
        "### Filed 填报",
        _filed([rule for rule in rules if rule["kind"] in FILED]),
        "### Computed 计算",
        *(_computed(rule) for rule in rules if rule["kind"] not in FILED),
        "### Parameters 参数",
        *(_parameter(parameter) for parameter in guideline["parameters"]),
    ]
    return "\n\n".join(part.strip() for part in parts if part)


def _filed(rules: list[dict[str, Any]]) -> str:
    heads = ["Name", "Label", "Level", "Form", "Unit or options", "Decimals", "Range", "Required", "Years", "Evidence"]
    return table(heads, [_filed_row(rule) for rule in rules])


def _filed_row(rule: dict[str, Any]) -> tuple[Any, ...]:
    options = "; ".join(f"{code(name)} {both(text)}" for name, text in rule["options"].items())
    limits = f"{rule['minimum'] or ''} … {rule['maximum'] or ''}" if rule["minimum"] or rule["maximum"] else ""
    place = (code(rule["name"]), both(rule["label"]), rule["level"], rule["form"], options or rule["unit"])
    demands = ("yes" if rule["required"] else "", years(rule["since"], rule["until"]), both(rule["evidence"]))
    return (*place, rule["decimals"], limits.strip(), *demands)


def _computed(rule: dict[str, Any]) -> str:
    when = years(rule["since"], rule["until"])
    facts = [
        f"level {rule['level']}",
        f"unit {rule['unit']}",
        "not rounded" if rule["rounding"] is None else f"{rule['decimals']} decimals, {rule['rounding']}",
        when,
        f"law: {rule['law']}" if rule["law"] else "",
        f"confidence {code(rule['confidence'])}" if rule["confidence"] else "",
        "" if rule["status"] == "final" else f"status: {rule['status']}",
    ]
    formula = rule["formula"]
    lines = [f"#### {code(rule['name'])} {both(rule['label'])}" + (f" ({when})" if when else "")]
    lines += [" · ".join(fact for fact in facts if fact), rule["meaning"], f"    {formula['names']}"]
    return "\n\n".join(line for line in lines if line)


def _parameter(parameter: dict[str, Any]) -> str:
    head = f"#### {code(parameter['name'])} {both(parameter['label'])}"
    facts = [f"unit {parameter['unit']}", f"law: {parameter['law']}" if parameter["law"] else "", parameter["note"]]
    heads = ["For", "Value", "From", "To", "Status", "Confidence", "Source"]
    values = table(heads, [_value(value) for value in parameter["values"]])
    return "\n\n".join(part for part in (head, " · ".join(f for f in facts if f), values) if part)


def _value(value: dict[str, Any]) -> tuple[Any, ...]:
    keys = "; ".join(f"{name}: {', '.join(codes)}" for name, codes in value["keys"].items())
    source = " ".join(words for words in (value["source"], value["note"]) if words)
    return keys, value["value"], value["since"], value["until"], value["status"], value["confidence"], source
