"""Blues: shuffle in triplets, twelve bars of dominant sevenths, blue notes."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="blues",
    label=Text("blues", "布鲁斯"),
    aliases=(
        "blues rock",
        "12-bar blues",
        "twelve bar blues",
        "12 bar",
        "delta blues",
        "shuffle",
        "布鲁斯",
        "蓝调",
        "十二小节",
    ),
    metre="4/4",
    tempo=(66, 92, 126),
    harmony=Harmony(
        major=("I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7", "I7 IV7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7"),
        minor=("i7 i7 i7 i7 iv7 iv7 i7 i7 VI7 V7 i7 V7",),
        colour="dominant",
        minor_share=0.15,
    ),
    melody=Melody(density=1.0, span=12, centre=65, syncopation=0.3, scale="blues", repetition=0.9),
    parts=(
        Part("Electric guitar", 27, "chords", ("x.xx.xx.xx.x",), centre=53, voices=3, velocity=68),
        Part("Bass", 33, "bass", ("1.13.35.56.5",), velocity=82),
    ),
    groove=Groove(
        lines=(
            ("kick", "X.....x....x"),
            ("snare", "...X.....X.."),
            ("hat", "x.ox.ox.ox.o"),
        ),
        fill=(("snare", "xxxxxxxxxXXX"), ("kick", "X.....x.....")),
    ),
    swing=2 / 3,
    lead=27,
)
