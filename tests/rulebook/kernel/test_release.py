"""A release is the same on every machine and in every process, and changes with the law."""

import hashlib
import os
import subprocess
import sys

from tanzhi.rulebook.kernel import Parameters
from tanzhi.rulebook.kernel.release import RULEBOOK, Release, release, rulebook_digest
from tests.rulebook.kernel.test_parameters import ROW, table


def test_a_release_is_the_same_in_another_process_with_another_seed_and_folder(tmp_path):
    program = "from tanzhi.rulebook.kernel.release import release; print(release().version, release().digest)"
    environment = os.environ | {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Shanghai"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    rulebook_digest.cache_clear()
    assert done.stdout.split() == [release().version, release().digest]


def test_a_release_does_not_depend_on_where_it_lies_nor_on_line_ends(tmp_path):
    for name, end in (("one", b"\n"), ("two", b"\r\n")):
        (tmp_path / name / "sub").mkdir(parents=True)
        (tmp_path / name / "a.py").write_bytes(b"x = 1" + end)
        (tmp_path / name / "sub" / "b.yaml").write_bytes(b"y: 1" + end)
        (tmp_path / name / "notes.txt").write_bytes(name.encode())
    assert rulebook_digest(tmp_path / "one") == rulebook_digest(tmp_path / "two")
    (tmp_path / "three").mkdir()
    (tmp_path / "three" / "a.py").write_bytes(b"x = 2\n")
    assert rulebook_digest(tmp_path / "three") != rulebook_digest(tmp_path / "one")


def test_a_release_with_entered_values_is_the_digest_of_the_rulebook_and_their_lines_in_order():
    """Results name their release for years: the lines, their order and the hash are written out here."""
    entry = {"parameter": "factor", "source": "公告第7号", "entered_by": "Li", "entered_at": "2026-02-01"}
    days = [{"value": "0.6", "since": "2026", "until": "2026"}, {"value": "0.70", "since": "2025", "until": "2025"}]
    parameters = Parameters({"factor": table(ROW)}).with_entries([entry | each for each in days])
    source = r'"source": "\u516c\u544a\u7b2c7\u53f7"'
    about = '{"guideline": "kiln", "keys": {}, "parameter": "factor", '
    lines = [
        f'{about}"since": "2025-01-01", {source}, "until": "2025-12-31", "value": "0.70"}}',
        f'{about}"since": "2026-01-01", {source}, "until": "2026-12-31", "value": "0.6"}}',
    ]
    whole = "\n".join([release().digest, *lines]).encode()
    assert release(("kiln", parameters)) == Release(release().version, hashlib.sha256(whole).hexdigest())


def test_a_release_shows_its_version_and_the_beginning_of_its_digest():
    assert str(Release("1.2", "ab" * 32)) == "1.2+abababababab"
    assert (RULEBOOK / "kernel" / "release.py").exists()
