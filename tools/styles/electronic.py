"""Electronic: four on the floor, off-beat bass, pumping synth chords."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="electronic",
    label=Text("electronic", "电子"),
    aliases=(
        "edm",
        "house",
        "techno",
        "trance",
        "dance music",
        "synthwave",
        "dubstep",
        "electro",
        "电子",
        "电子乐",
        "电音",
        "舞曲",
    ),
    metre="4/4",
    tempo=(118, 126, 140),
    harmony=Harmony(
        major=("vi IV I V", "IV V vi I", "I V vi IV", "IV I V vi"),
        minor=("i VI III VII", "VI VII i i", "i iv VI VII", "i VII VI VII"),
        colour="triad",
        minor_share=0.7,
    ),
    melody=Melody(density=1.2, syncopation=0.4, centre=70, scale="pentatonic", repetition=0.95),
    parts=(
        Part("Synth chords", 81, "chords", ("x..x..x.x..x..x.",), centre=62, velocity=58),
        Part("Pad", 89, "chords", ("x---------------",), centre=58, voices=3, velocity=44),
        Part("Synth bass", 38, "bass", ("..1-..1-..1-..1-",), velocity=90),
    ),
    groove=Groove(
        lines=(
            ("kick", "X...X...X...X..."),
            ("clap", "....X.......X..."),
            ("open hat", "..x...x...x...x."),
        ),
        fill=(("snare", "x.x.x.x.xxxxxxXX"), ("kick", "X...X...........")),
    ),
    lead=80,
)
