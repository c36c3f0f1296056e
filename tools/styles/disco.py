"""Disco: four on the floor, octave bass, open hats on every off-beat."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="disco",
    label=Text("disco", "迪斯科"),
    aliases=("nu disco", "70s dance", "迪斯科", "的士高", "蹦迪"),
    metre="4/4",
    tempo=(108, 118, 128),
    harmony=Harmony(
        major=("Imaj7 vi7 ii7 V7", "IVmaj7 iii7 ii7 V7", "I vi IV V"),
        minor=("i7 iv7 VII IIImaj7", "i7 VI VII i7", "i7 v7 VImaj7 v7"),
        colour="seventh",
        minor_share=0.6,
    ),
    melody=Melody(density=1.2, syncopation=0.4, centre=68, repetition=0.95),
    parts=(
        Part("Clean guitar", 27, "chords", ("..x..x.x..x..xx.",), centre=62, voices=3, velocity=64),
        Part("Strings", 48, "chords", ("x-------x-------",), centre=67, voices=3, velocity=50),
        Part("Octave bass", 33, "bass", ("1-8-1-8-1-8-1-8-",), velocity=88),
    ),
    groove=Groove(
        lines=(
            ("kick", "X...X...X...X..."),
            ("clap", "....X.......X..."),
            ("open hat", "..X...X...X...X."),
        ),
        fill=(("snare", "x.x.xxxxx.x.xXXX"), ("kick", "X...X...X...X...")),
    ),
    lead=61,
)
