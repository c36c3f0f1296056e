"""Funk: sixteenth-note groove on one chord or two, slap bass, clipped guitar."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="funk",
    label=Text("funk", "放克"),
    aliases=("funky", "p-funk", "groovy", "放克"),
    metre="4/4",
    tempo=(92, 104, 118),
    harmony=Harmony(
        major=("I9 I9 IV9 I9", "I7 I7 IV7 IV7", "I9 IV9 I9 V9"),
        minor=("i7 i7 IV9 i7", "i9 IV9 i9 IV9", "i7 VII i7 iv7"),
        colour="dominant",
        minor_share=0.65,
    ),
    melody=Melody(density=1.35, syncopation=0.55, centre=66, scale="pentatonic", repetition=0.95),
    parts=(
        Part(
            "Clean guitar",
            28,
            "chords",
            ("..x...xx..x.xx..", "X.xx..x...xx..x."),
            centre=62,
            voices=3,
            velocity=70,
        ),
        Part("Slap bass", 36, "bass", ("1..1..8.1..5.8a.", "1..1..8...1.3.5."), velocity=94),
    ),
    groove=Groove(
        lines=(
            ("kick", "X..x..x...x..x.."),
            ("snare", "....X..o.o..X..o"),
            ("hat", "xoxoxoxoxoxoxoxo"),
        ),
        fill=(("snare", "..xo.xX.xoxXxxXX"), ("kick", "X..x............")),
    ),
    lead=61,
)
