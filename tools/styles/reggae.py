"""Reggae: one drop on three, off-beat skank, a bass line with holes in it."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="reggae",
    label=Text("reggae", "雷鬼"),
    aliases=("ska", "dub", "rocksteady", "dancehall", "雷鬼", "斯卡"),
    metre="4/4",
    tempo=(66, 76, 92),
    harmony=Harmony(
        major=("I IV I V", "I V vi IV", "I ii I ii", "I IV V IV"),
        minor=("i iv i v", "i VII i VII", "i VI VII i"),
        colour="triad",
        minor_share=0.4,
    ),
    melody=Melody(density=1.15, syncopation=0.45, centre=65, repetition=0.9),
    parts=(
        Part("Skank guitar", 28, "chords", ("..X...X...X...X.",), centre=62, voices=3, velocity=74),
        Part("Organ", 16, "chords", ("...x.x.....x.x..",), centre=60, voices=3, velocity=48),
        Part("Bass", 33, "bass", ("1--.1-3-5---..1-", "1--.8-5-3---..a-"), velocity=92),
    ),
    groove=Groove(
        lines=(
            ("kick", "........X......."),
            ("rim", "........X......."),
            ("hat", "x.ox..x.x.o.x.x."),
        ),
        fill=(("snare", "x..x..x...xxxxX."), ("kick", "........X.......")),
    ),
    lead=16,
)
