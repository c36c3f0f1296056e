"""The grammar of the embedded model's answers: a known tool with valid JSON, or plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]

# Filled from the conversation or by the tool itself: not the model's to write.
FILLED_ELSEWHERE = frozenset({"song", "melody", "file", "seed"})

# Words of the person: taken from what they wrote, never invented.
COPIED = frozenset({"theme", "text", "query", "fact", "what", "description", "like"})
_NAMES = ("current", "everything")  # what the tools take instead of a person's words
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|.", re.DOTALL)
_LONGEST_SOURCE = 400  # units; longer messages would make a slow grammar

# Arguments whose text has a form of its own, whichever tool they belong to.
_KEY = r'"\"" [A-G] [b#]? (" " [a-z]+)? "\""'
_FORMS = {
    "key": _KEY,
    "to_key": _KEY,
    "language": r'"\"" [a-z] [a-z] "\""',
    "metre": r'"\"" [1-9] [0-9]? "/" ("1" | "2" | "4" | "8" | "16") "\""',
    "rhyme": r'"\"" [A-Z]+ "\""',
}

# No quotes, backslashes and control characters: such strings are valid JSON without escapes.
_TERMINALS = r"""
text ::= [^a-z{<\n\r\t ] [^<\n\r]*
string ::= "\"" [^"\\\x00-\x1f]+ "\""
integer ::= "-"? ("0" | [1-9] [0-9]*)
number ::= integer ("." [0-9]+)?
boolean ::= "true" | "false"
"""


def answer_grammar(
    tools: Sequence[Mapping[str, Any]],
    *,
    call_required: bool = False,
    sources: Sequence[str] = (),
) -> str:
    """GBNF text for `name {"argument":value,...}` of the given tools, or for one line of text.

    `tools` are in OpenAI's form. Arguments come in alphabetical order, so that the order does
    not depend on how a schema was written; those the model cannot spell (songs, melodies) are
    left out. Text never starts with a small Latin letter, so no broken call passes as text.
    Arguments in `COPIED` must be a run of words of one of the `sources`, where there are any.
    """
    answers = [] if call_required else ["text"]
    rules = []
    for number, tool in enumerate(tool["function"] for tool in tools):
        answers.append(f"call{number}")
        opening = _literal(f"{tool['name']} {{")
        rules.append(f'call{number} ::= {opening} c{number}h0 "}}"')
        rules += _members(f"c{number}", tool.get("parameters", {}))
    copied = _copied(sources)
    forms = [f"{name} ::= {form}" for name, form in _FORMS.items()]
    return "\n".join([f"root ::= {' | '.join(answers)}", _TERMINALS, *forms, *copied, *rules])


def _members(prefix: str, schema: Schema) -> list[str]:
    """Rules for the members of an object: `h`N before the first one is written, `t`N after."""
    arguments = fillable(schema)
    required = set(schema.get("required", ()))
    rules = []
    for number, (name, value) in enumerate(arguments.items()):
        member = f"{_literal(json.dumps(name) + ':')} ({value}) {prefix}t{number + 1}"
        later = {"h": f"{prefix}h{number + 1}", "t": f"{prefix}t{number + 1}"}
        for state, separator in (("h", ""), ("t", '"," ')):
            choice = "" if name in required else f" | {later[state]}"
            rules.append(f"{prefix}{state}{number} ::= {separator}{member}{choice}")
    return [*rules, f'{prefix}h{len(arguments)} ::= ""', f'{prefix}t{len(arguments)} ::= ""']


def fillable(schema: Schema) -> dict[str, str]:
    """The arguments that the model may write, in alphabetical order, with their rules."""
    definitions = schema.get("$defs", {})
    rules = {
        name: _formed(name, _value(spec, definitions))
        for name, spec in sorted(schema.get("properties", {}).items())
        if name not in FILLED_ELSEWHERE
    }
    return {name: rule for name, rule in rules.items() if rule}


def _formed(name: str, rule: str) -> str:
    """The rule with its strings in the form that the argument's name asks for."""
    if name in COPIED:
        return rule.replace("string", "copied")
    return rule.replace("string", name) if name in _FORMS else rule


def _value(spec: Schema, definitions: Schema) -> str:
    """The rule for one value; empty where the model cannot spell it."""
    if "$ref" in spec:
        return _value(definitions.get(spec["$ref"].rsplit("/", 1)[-1], {}), definitions)
    if choices := spec.get("anyOf") or spec.get("oneOf"):
        rules = dict.fromkeys(_value(choice, definitions) for choice in choices)
        return " | ".join(rule for rule in rules if rule)
    if "enum" in spec or "const" in spec:
        values = spec.get("enum", [spec.get("const")])
        return " | ".join(_literal(json.dumps(v, ensure_ascii=False)) for v in values)
    if spec.get("type") == "array" and "prefixItems" not in spec:
        item = _value(spec.get("items", {}), definitions)
        return f'"[" ({item}) ("," ({item}))* "]"' if item else ""
    kind = spec.get("type")
    return kind if kind in ("string", "integer", "number", "boolean") else ""


def _copied(sources: Sequence[str]) -> list[str]:
    """Rules for `copied`: rule `s`N goes on from the Nth word, or stops there."""
    units = [unit for source in sources for unit in (*_UNIT.findall(source), "\n")]
    if not any(unit.isalnum() for unit in units) or len(units) > _LONGEST_SOURCE:
        return ["copied ::= string"]
    starts = [_literal(name) for name in _NAMES]
    rules = []
    for number, unit in enumerate(units):
        if _spellable(unit):
            more = _spellable(units[number + 1]) if number + 1 < len(units) else False
            rules.append(f"s{number} ::= {_literal(unit)}" + (f" s{number + 1}?" if more else ""))
            if not unit.isspace():
                starts.append(f"s{number}")
    return [f'copied ::= "\\"" ({" | ".join(starts)}) "\\""', *rules]


def _spellable(unit: str) -> bool:
    return unit not in ('"', "\\") and (unit == " " or unit.isprintable())


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
