"""Texts in two languages and the errors that carry them."""

import pickle

import pytest

from wording import FriendlyError, Text, detect_language


class Missing(FriendlyError):
    """An error with a constructor of its own, as many are."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(f"No {name} in {place}.", f"{place}里没有{name}。")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "tea"), ("zh", "茶"), ("zh-TW", "茶"), ("ZH", "茶"), ("de", "tea"), ("", "tea")],
)
def test_text_is_chosen_by_language(tag: str, expected: str) -> None:
    assert Text("tea", "茶").in_(tag) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("hello", "en"), ("你好", "zh"), ("来个C调的 jazz", "zh"), ("Cmaj7 4536", "en"), ("", "en")],
)
def test_language_is_detected(text: str, expected: str) -> None:
    assert detect_language(text) == expected


def test_an_error_survives_the_way_back_from_a_worker_process() -> None:
    error = pickle.loads(pickle.dumps(Missing("piano", "the hall")))
    assert type(error) is Missing
    assert str(error) == "No piano in the hall."
    assert error.friendly("zh") == "the hall里没有piano。"
