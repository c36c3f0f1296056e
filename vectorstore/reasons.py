"""Says why a work was found: what it shares with the request or with the music that was given."""

from __future__ import annotations

from music.keys import parse_key
from music.song import Song
from vectorstore.changes_index import SharedChanges
from vectorstore.describe import description
from vectorstore.entry import Entry
from vectorstore.queries import Wanted
from vectorstore.words.kinds import kind_terms
from vectorstore.words.moods import mood_terms
from vectorstore.words.people import composer_terms
from vectorstore.words.regions import region_terms
from wording import Text


def about(entry: Entry) -> Text:
    """What the work is, as a reason: "a sad Chinese folk song in 2/4, A minor"."""
    words = description(entry)
    key = parse_key(entry.key)
    english = words.en.removesuffix(f" {entry.mode} key")
    chinese = words.zh.removesuffix(f"，{ {'major': '大调', 'minor': '小调'}[entry.mode] }")
    return Text(f"{english}, {key.in_words('en')}", f"{chinese}，{key.in_words('zh')}")


def given_up(asked: Wanted, kept: Wanted) -> Text | None:
    """Which conditions no work could meet together with the others; None when all are met."""
    names = [
        name
        for now, then, name in (
            (kept.moods, asked.moods, [mood_terms()[m].name for m in asked.moods]),
            (kept.kinds, asked.kinds, [kind_terms()[k].name for k in asked.kinds[:1]]),
            (kept.metres, asked.metres, [Text(m, f"{m}拍") for m in asked.metres[:1]]),
            (kept.place, asked.place, [region_terms()[p].name for p in [asked.place] if p]),
            (kept.creator, asked.creator, [composer_terms()[c].name for c in [asked.creator] if c]),
            (kept.mode, asked.mode, [_MODES[asked.mode]] if asked.mode else []),
            (kept.tonic, asked.tonic, [Text("that key", "这个调")]),
        )
        if now != then
    ]
    if not names:
        return None
    flat = [text for group in names for text in group]
    return Text(
        f"nothing in the catalogue is also: {', '.join(text.en for text in flat)}",
        f"歌曲库里没有同时符合的：{'、'.join(text.zh for text in flat)}",
    )


_MODES = {"major": Text("major", "大调"), "minor": Text("minor", "小调")}


def title_reason(likeness: float) -> Text:
    """Why a title was found."""
    if likeness >= 1.0:
        return Text("this is its title", "歌名一致")
    return Text(f"its title is {likeness:.0%} alike", f"歌名相似度 {likeness:.0%}")


def quotation_reason(score: float, at: int) -> Text:
    """Why a melody was found; `at` notes of the work come before it."""
    where = (
        Text("at its beginning", "开头")
        if at < 4
        else Text(f"from note {at + 1}", f"从第{at + 1}个音起")
    )
    if score >= 0.99:
        return Text(f"has this very melody {where.en}", f"{where.zh}就是这段旋律")
    return Text(
        f"has this melody {where.en}, {score:.0%} alike",
        f"{where.zh}有这段旋律，相似度 {score:.0%}",
    )


def bars_text(first: int, last: int) -> Text:
    """ "bars 3–4"; bar 0 is the upbeat."""
    if first < 1:
        return Text(f"the upbeat to bar {max(last, 1)}", f"弱起到第{max(last, 1)}小节")
    if last <= first:
        return Text(f"bar {first}", f"第{first}小节")
    return Text(f"bars {first}–{last}", f"第{first}–{last}小节")


def changes_reason(run: SharedChanges) -> Text:
    """Where a work goes through the chords, and whether its tune alone says so."""
    where = bars_text(run.first, run.last)
    if run.outlined:
        return Text(
            f"its tune outlines the same changes, {where.en}", f"{where.zh}的旋律勾勒出同样的和弦"
        )
    return Text(f"goes through the same chords, {where.en}", f"{where.zh}走同样的和弦")


def shared(entry: Entry, song: Song, likeness: float) -> Text:
    """What a work shares with a song."""
    key = parse_key(song.key)
    own = parse_key(entry.key)
    parts = [Text(f"melody and rhythm {likeness:.0%} alike", f"旋律和节奏相似度 {likeness:.0%}")]
    if key.tonic == own.tonic and key.is_minor == own.is_minor:
        parts.append(Text(f"both in {own.in_words('en')}", f"同为{own.in_words('zh')}"))
    elif key.is_minor == own.is_minor:
        mode = _MODES[entry.mode or "major"]
        parts.append(Text(f"both {mode.en}", f"同为{mode.zh}"))
    if entry.metre == song.metre:
        parts.append(Text(f"both in {entry.metre}", f"同为{entry.metre}拍"))
    mood = next((mood_terms()[m].name for m in entry.moods if song.mood and m == song.mood), None)
    if mood:
        parts.append(Text(f"both {mood.en}", f"同样{mood.zh}"))
    return Text("; ".join(p.en for p in parts), "；".join(p.zh for p in parts))
