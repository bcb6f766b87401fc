"""Messages in both languages."""

import pytest

from tanzhi.rulebook.kernel.text import Text, in_language, same


@pytest.mark.parametrize(("zh", "en"), [("", "x"), ("x", " "), ("", "")])
def test_a_message_without_its_twin_cannot_be_written(zh, en):
    with pytest.raises(ValueError, match="both languages"):
        Text(zh, en)


def test_a_text_is_never_a_string_by_accident():
    with pytest.raises(TypeError, match="choose a language"):
        str(Text("一", "one"))
    with pytest.raises(TypeError, match="choose a language"):
        f"{Text('一', 'one')}"


def test_both_languages_are_filled_in_and_a_text_speaks_each_in_its_turn():
    filled = Text("{n}个{what}", "{n} {what}s").format(n=2, what=Text("机组", "unit"))
    assert filled.as_dict() == {"zh": "2个机组", "en": "2 units"}


def test_texts_join_and_what_is_the_same_in_both_languages_says_so():
    assert Text("甲", "a") + same("1") == Text("甲1", "a1")
    assert (in_language(Text("甲", "a"), "zh"), in_language(7, "zh")) == ("甲", 7)
