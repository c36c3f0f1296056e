"""Ballad: slow, sustained piano and strings under a long-breathed tune."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="ballad",
    label=Text("ballad", "抒情"),
    aliases=(
        "power ballad",
        "slow song",
        "love ballad",
        "piano ballad",
        "抒情",
        "抒情歌",
        "慢歌",
        "情歌",
        "芭乐",
    ),
    metre="4/4",
    tempo=(58, 70, 84),
    harmony=Harmony(
        major=(
            "I V vi iii IV I ii V",
            "I iii vi IV",
            "I V/7 vi IV",
            "IV V iii vi ii V I I",
            "I vi ii V",
        ),
        minor=("i VI III VII", "i v VI III iv i iv V", "i VII VI V"),
        colour="add",
        minor_share=0.35,
    ),
    melody=Melody(density=1.05, span=16, syncopation=0.15, repetition=0.75),
    parts=(
        Part("Piano", 0, "chords", ("r-2-3-4-3-2-3-4-",), centre=59, velocity=64),
        Part("Strings", 48, "chords", ("x---------------",), centre=64, voices=3, velocity=46),
        Part("Bass", 32, "bass", ("1-----------5---",), velocity=66),
    ),
    groove=Groove(
        lines=(
            ("kick", "x.........x....."),
            ("rim", "........x......."),
            ("hat", "o...o...o...o..."),
        ),
        fill=(("tom", "........o.xxx.xX"), ("kick", "x...............")),
    ),
    lead=0,
    modifier=True,
)
