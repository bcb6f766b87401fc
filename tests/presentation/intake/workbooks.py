"""Workbooks written part by part, as no spreadsheet would write them."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*rows: tuple[str, str, str]) -> str:
    lines = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in rows)
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def workbook(data: Any = "", *, strings: str = "", styles: str = "", **more: Any) -> bytes:
    """A workbook whose sheets hold this XML below `sheetData`: of one sheet, or by name; `more` are whole parts."""
    sheets = data if isinstance(data, dict) else {"表": data}
    space = more.pop("space", TRANSITIONAL)
    relation = STRICT_RELATION if space == STRICT else RELATION
    states = more.pop("states", {})
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="s{n}" state="{states.get(name, "visible")}"/>'
        for n, name in enumerate(sheets, 1)
    )
    rows = [(f"s{n}", f"{relation}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    rows += [("strings", f"{relation}/sharedStrings", "sharedStrings.xml")] if strings else []
    rows += [("styles", f"{relation}/styles", "styles.xml")] if styles else []
    rows += more.pop("related", [])
    parts = {
        "_rels/.rels": relations(("b", f"{relation}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{relation}">{more.pop("setup", "")}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*rows),
    }
    for n, cells in enumerate(sheets.values(), 1):
        whole = cells if cells.startswith("<") and "sheetData" in cells else f"<sheetData>{cells}</sheetData>"
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            whole if "worksheet" in whole else f'<worksheet xmlns="{space}">{whole}</worksheet>'
        )
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{space}">{styles}</styleSheet>'
    return packed(parts | more.pop("parts", {}))


def packed(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def directory_changed(content: bytes, name: str, offset: int, value: int) -> bytes:
    """The archive with one field of four bytes in its directory's line of a part replaced."""
    changed = bytearray(content)
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(name)] != name.encode():
        at = content.index(b"PK\x01\x02", at + 1)
    struct.pack_into("<L", changed, at + offset, value)
    return bytes(changed)


def number(address: str, value: object, style: int = 0) -> str:
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def row(*cells: str, r: int = 1, more: str = "") -> str:
    return f'<row r="{r}" {more}>{"".join(cells)}</row>'


def styles_of(*codes: str) -> str:
    """Cell formats 1, 2, … with these number formats; 0 is General."""
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    used = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    return f'<numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{used}</cellXfs>'
