"""Names of sections, as scores print them and as Song spells them."""

from __future__ import annotations

SECTION_NAMES = frozenset(
    ("break", "bridge", "chorus", "coda", "ending", "hook", "instrumental", "interlude", "intro",
     "outro", "post-chorus", "pre-chorus", "prechorus", "refrain", "solo", "tag", "turnaround",
     "vamp", "verse")
)  # fmt: skip


def shown(name: str) -> str:
    """A section name as scores print it: "verse 2" is "Verse 2"."""
    return name[:1].upper() + name[1:] if plain_name(name) == name else name


def plain_name(name: str) -> str:
    """A section name as Song spells it: "Verse 2" is "verse 2", unusual names stay."""
    name = " ".join(name.split())
    base = name.rstrip("0123456789 ").lower()
    return name.lower() if base in SECTION_NAMES else name
