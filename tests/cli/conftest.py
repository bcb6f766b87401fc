import sys

import pytest
from tests.cli.installation import Installation
from typer.testing import CliRunner

from tanzhi.cli import app


@pytest.fixture
def tanzhi():
    """Runs a command of `tanzhi`, in English unless it says otherwise."""

    def run(*words, lang="en"):
        return CliRunner().invoke(
            app, [*map(str, words)], env={"LANG": "", "LC_ALL": {"en": "en_GB", "zh": "zh_CN"}[lang]}
        )

    return run


@pytest.fixture
def installation(migrated, tmp_path):
    """Makes installations of a name on SQLite: migrated, empty."""

    def make(name, python=sys.executable, *, is_migrated=True):
        (tmp_path / name).mkdir()
        if is_migrated:
            migrated(tmp_path / name)
        return Installation(tmp_path / name, python=python)

    return make
