"""What a language model reads before it writes a lyric: its sheet so far, with examples if it has
not been trained on sheets."""

from __future__ import annotations

from collections.abc import Callable

from models.language import LanguageModel
from tools.lyrics.sheet import section_header, sheet_line, song_header

EXAMPLES = (
    (
        ("waiting for someone", "folk", "tender"),
        "The kettle hums beside the window frame\n"
        "I trace the fog and slowly write your name\n"
        "The neighbour's dog is barking at the moon\n"
        "You said you would be coming home in June",
    ),
    (
        ("a last drive", "rock", "sad"),
        "We drove all night with nothing left to say\n"
        "The radio was playing something slow\n"
        "The mountains turned from violet to grey\n"
        "And somewhere on the way I let you go",
    ),
    (
        ("the corner bakery", "pop", "warm"),
        "The ovens wake before the sun\n"
        "There's flour on your sleeve\n"
        "You hand me bread for everyone\n"
        "And I forget to leave",
    ),
)
CHINESE_EXAMPLES = (
    (
        ("末班地铁", "民谣", "想念"),
        "站台的灯一盏盏亮\n我把你的名字轻轻唱\n风从隧道吹来远方\n你却没有回头望",
    ),
    (
        ("夏天的海边", "流行", "快乐"),
        "浪花追着我们奔跑\n沙滩上留下一串笑\n你说今天阳光正好\n影子也在轻轻摇",
    ),
)
"""Written for this project; they show a model the form and the plainness of a sung line."""

_SYSTEM = (
    "You write songs as sheets. Every row begins with the number of syllables, then the last word "
    "of the line and sometimes other words to use, then a colon and the line: short, singable, "
    "with clear images and plain words."
)


def lyric_prompt(
    model: LanguageModel, header: tuple[str, str, str], count: Callable[[str], tuple[int, str]]
) -> str:
    """The text after which the first section follows; `header` is theme, style and mood.

    `count` tells a line's syllables and its last word. A model that was trained on sheets reads
    the song's first row only; others see how finished sheets look.
    """
    if model.adapted:
        return song_header(*header)
    chinese = any("\u3400" <= char <= "\u9fff" for char in header[0])
    messages = [{"role": "system", "content": _SYSTEM}]
    for about, text in CHINESE_EXAMPLES if chinese else EXAMPLES:
        rows = [sheet_line(line, *count(line)) for line in text.split("\n")]
        messages += [
            {"role": "user", "content": song_header(*about).strip()},
            {"role": "assistant", "content": section_header("verse") + "".join(rows).strip()},
        ]
    messages.append({"role": "user", "content": song_header(*header).strip()})
    return model.chat(messages)
