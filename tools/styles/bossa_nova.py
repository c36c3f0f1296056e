"""Bossa nova: quiet straight eighths, syncopated nylon guitar, lush sevenths."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="bossa_nova",
    label=Text("bossa nova", "波萨诺瓦"),
    aliases=(
        "bossa",
        "bossa nova",
        "samba",
        "brazilian",
        "latin",
        "波萨诺瓦",
        "巴萨诺瓦",
        "桑巴",
        "拉丁",
    ),
    metre="4/4",
    tempo=(104, 126, 148),
    harmony=Harmony(
        major=(
            "Imaj7 Imaj7 II7 II7 ii7 bII7 Imaj7 bII7",
            "Imaj7 vi7 ii7 V7",
            "Imaj7 biiidim7 ii7 V7",
            "ii7 V7 Imaj7 VI7",
        ),
        minor=("i6 i6 iim7b5 V7", "i7 iv7 VIImaj7 iim7b5", "i6 VI7 V7 i6"),
        colour="extended",
        minor_share=0.4,
    ),
    melody=Melody(density=1.1, syncopation=0.5, idiom=(0.1, 0.85, 0.05), repetition=0.8),
    parts=(
        Part(
            "Nylon guitar",
            24,
            "chords",
            ("x--x--x---x--x--", "x-..x--x--x-x--."),
            centre=57,
            velocity=64,
        ),
        Part("Bass", 32, "bass", ("1-----5-5-----1-",), velocity=72),
    ),
    groove=Groove(
        lines=(
            ("kick", "x.....xxx.....xx"),
            ("rim", "x..x..x...x..x.."),
            ("hat", "oxoxoxoxoxoxoxox"),
        ),
        fill=(("rim", "x..x..x...x.xx.x"), ("kick", "x.....xxx.....xx")),
    ),
    lead=73,
)
