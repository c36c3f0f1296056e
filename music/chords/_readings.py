"""What is said about a symbol that writers read differently: the reading that was taken."""

from __future__ import annotations

from wording import Text

DELTA = Text("Δ and ^ alone mean a major seventh", "单独的 Δ 或 ^ 表示大七和弦")
TWO = Text("2 alone is read as add9, with its third", "单独的 2 读作 add9，保留三音")
FOUR = Text("4 alone is read as sus4", "单独的 4 读作 sus4")
ALTERED = Text("alt is read as b9 #9 #11 b13 without a fifth", "alt 读作 b9 #9 #11 b13，无五音")
ELEVEN = Text("11 keeps the third; many players leave it out", "11 和弦保留三音；很多人会省略")
THIRTEEN = Text(
    "13 leaves out the 11th, which clashes with the third", "十三和弦省略与三音相撞的十一音"
)
MINOR_THIRTEEN = Text(
    "a minor 13 is read without the 11th, which many players add",
    "小十三和弦读作不含十一音；很多人会加上",
)
PLUS_IS_FIFTH = Text("+ is read as a raised fifth, not a major seventh", "+ 读作升五音，不是大七度")
PLUS_IS_AUGMENTED = Text(
    "a plus right after the root or the number means a raised fifth", "根音或数字后的加号表示升五音"
)
PLUS_IS_SEVENTH = Text(
    "+7 after a minor chord is read as its major seventh", "小和弦后的 +7 读作大七度"
)
MINUS_IS_MINOR = Text(
    "a minus right after the root means minor, not a lowered degree",
    "根音后的减号表示小和弦，不是降音级",
)
SIGN_IS_ALTERATION = Text(
    "+ and - before a degree raise and lower it", "音级前的 + 和 - 表示升、降该音级"
)
SUSPENDED_EXTENSION = Text(
    "a ninth or more on sus brings the minor seventh with it", "sus 加九度以上时包含小七度"
)
SUSPENDED_FLAT_NINE = Text(
    "b9 on a bare sus is read without a seventh; 7sus4b9 has it",
    "sus 后单写 b9 读作不含七音；含七音请写 7sus4b9",
)
SLASH_NINE = Text("/9 is read as an added ninth", "/9 读作加九音")
THIRD_SUSPENDED = Text("sus takes the place of the third", "挂留音取代三音")
BOTH_SEVENTHS = Text(
    "the major seventh is added to the diminished one", "大七度加在减七度之上，两者并存"
)
FLAT_THIRTEEN = Text("b13 keeps the perfect fifth", "b13 保留纯五音")
ACCIDENTAL_IS_ROOTS = Text(
    "the accidental belongs to the root; brackets would give it to the fifth",
    "变音记号属于根音；若指五音请加括号",
)
AFTER_NUMBER = Text(
    "accidentals are read after their numbers, as jazz databases write them",
    "升降号按爵士数据库的写法读在数字之后",
)
TWO_CHORDS = Text(
    "both sides are chords: the upper one over the lower one",
    "两边都是和弦：上方和弦叠在下方和弦上",
)
