"""Country: alternating bass, train-beat strum, three chords and a story tune."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="country",
    label=Text("country", "乡村"),
    aliases=(
        "country music",
        "bluegrass",
        "americana",
        "western",
        "honky tonk",
        "country rock",
        "乡村",
        "乡村音乐",
        "蓝草",
    ),
    metre="4/4",
    tempo=(92, 116, 148),
    harmony=Harmony(
        major=("I I IV I I I V V", "I IV I V", "I V IV I", "I vi IV V", "IV I V I"),
        minor=("i VII i V", "i iv i V"),
        colour="triad",
        minor_share=0.1,
    ),
    melody=Melody(
        density=1.15, centre=66, idiom=(0.35, 0.25, 0.4), syncopation=0.1, repetition=0.85
    ),
    parts=(
        Part("Steel guitar", 25, "chords", ("r---x-x-r---x-x-",), centre=56, velocity=68),
        Part("Bass", 32, "bass", ("1-------5-----a-",), velocity=78),
    ),
    groove=Groove(
        lines=(
            ("kick", "X.......x......."),
            ("snare", "o.o.X.o.o.o.X.oo"),
            ("hat", "..x...x...x...x."),
        ),
        fill=(("snare", "o.o.X.oox.xxX.XX"), ("kick", "X.......x.......")),
    ),
    lead=25,
)
