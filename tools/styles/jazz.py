"""Jazz: swung ride, walking bass, ii-V-I in seventh and ninth chords."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="jazz",
    label=Text("jazz", "爵士"),
    aliases=(
        "swing",
        "bebop",
        "big band",
        "jazz ballad",
        "jazz waltz",
        "cool jazz",
        "smooth jazz",
        "爵士",
        "爵士乐",
        "摇摆乐",
    ),
    metre="4/4",
    tempo=(96, 136, 200),
    harmony=Harmony(
        major=(
            "Imaj7 vi7 ii7 V7",
            "ii7 V7 Imaj7 vi7",
            "iii7 VI7 ii7 V7",
            "Imaj7 IVmaj7 iii7 VI7",
            "ii7 bII7 Imaj7 Imaj7",
        ),
        minor=("i6 iim7b5 V7 i6", "iim7b5 V7 i6 i6", "i7 iv7 iim7b5 V7", "i6 VImaj7 iim7b5 V7"),
        colour="extended",
        minor_share=0.3,
    ),
    melody=Melody(
        density=1.25,
        span=17,
        syncopation=0.35,
        idiom=(0.1, 0.8, 0.1),
        repetition=0.6,
        adventure=1.15,
    ),
    parts=(
        Part(
            "Piano",
            0,
            "chords",
            ("x--..x......", "...x....x...", "..x.....x...", "x-......x-.."),
            centre=60,
            velocity=62,
        ),
        Part("Double bass", 32, "bass", ("w--w--w--w--",), velocity=82),
    ),
    groove=Groove(
        lines=(
            ("ride", "X..x.xX..x.x"),
            ("pedal hat", "...x.....x.."),
            ("kick", "o..o..o..o.."),
        ),
        fill=(("snare", "x.xx.xx.xxxX"), ("ride", "X..x.x......")),
    ),
    swing=2 / 3,
    lead=65,
)
