"""Chinese style (国风): pentatonic tune on flute or zheng, open fifths, gentle pulse."""

from tools.styles._style import Groove, Harmony, Melody, Part, Style
from wording import Text

STYLE = Style(
    name="chinese",
    label=Text("Chinese style", "国风"),
    aliases=(
        "chinese",
        "chinese style",
        "guofeng",
        "gufeng",
        "oriental",
        "chinese folk",
        "zhongguofeng",
        "国风",
        "古风",
        "中国风",
        "戏曲",
        "江南",
        "古典国风",
        "中国民乐",
        "民乐",
        "五声",
    ),
    metre="4/4",
    tempo=(60, 76, 96),
    harmony=Harmony(
        major=("I vi IV V", "I V vi IV", "vi IV V I", "I ii vi V", "IV V iii vi"),
        minor=("i VII VI VII", "i VI III VII", "i iv VII i", "VI VII v i", "i III VII i"),
        colour="add",
        minor_share=0.6,
    ),
    melody=Melody(
        density=1.0, span=16, centre=70, scale="pentatonic", idiom=(0.35, 0.3, 0.35), repetition=0.8
    ),
    parts=(
        Part(
            "Guzheng",
            107,
            "chords",
            ("r-1-2-3-4-3-2-1-", "r-2-3-4-5-4-3-2-"),
            centre=62,
            voices=5,
            velocity=64,
        ),
        Part("Strings", 48, "chords", ("x---------------",), centre=58, voices=3, velocity=44),
        Part("Bass", 32, "bass", ("1---------5-----",), velocity=66),
    ),
    groove=Groove(
        lines=(
            ("low drum", "x.........o....."),
            ("wood block", "........o......."),
            ("shaker", "..o...o...o...o."),
        ),
        fill=(("low drum", "x...o...o.o.x.x."), ("bell", "x...............")),
    ),
    lead=73,
)
