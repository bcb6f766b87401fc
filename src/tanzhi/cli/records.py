"""Reads a JSON file of nested records so that no number loses a digit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tanzhi.actions.typed import refuse_constant
from tanzhi.rulebook.kernel.text import Text

from .speaking import Stopped

LARGEST = 50 * 2**20


_NOT_JSON = Text(
    "{file}:{line}:{column}：不是 JSON（{found}）；应为 {{…}} 形式的记录",
    "{file}:{line}:{column}: not JSON ({found}); expected a record {{…}}",
)
_TOO_DEEP = Text("{file}：嵌套过深", "{file}: nested too deeply")
_NOT_OBJECT = Text("{file}:1：是 {found}；应为一个对象 {{…}}", "{file}:1: found {found}; expected one object {{…}}")


_NO_FILE = Text("{file}：没有这个文件；应为 JSON 文件的路径", "{file}: no such file; expected the path of a JSON file")
_UNREADABLE = Text("{file}：无法读取（{found}）", "{file}: cannot be read ({found})")
_TOO_LARGE = Text("{file}：{found} 字节，最多 {most} 字节", "{file}: {found} bytes; at most {most}")
_NOT_UTF8 = Text("{file}：第 {place} 字节不是 UTF-8 文字", "{file}: byte {place} is not UTF-8 text")


def read_record(path: Path) -> dict[str, Any]:
    """The object in the file; numbers stay as they are written, as strings."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Stopped("CLI-SIZE", _TOO_LARGE.format(file=path, found=size, most=LARGEST))
        record = json.loads(path.read_text("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=refuse_constant)
    except FileNotFoundError:
        raise Stopped("CLI-FILE", _NO_FILE.format(file=path)) from None
    except UnicodeDecodeError as fault:
        raise Stopped("CLI-UTF8", _NOT_UTF8.format(file=path, place=fault.start)) from None
    except OSError as fault:
        raise Stopped("CLI-READ", _UNREADABLE.format(file=path, found=fault.strerror or type(fault).__name__)) from None
    except json.JSONDecodeError as fault:
        message = _NOT_JSON.format(file=path, line=fault.lineno, column=fault.colno, found=fault.msg)
        raise Stopped("CLI-JSON", message) from None
    except RecursionError:
        raise Stopped("CLI-DEEP", _TOO_DEEP.format(file=path)) from None
    if not isinstance(record, dict):
        raise Stopped("CLI-OBJECT", _NOT_OBJECT.format(file=path, found=type(record).__name__))
    return record
