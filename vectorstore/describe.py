"""Puts an entry into words, English and Chinese, for the sentence models and for people."""

from __future__ import annotations

from vectorstore.entry import Entry
from vectorstore.words.regions import region_terms
from wording import Text


def description(entry: Entry) -> Text:
    """What the work is, without its title: the same text for works that are alike in words."""
    return Text(_english(entry), _chinese(entry))


def _english(entry: Entry) -> str:
    nation = region_terms()[entry.country].aliases[0].title() if entry.country else ""
    moods = " and ".join(entry.mood_names("en")[:2])
    kinds = ", ".join(_kinds(entry, "en"))
    parts = [" ".join(filter(None, (moods, nation, kinds))) or "music"]
    if entry.region:
        parts.append(f"from {region_terms()[entry.region].name.en}")
    if entry.metre:
        parts.append(f"in {entry.metre}")
    if entry.mode:
        parts.append(f"{entry.mode} key")
    return " ".join(parts)


def _chinese(entry: Entry) -> str:
    moods = "、".join(entry.mood_names("zh")[:2])
    kinds = "、".join(_kinds(entry, "zh"))
    place = entry.place_name("zh")
    text = f"{moods}的{place}{kinds}" if moods else f"{place}{kinds}"
    metre = f"，{entry.metre}拍" if entry.metre else ""
    mode = {"major": "，大调", "minor": "，小调", "": ""}[entry.mode]
    return f"{text}{metre}{mode}"


def _kinds(entry: Entry, language: str) -> list[str]:
    """The two most specific kinds, and the collection's general one."""
    names = entry.kind_names(language)
    return list(dict.fromkeys([*names[:2], *names[-1:]]))
