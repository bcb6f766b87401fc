"""What `make shape` counts, on a tree small enough to count by hand."""

from pathlib import Path

from docs.shape import figures

MODULE = """# why
LATE = 3


def public(told):
    \"\"\"Two lines below.\"\"\"
    found = _twice(told) + _once(told)
    return found + _twice(1)


def _once(number):
    return number


def _twice(number):
    return number  # a trap


WORDS = Text("字", "words")
"""


def test_the_shape_of_a_small_tree_is_what_one_counts_by_hand(tmp_path: Path) -> None:
    source, tests = tmp_path / "src" / "tanzhi", tmp_path / "tests"
    source.mkdir(parents=True)
    tests.mkdir()
    (source / "posting.py").write_text(MODULE, "utf-8")
    (source / "working.py").write_text("class A: ...\n", "utf-8")
    (source / "other.py").write_text("class A: ...\n\n\nclass B: ...\n", "utf-8")
    (tests / "test_it.py").write_text("x = 1\n" * 24, "utf-8")
    shape = figures(tmp_path)
    assert shape["modules"] == "3"
    assert shape["functions of at most three lines"] == "3 of 3 (100 %)"
    assert shape["private helpers named once beside their definition"] == "1 of 2 (50 %)"
    # bound: LATE, told, found, number twice, WORDS; told and found are idiom
    assert shape["idiom words among the names bound"] == "2 of 6 (33.3 %)"
    assert shape["modules named by a participle or a verb"] == "1"  # posting is a noun of the field
    assert shape["class names that stand for several classes"] == "1"
    assert shape["lines with a comment"] == "8.3 %"  # 2 of 24
    assert shape["lines of tests for each line of source"] == "1.00"
