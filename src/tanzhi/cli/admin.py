"""`tanzhi admin`: the first two administrators, and the sealed letter of a reset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

from .ground import database
from .speaking import FROM_SYSTEM, NOT_THERE, Language, Stopped, speak

app = typer.Typer(help="管理员 / administrators", no_args_is_help=True)
LOOPBACK = "http://127.0.0.1:8000"


_APPOINTED = Text(
    "已任命首批两名管理员。请把链接分别交给本人（七天内有效，只能用一次）；两人均登录前不授予任何权限：",
    "The first two administrators are appointed. Hand each his link (seven days, once); no right is granted before "
    "both have signed in:",
)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="系统管理员姓名 / name of the system administrator")],
    sign_in: Annotated[str, typer.Argument(help="其登录名 / his sign-in name")],
    name2: Annotated[str, typer.Argument(help="安全管理员姓名 / name of the security administrator")],
    sign_in2: Annotated[str, typer.Argument(help="其登录名 / his sign-in name")],
    *,
    mail: Annotated[str, typer.Option(help="前者邮箱 / mail of the first")] = "",
    mail2: Annotated[str, typer.Option(help="后者邮箱 / mail of the second")] = "",
    language: Language = FROM_SYSTEM,
) -> None:
    """首批两名管理员各得一个一次性链接；两人均登录前不授予任何权限 / Two named people, a link each, that works once."""
    with database(language):
        from tanzhi.actions.actor import Actor
        from tanzhi.actions.perform import perform
        from tanzhi.organisations.people.mail import link

        data = {
            "name": name, "sign_in_name": sign_in, "email": mail,
            "second_name": name2, "second_sign_in_name": sign_in2, "second_email": mail2,
        }  # fmt: skip
        issued = perform("organisations.appoint_first", Actor.platform(), data=data).result
        speak(_APPOINTED, language)
        for invitation in issued:
            typer.echo(f"  {invitation.person.name} ({invitation.person.sign_in_name}): {link(invitation, _base())}")


_NOBODY = Text("没有登录名“{found}”", "there is no sign-in name “{found}”")
_EXISTS = Text("{file} 已存在，不予覆盖", "{file} exists already and is not overwritten")
_PRINTED = Text(
    "已写入 {file}：打印、密封、当面交给本人，然后删除", "written to {file}: print it, seal it, hand it over, delete it"
)


@app.command()
def letter(
    sign_in: Annotated[str, typer.Argument(help="登录名 / sign-in name")],
    file: Annotated[Path, typer.Argument(help="写入的文件，仅本人可读 / file to write, readable by you alone")],
    *,
    language: Language = FROM_SYSTEM,
) -> None:
    """打印已批准的密码重置函，装入信封密封 / Print the letter of a reset that two administrators decided."""
    with database(language):
        from tanzhi.actions.actor import Actor
        from tanzhi.actions.perform import perform
        from tanzhi.organisations.people.mail import BODY, link
        from tanzhi.organisations.people.model import Person

        person = Person.objects.filter(sign_in_name=sign_in).first()
        if person is None:
            raise Stopped("CLI-PERSON", _NOBODY.format(found=sign_in), NOT_THERE)
        if file.exists():
            raise Stopped("CLI-EXISTS", _EXISTS.format(file=file))
        issued = perform("organisations.print_letter", Actor.platform(), person).result
        words = BODY.format(name=person.name, address=link(issued, _base()))
        file.touch(mode=0o600)
        file.write_text(in_language(words, "en" if person.language == "en" else "zh"), encoding="utf-8")
        speak(_PRINTED.format(file=file), language)


def _base() -> str:
    from django.conf import settings

    return settings.TANZHI_ADDRESS or LOOPBACK
