"""Hymn: four-part chords moving with the tune, one chord or two a bar, no drums."""

from tools.styles._style import Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="hymn",
    label=Text("hymn", "赞美诗"),
    aliases=(
        "gospel hymn",
        "worship",
        "choral",
        "church",
        "carol",
        "psalm",
        "christmas carol",
        "赞美诗",
        "圣歌",
        "圣诗",
        "教堂",
        "颂歌",
        "赞美",
    ),
    metre="4/4",
    tempo=(72, 92, 116),
    harmony=Harmony(
        major=("I IV V I", "I V I IV I V V I", "I vi ii V", "I IV I V I IV V I", "I vi IV V"),
        minor=("i iv V i", "i VI iv V", "i VII III V"),
        colour="triad",
        minor_share=0.15,
    ),
    melody=Melody(
        density=0.9, span=12, centre=68, idiom=(1.0, 0.0, 0.0), repetition=0.7, adventure=0.9
    ),
    parts=(
        Part("Organ", 19, "chords", ("x-------x-------",), centre=58, voices=3, velocity=64),
        Part("Organ pedals", 19, "bass", ("1-------1-------",), velocity=66),
    ),
    lead=52,
)
