"""Metal: palm-muted sixteenths, double bass drum, minor and Phrygian power chords."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="metal",
    label=Text("metal", "金属"),
    aliases=(
        "heavy metal",
        "death metal",
        "thrash",
        "metalcore",
        "doom",
        "金属",
        "重金属",
        "金属乐",
    ),
    metre="4/4",
    tempo=(112, 144, 184),
    harmony=Harmony(
        major=("I bII I bVII", "I bVI bVII I"),
        minor=("i VI VII i", "i bII i VII", "i iv VI V", "i VI III VII", "i i bII VII"),
        colour="power",
        minor_share=0.95,
    ),
    melody=Melody(density=1.05, syncopation=0.2, centre=64, span=14, repetition=0.85),
    parts=(
        Part(
            "Distorted guitar",
            30,
            "chords",
            ("XxxxX.xxX.xxX-x-", "X.xxX.xxXxxxX---"),
            centre=45,
            voices=3,
            velocity=84,
        ),
        Part("Bass", 34, "bass", ("1-111-111-111-1-",), velocity=92),
    ),
    groove=Groove(
        lines=(
            ("kick", "X.xxX.xxX.xxX.xx"),
            ("snare", "....X.......X..."),
            ("crash", "X..............."),
            ("ride", "....x...x...x..."),
        ),
        fill=(
            ("snare", "xxxxxxxx........"),
            ("tom", "........xxxxXXXX"),
            ("kick", "X.X.X.X.X.X.X.X."),
        ),
    ),
    lead=30,
)
