"""Punk: fast down-strokes, three loud chords, a short shouted tune."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="punk",
    label=Text("punk", "朋克"),
    aliases=("punk rock", "pop punk", "hardcore", "emo", "朋克", "庞克"),
    metre="4/4",
    tempo=(152, 174, 200),
    harmony=Harmony(
        major=("I IV V IV", "I V vi IV", "I V IV V", "I IV I V"),
        minor=("i VI III VII", "i VII VI VII", "i VI VII i"),
        colour="power",
        minor_share=0.25,
    ),
    melody=Melody(density=1.0, span=11, syncopation=0.15, centre=66, repetition=0.95),
    parts=(
        Part("Distorted guitar", 30, "chords", ("XxxxXxxx",), centre=50, voices=3, velocity=86),
        Part("Bass", 34, "bass", ("11111111",), velocity=92),
    ),
    groove=Groove(
        lines=(("kick", "X..xX..."), ("snare", "..X...X."), ("hat", "XxXxXxXx")),
        fill=(("snare", "XXXXXXXX"), ("kick", "X.X.X.X.")),
    ),
    lead=29,
)
