"""What a recipe of docs/development/recipes tells to write: its code blocks that name a file."""

import re
from pathlib import Path
from textwrap import dedent

RECIPES = Path(__file__).parents[2] / "docs" / "development" / "recipes"
_BLOCK = re.compile(r"^( *)```(?:python|yaml|html) (\S+)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)


def written(recipe: str, folder: Path) -> list[Path]:
    """The files of a recipe, written below a folder as it says."""
    files = []
    for _, name, text in _BLOCK.findall((RECIPES / f"{recipe}.md").read_text("utf-8")):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), "utf-8")
        files.append(file)
    assert files, f"{recipe} says nothing to write"
    return files
