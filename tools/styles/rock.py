"""Rock: backbeat, driving eighth-note guitars, modal and power-chord harmony."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="rock",
    label=Text("rock", "摇滚"),
    aliases=(
        "rock and roll",
        "rock'n'roll",
        "hard rock",
        "indie rock",
        "alternative",
        "britpop",
        "grunge",
        "摇滚",
        "摇滚乐",
        "硬摇滚",
    ),
    metre="4/4",
    tempo=(96, 124, 156),
    harmony=Harmony(
        major=("I bVII IV I", "I IV V IV", "I V IV IV", "vi IV I V", "I bVII bVI bVII"),
        minor=("i VII VI VII", "i VI III VII", "i III VII iv", "i VII iv VI"),
        colour="power",
        minor_share=0.5,
    ),
    melody=Melody(density=1.2, syncopation=0.3, centre=66, repetition=0.85),
    parts=(
        Part(
            "Electric guitar", 29, "chords", ("X-x-x-X-x-x-X-x-",), centre=52, voices=3, velocity=78
        ),
        Part("Bass", 34, "bass", ("1-1-1-1-1-1-1-a-",), velocity=84),
    ),
    groove=Groove(
        lines=(
            ("kick", "X.......x.x....."),
            ("snare", "....X.......X..."),
            ("hat", "X.x.X.x.X.x.X.x."),
        ),
        fill=(
            ("snare", "X.xxx.xx........"),
            ("tom", "........x.xxxxxx"),
            ("kick", "X...X...X...X..."),
        ),
    ),
    lead=29,
)
