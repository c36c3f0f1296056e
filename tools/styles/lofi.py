"""Lo-fi: slow dusty beat, soft seventh chords on electric piano, sparse tune."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="lofi",
    label=Text("lo-fi", "低保真"),
    aliases=(
        "lo-fi",
        "lo fi",
        "chillhop",
        "lofi hip hop",
        "chill beats",
        "study beats",
        "hip hop",
        "低保真",
        "嘻哈",
    ),
    metre="4/4",
    tempo=(66, 78, 90),
    harmony=Harmony(
        major=(
            "ii7 V7 Imaj7 vi7",
            "IVmaj7 iii7 ii7 Imaj7",
            "Imaj7 iii7 IVmaj7 iv6",
            "IVmaj7 V7 iii7 vi7",
        ),
        minor=("i9 iv9 VIImaj7 IIImaj7", "i7 VImaj7 iv7 v7", "VImaj7 v7 i7 i7"),
        colour="extended",
        minor_share=0.45,
    ),
    melody=Melody(
        density=0.8, span=12, syncopation=0.35, centre=69, scale="pentatonic", repetition=0.9
    ),
    parts=(
        Part(
            "Electric piano",
            4,
            "chords",
            ("x-----..x---..x-", "x------.....x---"),
            centre=60,
            velocity=56,
        ),
        Part("Bass", 33, "bass", ("1----..1..5-....",), velocity=76),
    ),
    groove=Groove(
        lines=(
            ("kick", "X..o......x..x.."),
            ("snare", "....x.......x..."),
            ("hat", "o.o.o.o.o.o.o.oo"),
        ),
        fill=(("snare", "....x......ox.oo"), ("kick", "X..o............")),
    ),
    swing=0.58,
    lead=11,
)
