import pytest
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
