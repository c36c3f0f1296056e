"""What an analysed chord does, in words for people who do not read numerals."""

from __future__ import annotations

from types import MappingProxyType

from music.keys import Key, parse_key
from music.roman._numeral import Numeral
from wording import Text

# By role; {source} and {home} are keys, {goal} the numeral of the chord that is led to.
_WORDS = MappingProxyType(
    {
        "secondary dominant": Text(
            "{symbol} ({text}) pulls into {goal}, like a dominant of its own",
            "{symbol}（{text}）是 {goal} 的副属和弦，把音乐推向它",
        ),
        "secondary leading-tone": Text(
            "{symbol} ({text}) leads by a semitone into {goal}, in place of its dominant",
            "{symbol}（{text}）是 {goal} 的副导和弦，以半音上行引向它",
        ),
        "secondary two": Text(
            "{symbol} ({text}) prepares the dominant of {goal}: a ii–V on the way there",
            "{symbol}（{text}）和后面的属和弦组成通往 {goal} 的 ii–V",
        ),
        "tritone substitute": Text(
            "{symbol} slides down a semitone into {goal} (tritone substitution)",
            "{symbol} 以半音下行进入 {goal}（三全音替代）",
        ),
        "backdoor": Text(
            "{symbol} ({text}) comes home from below, by the back door",
            "{symbol}（{text}）从降七级上行回到主和弦，是“后门”终止",
        ),
        "augmented sixth": Text(
            "{symbol} ({text}) is an augmented sixth that opens out onto the dominant",
            "{symbol}（{text}）是增六和弦，向外扩展到属音",
        ),
        "neapolitan": Text(
            "{symbol} ({text}) is the Neapolitan, a dark turn towards the dominant",
            "{symbol}（{text}）是那不勒斯和弦，以暗色走向属和弦",
        ),
        "borrowed": Text(
            "{symbol} ({text}) is borrowed from {source}", "{symbol}（{text}）借自同主音的{source}"
        ),
        "picardy": Text(
            "{symbol} ends the minor key on its major chord (a Picardy third)",
            "{symbol} 让小调结束在大三和弦上（皮卡迪三度）",
        ),
        "passing diminished": Text(
            "{symbol} ({text}) fills the step between its neighbours (passing diminished)",
            "{symbol}（{text}）填在前后两个和弦之间（经过减和弦）",
        ),
        "common-tone diminished": Text(
            "{symbol} ({text}) decorates {goal}, with which it shares a tone",
            "{symbol}（{text}）与 {goal} 有共同音，是对它的装饰（共同音减七和弦）",
        ),
        "passing": Text(
            "{symbol} ({text}) passes by semitones between its neighbours",
            "{symbol}（{text}）是半音平行的经过和弦",
        ),
        "line cliche": Text(
            "in {symbol} one voice moves while the root stays (a line cliché)",
            "{symbol} 根音不动，内声部半音移动（Line Cliché）",
        ),
        "chromatic mediant": Text(
            "{symbol} ({text}) is a chromatic mediant: a third from home, a sudden change of light",
            "{symbol}（{text}）是半音中音和弦，与主和弦相距三度，色彩突变",
        ),
        "blues": Text("{symbol} carries the blue seventh", "{symbol} 带着布鲁斯的降七音"),
        "chromatic": Text(
            "{symbol} lies outside {home} and adds colour",
            "{symbol} 是{home}之外的色彩和弦",
        ),
    }
)
_PLAIN = Text("{symbol} is {text}", "{symbol} 是 {text} 级")


def explain(item: Numeral, symbol: str, key: Key) -> Text:
    """One clause about what the chord does."""
    words = _WORDS.get(item.role, _PLAIN)
    source = parse_key(item.source) if item.source else key
    said = [
        template.format(
            symbol=symbol, text=item.text, goal=item.target,
            source=source.in_words(language), home=key.in_words(language),
        )
        for template, language in ((words.en, "en"), (words.zh, "zh"))
    ]  # fmt: skip
    return Text(*said)
