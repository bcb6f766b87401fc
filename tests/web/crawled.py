"""What the walks of all roles through an installation met, as JSON: run as a program where an example is loaded.

Beside it, in `….pages`, of each page the first that was opened, as it comes in each language; in `….chinese`, on which
of them the platform speaks Chinese to a reader of English.

python -m tests.web.crawled OUT [ROLE …]
"""

from __future__ import annotations

import json
import logging
import sys
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings


def main(out: str, roles: list[str]) -> None:
    django.setup()
    settings.TANZHI_TODAY = import_module("tanzhi.examples.gansu").TODAY.isoformat()  # the day on which it stands still
    logging.disable()
    crawl = import_module("tests.web.crawl")  # which imports models
    crawl.note_forms()
    walks = {role: crawl.crawled(role, person) for role, person in crawl.people() if not roles or role in roles}
    Path(f"{out}.pages").write_text(json.dumps(crawl.KEPT, ensure_ascii=False), "utf-8")
    left = import_module("tests.web.languages").left_in_chinese({name: page["en"] for name, page in crawl.KEPT.items()})
    Path(f"{out}.chinese").write_text(json.dumps(left, ensure_ascii=False, indent=1), "utf-8")
    Path(out).write_text(json.dumps(walks, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
