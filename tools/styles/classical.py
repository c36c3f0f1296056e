"""Classical: Alberti accompaniment, functional harmony, balanced periods."""

from tools.styles._style import Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="classical",
    label=Text("classical", "古典"),
    aliases=(
        "art song",
        "lied",
        "romantic era",
        "baroque",
        "mozart",
        "orchestral",
        "chamber music",
        "sonata",
        "古典",
        "古典音乐",
        "艺术歌曲",
        "交响",
    ),
    metre="4/4",
    tempo=(72, 100, 132),
    harmony=Harmony(
        major=("I V I V7 I IV V7 I", "I ii V7 I", "I vi IV V7", "I IV V7 I", "I V7/V V7 I"),
        minor=("i V7 i iv i iv V7 i", "i iv V7 i", "i VI iv V7"),
        colour="triad",
        minor_share=0.35,
    ),
    melody=Melody(density=1.0, span=17, idiom=(0.15, 0.85, 0.0), repetition=0.7, adventure=1.05),
    parts=(
        Part("Piano", 0, "chords", ("1-3-2-3-1-3-2-3-",), centre=55, voices=3, velocity=58),
        Part("Cello", 42, "bass", ("1-------1-------",), velocity=62),
    ),
    lead=40,
)
