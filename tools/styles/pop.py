"""Pop: even eighths, four-chord loops, a singable tune with light anticipation."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="pop",
    label=Text("pop", "流行"),
    aliases=(
        "pop music",
        "indie pop",
        "synthpop",
        "top 40",
        "mandopop",
        "k-pop",
        "j-pop",
        "流行",
        "流行歌",
        "华语流行",
    ),
    metre="4/4",
    tempo=(84, 106, 128),
    harmony=Harmony(
        major=("I V vi IV", "vi IV I V", "I vi IV V", "IV V iii vi", "I iii IV V", "I IV vi V"),
        minor=("i VI III VII", "i iv VI V", "i VII VI VII", "VI VII i i"),
        colour="add",
        minor_share=0.3,
    ),
    melody=Melody(density=1.25, syncopation=0.3, centre=67, repetition=0.85),
    parts=(
        Part("Piano", 0, "chords", ("x---x---x---x-x-",), centre=60),
        Part("Bass", 33, "bass", ("1-----1-1---5---",)),
    ),
    groove=Groove(
        lines=(
            ("kick", "X.....x.x......."),
            ("snare", "....X.......X..."),
            ("hat", "x.o.x.o.x.o.x.o."),
        ),
        fill=(
            ("snare", "............xxXX"),
            ("tom", "........x.x....."),
            ("kick", "X.....x........."),
        ),
    ),
    lead=0,
)
