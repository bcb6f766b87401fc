"""`tanzhi import`: a workbook into a filing, as somebody who may, with an answer for every cell."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tanzhi.actions.roles import PLANT
from tanzhi.rulebook.kernel.text import Text, in_language

from .ground import database
from .speaking import FROM_SYSTEM, NOT_THERE, REFUSED, AsJson, Language, Stopped, print_json, speak

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.filings.months.model import Filing
    from tanzhi.rulebook.kernel import Finding


_NO_FILE = Text("{file}：没有这个文件；应为 .xlsx 工作簿", "{file}: no such file; expected an .xlsx workbook")
_NO_PERSON = Text("没有可登录的用户“{found}”", "nobody can sign in as “{found}”")
_WRONG = Text("有 {n} 处须改，未保存任何内容", "{n} cells must be corrected; nothing was saved")
_RIGHT = Text("检查通过，未保存", "all cells can be taken; nothing was saved")
_SAVED = Text("已保存", "saved")


def import_workbook(
    form: Annotated[str, typer.Argument(help="表单 / form, e.g. power.month")],
    file: Annotated[Path, typer.Argument(help="工作簿 / workbook (.xlsx)")],
    *,
    period: Annotated[str, typer.Option(help="2023-06 | 2023")],
    login: Annotated[str, typer.Option("--as", help="登录名 / sign-in name")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不保存 / only check")] = False,
    as_json: AsJson = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """导入工作簿 / Import a workbook; every cell that is wrong is named and nothing is saved."""
    with database(language):
        try:
            content = file.read_bytes()
        except OSError:
            raise Stopped("CLI-FILE", _NO_FILE.format(file=file)) from None
        from tanzhi.filings.months.model import Filing
        from tanzhi.filings.months.uploads import read_upload
        from tanzhi.organisations.people.model import Person
        from tanzhi.organisations.people.roles import actor_of

        person = Person.objects.filter(sign_in_name=login, is_active=True).first()
        if person is None:
            raise Stopped("CLI-PERSON", _NO_PERSON.format(found=login), NOT_THERE)
        actor = actor_of(person)
        if dry_run:  # what an upload would find; the filing is not opened for it
            filing = Filing(form_code=form, organisation_id=_organisation(actor), period=period)
            findings = list(read_upload(filing, content, file.name).answer.findings)
        else:
            findings = _imported(form, period, actor, file.name, content)
        errors = [finding for finding in findings if finding.severity == "error"]
        if as_json:
            print_json({"saved": not dry_run and not errors, "findings": [f.as_dict() for f in findings]})
        else:
            for finding in findings:
                typer.echo(f"{finding.code} {finding.place} {in_language(finding.message, language)}")
            words = _WRONG if errors else _RIGHT if dry_run else _SAVED
            speak(words.format(n=len(errors)), language)
        if errors:
            raise typer.Exit(REFUSED)


_NO_FILER = Text("{found} 不是恰好一家企业的填报人", "{found} does not file for exactly one enterprise")


def _organisation(actor: Actor) -> int:
    organisations = {g.organisation_id for g in actor.grants if g.role in PLANT and g.organisation_id is not None}
    if len(organisations) != 1:
        raise Stopped("CLI-FILER", _NO_FILER.format(found=actor.name), REFUSED)
    return organisations.pop()


def _imported(form: str, period: str, actor: Actor, name: str, content: bytes) -> list[Finding]:
    from tanzhi.actions.perform import perform
    from tanzhi.actions.refusal import Refused

    data: dict[str, Any] = {"form_code": form, "organisation_id": _organisation(actor), "period": period}
    filing: Filing = perform("filings.open", actor, data=data).result
    try:
        perform("filings.upload", actor, filing, {"content": base64.b64encode(content).decode(), "name": name})
    except Refused as refused:
        if not refused.findings:
            raise
        return list(refused.findings)
    return []
