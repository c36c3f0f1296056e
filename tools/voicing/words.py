"""The answer in words: a line for each chord, what was made easier, where a capo helps."""

from __future__ import annotations

from music.keys import Key
from tools.voicing.answer import Answer, VoicedChord
from tools.voicing.strings import worth_a_capo
from wording import Text

_MOST = 24
_INSTRUMENTS = {
    "guitar": Text("guitar", "吉他"),
    "ukulele": Text("ukulele", "尤克里里"),
    "piano": Text("piano", "钢琴"),
}


def in_words(answer: Answer, key: Key, language: str) -> str:
    """For a chat: short, with everything a player needs if the picture does not load."""
    if answer.instrument == "piano":
        return "\n".join(_piano(answer, key, language))
    return "\n".join(_strings(answer, key, language))


def _piano(answer: Answer, key: Key, language: str) -> list[str]:
    name = key.in_words(language)
    head = Text(f"Piano voicings in {name}:", f"{name}的钢琴和弦：")
    if len(answer.chords) == 1:
        head = Text("On piano:", "钢琴：")
    rows = [head.in_(language)]
    for chord in answer.chords[:_MOST]:
        left = " ".join(chord.names[: len(chord.left)])
        right = " ".join(chord.names[len(chord.left) :])
        hands = Text(f"left {left} · right {right}", f"左手 {left} · 右手 {right}")
        rows.append(f"**{chord.symbol}**  {hands.in_(language)}")
    return rows + _rest(len(answer.chords), language)


def _strings(answer: Answer, key: Key, language: str) -> list[str]:
    instrument = _INSTRUMENTS[answer.instrument].in_(language)
    name = key.in_words(language)
    if answer.capo:
        head = Text(
            f"On {instrument} with a capo on fret {answer.capo}, sounding in {name}:",
            f"{instrument}，变调夹夹 {answer.capo} 品，实际是{name}：",
        )
    elif len(answer.chords) == 1:  # one chord is in no key
        head = Text(f"On {instrument}:", f"{instrument}：")
    else:
        head = Text(f"On {instrument}, in {name}:", f"{instrument}，{name}：")
    rows = [head.in_(language)]
    if answer.tuning != "standard":
        rows[0] = rows[0][:-1] + Text(f" ({answer.tuning}):", f"（{answer.tuning}）：").in_(
            language
        )
    rows += [_shapes(chord, answer.capo, language) for chord in answer.chords[:_MOST]]
    rows += _rest(len(answer.chords), language)
    rows += _compromises(answer, language)
    return rows + _capo(answer, language)


def _shapes(chord: VoicedChord, capo: int, language: str) -> str:
    frets = "  ".join(f"`{shape.frets}`" for shape in chord.shapes)
    if capo and chord.played != chord.symbol and not chord.instead:
        return f"**{chord.played}** → {chord.symbol}  {frets}"
    if chord.instead:
        return Text(
            f"**{chord.symbol}** as {chord.played}  {frets}",
            f"**{chord.symbol}** 弹成 {chord.played}  {frets}",
        ).in_(language)
    return f"**{chord.symbol}**  {frets}"


def _rest(count: int, language: str) -> list[str]:
    if count <= _MOST:
        return []
    left = count - _MOST
    return [Text(f"… and {left} more in the picture.", f"……其余 {left} 个见图。").in_(language)]


def _compromises(answer: Answer, language: str) -> list[str]:
    rows = [
        Text(
            f"{chord.symbol} is too hard for that limit, so play {chord.played}: {chord.instead}.",
            f"{chord.symbol} 超出了这个难度，改弹 {chord.played}：{chord.instead_zh}。",
        ).in_(language)
        for chord in answer.chords
        if chord.instead and not chord.hard
    ]
    hard = [chord.symbol for chord in answer.chords if chord.hard]
    if hard:
        en, zh = ", ".join(hard), "、".join(hard)
        rows.append(
            Text(
                f"Nothing easier is left for {en}: this is the easiest shape there is.",
                f"{zh} 没有更简单的弹法了：这已是最容易的按法。",
            ).in_(language)
        )
    return rows


def _capo(answer: Answer, language: str) -> list[str]:
    rows = worth_a_capo(answer)[:2]
    if not rows:
        return []
    best = rows[0]
    shapes, sounds = " ".join(best.shapes), " ".join(best.sounds)
    if best.capo == 0:
        return [Text("It is easier without a capo.", "不用变调夹反而更好弹。").in_(language)]
    line = Text(
        f"Easier with a capo on fret {best.capo}: play {shapes}, which sounds {sounds}.",
        f"变调夹夹 {best.capo} 品更好弹：按 {shapes}，实际是 {sounds}。",
    ).in_(language)
    return [line]
