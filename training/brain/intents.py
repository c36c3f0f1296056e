"""Real requests of the SNIPS (CC0) and HWU64 (CC BY 4.0) sets as training examples, if at hand."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from training.brain.examples import Example, Pattern, patterns, random_state

# Which scope replies answer an intent, named by a message of their block.
_ANSWERED_LIKE: Mapping[str, str] = {
    "AddToPlaylist": "pause",
    "SearchCreativeWork": "recommend a movie",
    "music_query": "give me the lyrics of {_title}",
    "music_settings": "pause",
    "recommendation_events": "are there any events near me",
    "recommendation_locations": "order food",
    "recommendation_movies": "recommend a movie",
}
_NOT_SEARCHED = ("service", "player_setting", "sort")


def requests(path: Path, rng: random.Random) -> Iterator[Example]:
    """Endless examples from `music_intents.jsonl.gz`; what is played becomes a search."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [row for line in file if (row := json.loads(line))["intent"] != "music_likeness"]
    replies = {intent: _replies(message) for intent, message in _ANSWERED_LIKE.items()}
    while True:
        row = rng.choice(rows)
        text = " ".join(row["text"].split())
        if rng.random() < 0.3:
            text = text.lower()
        if row["intent"] in replies:
            reply = rng.choice(replies[row["intent"]])
            state = random_state(rng, "scope")
            yield Example(text, "en", state, None, {}, reply, row["intent"])
        elif query := _query(text, row["slots"]):
            state = random_state(rng, "recommend_songs")
            arguments: dict[str, Any] = {"query": query}
            yield Example(text, "en", state, "recommend_songs", arguments, "", row["intent"])


def _replies(message: str) -> tuple[str, ...]:
    found = next(p for p in patterns("en") if isinstance(p, Pattern) and p.line == message)
    return found.replies


def _query(text: str, slots: list[tuple[str, str]]) -> str:
    """From the first to the last word of what is looked for; empty when that cannot be told."""
    lower = text.lower()
    spans = [
        (at, at + len(value))
        for name, value in slots
        if name not in _NOT_SEARCHED and (at := lower.find(value.lower())) >= 0
    ]
    if not spans:
        return ""
    query = text[min(start for start, _ in spans) : max(end for _, end in spans)]
    services = (value.lower() for name, value in slots if name == "service")
    return "" if any(service in query.lower() for service in services) else query
