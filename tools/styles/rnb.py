"""R&B: slow sixteenths with late anticipation, electric piano, ninths and elevenths."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="rnb",
    label=Text("R&B", "节奏布鲁斯"),
    aliases=("r&b", "rhythm and blues", "neo soul", "neo-soul", "r & b", "节奏布鲁斯", "节奏蓝调"),
    metre="4/4",
    tempo=(62, 76, 94),
    harmony=Harmony(
        major=(
            "IVmaj7 iii7 vi7 Imaj7",
            "Imaj9 vi9 ii9 V11",
            "IVmaj7 V iii7 vi7",
            "ii9 V11 Imaj9 Imaj9",
        ),
        minor=("i9 iv9 VII11 IIImaj7", "VImaj7 v7 i9 i9", "i9 VImaj7 iv9 v7"),
        colour="extended",
        minor_share=0.5,
    ),
    melody=Melody(density=1.4, syncopation=0.5, centre=67, scale="pentatonic", repetition=0.8),
    parts=(
        Part(
            "Electric piano",
            4,
            "chords",
            ("x-----x---x-----", "x--x------x--x--"),
            centre=60,
            velocity=62,
        ),
        Part("Bass", 38, "bass", ("1-----.1..1-..a-",), velocity=84),
    ),
    groove=Groove(
        lines=(
            ("kick", "X.....xx..x....."),
            ("clap", "....X.......X..."),
            ("hat", "x.x.x.xxx.x.xxx."),
        ),
        fill=(("clap", "....X.......X.xX"), ("kick", "X..x..x.........")),
    ),
    lead=4,
)
