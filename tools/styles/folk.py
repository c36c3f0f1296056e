"""Folk: fingerpicked guitar, plain triads, a stepwise tune close to traditional ones."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="folk",
    label=Text("folk", "民谣"),
    aliases=(
        "folk song",
        "acoustic",
        "singer-songwriter",
        "celtic",
        "irish",
        "indie folk",
        "campfire",
        "民谣",
        "民歌",
        "弹唱",
        "校园民谣",
    ),
    metre="4/4",
    tempo=(76, 98, 124),
    harmony=Harmony(
        major=("I IV I V", "I V vi IV", "I I IV V", "I vi IV V", "I IV V I"),
        minor=("i VII i v", "i VI VII i", "i iv VII i", "i III VII i"),
        colour="triad",
        minor_share=0.3,
    ),
    melody=Melody(density=1.1, centre=67, idiom=(0.25, 0.25, 0.5), repetition=0.8),
    parts=(
        Part(
            "Acoustic guitar",
            25,
            "chords",
            ("r-3-2-4-r-3-2-3-", "r-3-2-4-r-4-3-2-"),
            centre=55,
            voices=4,
            velocity=68,
        ),
        Part("Bass", 32, "bass", ("1-------5-------",), velocity=68),
    ),
    groove=Groove(lines=(("shaker", "o.x.o.x.o.x.o.x."),)),
    lead=73,
)
