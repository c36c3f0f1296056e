"""Soul: gospel harmony, horns and organ answering, a tune that climbs."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="soul",
    label=Text("soul", "灵魂乐"),
    aliases=("motown", "gospel", "northern soul", "灵魂乐", "灵魂", "福音"),
    metre="4/4",
    tempo=(72, 96, 120),
    harmony=Harmony(
        major=("I vi ii V", "I iii IV V", "I I7 IV iv", "Imaj7 ii7 iii7 IVmaj7", "IV iii7 ii7 I"),
        minor=("i7 iv7 i7 V7", "i7 VII VImaj7 V7", "i7 iv7 VII IIImaj7"),
        colour="seventh",
        minor_share=0.35,
    ),
    melody=Melody(
        density=1.2, span=16, syncopation=0.4, centre=67, scale="pentatonic", repetition=0.8
    ),
    parts=(
        Part("Organ", 16, "chords", ("x-------x-----x-",), centre=60, velocity=56),
        Part(
            "Horns",
            61,
            "chords",
            ("................", "..........x-x---"),
            centre=65,
            voices=3,
            velocity=66,
        ),
        Part("Bass", 33, "bass", ("1--15-1-3-5-8-a-",), velocity=86),
    ),
    groove=Groove(
        lines=(
            ("kick", "X..x..x.x......."),
            ("snare", "....X.......X..."),
            ("tambourine", "..x...x...x...x."),
        ),
        fill=(("snare", "....X...x.xxX.xX"), ("kick", "X..x..x.........")),
    ),
    lead=66,
)
