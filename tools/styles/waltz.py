"""Waltz: three beats, bass on one and chords on two and three."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="waltz",
    label=Text("waltz", "华尔兹"),
    aliases=("viennese waltz", "3/4 dance", "华尔兹", "圆舞曲", "三拍子"),
    metre="3/4",
    tempo=(96, 138, 174),
    harmony=Harmony(
        major=(
            "I I V7 V7 V7 V7 I I",
            "I vi ii V7",
            "I IV V7 I",
            "I I IV IV V7 V7 I I",
            "I VI7 ii V7",
        ),
        minor=("i i iv iv V7 V7 i i", "i iv V7 i", "i VI iv V7"),
        colour="triad",
        minor_share=0.35,
        bars_per_chord=1.0,
    ),
    melody=Melody(density=0.75, span=16, idiom=(0.2, 0.65, 0.15), repetition=0.85),
    parts=(
        Part("Piano", 0, "chords", ("..x.x.",), centre=60, voices=3, velocity=60),
        Part("Bass", 32, "bass", ("1-....", "5-...."), velocity=76),
    ),
    groove=Groove(
        lines=(("kick", "x....."), ("rim", "..o.o."), ("ride", "x.....")),
        fill=(("snare", "x.o.oo"), ("kick", "x.....")),
    ),
    lead=40,
    modifier=True,
)
