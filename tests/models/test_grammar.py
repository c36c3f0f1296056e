"""The grammar lets through known calls with valid JSON and plain text, and nothing else."""

import json
from typing import Any

import pytest
import xgrammar
from hypothesis import given, settings
from hypothesis import strategies as st

from models.grammar import answer_grammar, fillable
from models.prompt import call_text, parse_call

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "write_words",
            "parameters": {
                "type": "object",
                "required": ["theme"],
                "properties": {
                    "theme": {"type": "string"},
                    "lines": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                    "names": {"type": "array", "items": {"type": "string"}},
                    "loud": {"type": "boolean"},
                    "form": {"enum": ["verse", "chorus"]},
                    "song": {"type": "string"},
                    "key": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    "metre": {"type": "string"},
                    "melody": {"type": "array", "items": {"type": "array", "prefixItems": []}},
                },
            },
        },
    },
    {"type": "function", "function": {"name": "look", "parameters": {"properties": {}}}},
]


def accepts(text: str, *, call_required: bool = False, sources: tuple[str, ...] = ()) -> bool:
    """Whether the grammar allows exactly this answer."""
    rules = answer_grammar(TOOLS, call_required=call_required, sources=sources)
    grammar = xgrammar.Grammar.from_ebnf(rules)
    information = xgrammar.TokenizerInfo([bytes([i]) for i in range(256)], stop_token_ids=[0])
    matcher = xgrammar.GrammarMatcher(
        xgrammar.GrammarCompiler(information).compile_grammar(grammar)
    )
    return bool(matcher.accept_string(text)) and matcher.is_completed()


@pytest.mark.parametrize(
    "text",
    [
        'write_words {"theme":"rain"}',
        'write_words {"form":"chorus","lines":4,"theme":"雨 and sun"}',
        'write_words {"loud":true,"names":["a","b"],"theme":"x"}',
        "look {}",
        "Hello! What shall we write?",
        "你好！写点什么？",
    ],
)
def test_allowed(text: str) -> None:
    assert accepts(text)


@pytest.mark.parametrize(
    "text",
    [
        "write_words {}",
        'write_words {"theme":rain}',
        'write_words {"theme":"rain"',
        'write_words {"theme":"a","theme":"b"}',
        'write_words {"theme":"x","volume":3}',
        'write_words {"form":"bridge","theme":"x"}',
        'write_words {"song":"x","theme":"x"}',
        'write_words {"theme":"a "quoted" word"}',
        "unknown_tool {}",
        "hello",
        "<|im_start|>user",
    ],
)
def test_not_allowed(text: str) -> None:
    assert not accepts(text)


@pytest.mark.parametrize(
    ("theme", "allowed"),
    [
        ("tonight", True),
        ("rain tonight", True),
        ("月亮", True),
        ("don't", True),
        ("everything", True),
        ("today", False),
        ("night", False),
        ("亮月", False),
        ("tonight rain", False),
        ("said", False),
    ],
)
def test_words_of_the_person_are_taken_from_the_message(theme: str, allowed: bool) -> None:
    source = 'the rain tonight "don\'t", 关于月亮'
    call = call_text("write_words", {"theme": theme})
    assert accepts(call, sources=(source, "Last: look {}")) is allowed
    assert accepts(call)


@pytest.mark.parametrize(
    ("key", "metre", "allowed"),
    [("Bb", "6/8", True), ("F# minor", "12/8", True), ("H", "3/4", False), ("C", "100", False)],
)
def test_keys_and_metres_have_their_form(key: str, metre: str, allowed: bool) -> None:
    call = call_text("write_words", {"key": key, "metre": metre, "theme": "x"})
    assert accepts(call) is allowed


def test_no_text_where_a_call_is_required() -> None:
    assert not accepts("Hello!", call_required=True)
    assert accepts("look {}", call_required=True)


def test_what_the_model_cannot_spell_is_left_out() -> None:
    parameters: Any = TOOLS[0]["function"]
    assert list(fillable(parameters["parameters"])) == [
        *("form", "key", "lines", "loud", "metre", "names", "theme")
    ]


WORDS = st.text(
    st.characters(exclude_categories=["C"], exclude_characters='"\\'), min_size=1, max_size=12
)


@settings(deadline=None, max_examples=40)
@given(
    st.fixed_dictionaries(
        {"theme": WORDS},
        optional={
            "lines": st.integers(-99, 999),
            "names": st.lists(WORDS, min_size=1, max_size=3),
            "loud": st.booleans(),
            "form": st.sampled_from(["verse", "chorus"]),
        },
    )
)
def test_every_call_is_written_as_the_grammar_wants_and_read_back(arguments: Any) -> None:
    text = call_text("write_words", arguments)
    assert accepts(text)
    assert parse_call(text) == ("write_words", arguments)
    assert json.loads(text.partition(" ")[2]) == arguments
