"""How long eight constrained lines take on an idle machine: `python -m bench.lyric_speed`.

Two quatrains, AABB, eight syllables a line, as one batch of a process of its own; the first answer
of a process, with everything to load, is printed apart. Seconds of the clock.
"""

from __future__ import annotations

from typing import Any

from bench.lyrics import answers

_THEMES = {
    "en": ("the harbor at night", "a borrowed coat", "driving home", "rain", "my first guitar"),
    "zh": ("港口的夜", "借来的外套", "开车回家", "雨", "第一把吉他"),
}


def main() -> None:
    """A row for each language."""
    for language, themes in _THEMES.items():
        first, *rest = (answer["seconds"] for answer in answers(_requests(language, themes)))
        print(f"{language}: first {first:.1f} s, then {min(rest):.1f} to {max(rest):.1f} s")


def _requests(language: str, themes: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"theme": theme, "language": language, "structure": ["verse", "chorus"], "lines": 4,
         "syllables": [8], "rhyme": "AABB", "seed": seed}
        for seed, theme in enumerate(themes)
    ]  # fmt: skip


if __name__ == "__main__":
    main()
