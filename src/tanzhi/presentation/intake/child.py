"""The process that opens untrusted files: bounded before it opens anything, without Django, the rules or a database.

It is started as `python -I -S -c "…"`, takes jobs from its standard input and answers there. A job is a line of JSON
(kind, size, limits) with the file behind it; an answer is its length in eight bytes with JSON behind it.
"""

from __future__ import annotations

import json
import os
import resource
from typing import Any

from .delimited import read_delimited
from .limits import Limits, Unreadable
from .workbook import read_workbook

MEMORY_BYTES = 512 * 2**20
JOBS = 200  # then a fresh process takes its place
READERS = {"workbook": read_workbook, "delimited": read_delimited}


def main() -> None:
    """Answer jobs until the input ends."""
    bound()
    for number in range(1, JOBS + 1):
        line = b""
        while not line.endswith(b"\n"):
            byte = os.read(0, 1)
            if not byte:
                return
            line += byte
        job = json.loads(line)
        content = bytearray()
        while len(content) < job["size"]:
            piece = os.read(0, min(2**20, job["size"] - len(content)))
            if not piece:
                raise SystemExit
            content += piece
        answer = _answer(job, bytes(content))
        answer["last"] = number == JOBS or answer.get("last", False)
        try:
            words = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        except MemoryError:
            answer = {"last": True}
            words = b'{"stop": ["XLS-LIMIT", "", "memory", ""], "last": true}'
        for part in (len(words).to_bytes(8, "big"), words):
            left = memoryview(part)
            while left:
                left = left[os.write(0, left) :]
        if answer["last"]:
            return


def bound() -> None:
    """Memory for good; no file may be written, and no core is left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(limit, (0, 0))


def _answer(job: dict[str, Any], content: bytes) -> dict[str, Any]:
    """One job; `last` where the process should not take another one."""
    begun = resource.getrusage(resource.RUSAGE_SELF)
    used = begun.ru_utime + begun.ru_stime
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limits = Limits(**job["limits"])
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + limits.cpu_seconds + 1, most))
    try:
        answer = READERS[job["kind"]](content, limits)
    except Unreadable as fault:
        answer = {"stop": [fault.code, fault.place, fault.actual, fault.expected]}
    except MemoryError:
        return {"stop": ["XLS-LIMIT", "", "memory", ""], "last": True}
    except Exception as fault:
        return {"stop": ["XLS-BROKEN", "", type(fault).__name__, ""], "last": True}
    ended = resource.getrusage(resource.RUSAGE_SELF)
    with open("/proc/self/status", encoding="ascii") as status:  # the most address space that it ever had, in bytes
        peak = next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmPeak")), 0)
    return answer | {"cpu": ended.ru_utime + ended.ru_stime - used, "memory": peak}
