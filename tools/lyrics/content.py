"""The words of a line that carry its meaning."""

from __future__ import annotations

import re
from functools import cache
from math import log

from tools.prosody import rhymes_zh

_LONGEST = 4
_RARE = -20.0
"""Natural log of the frequency of a character that the vocabulary lacks."""
_FUNCTION_WORDS = """
a about again all also am an and another any anyone anything are aren't as at be because been
but by can can't could couldn't did didn't do does doesn't doing don't done down each else even
ever every for from get gets getting go goes going gone gonna got had has have having he he's
her here hers him his how i i'd i'll i'm i've if in instead into is isn't it it's its just let
let's like line lines lyric lyrics made make makes making many may me might mine more most much
must my never no nor not now of off oh on one only onto or our ours out over please put really
same say she she's should so some something song such take than that that's the their them then
there there's these they they're they've thing things this those through till to too try until
up upon us use verse very was wasn't way we we'll we're we've well were what what's when where
which while who whose why will with without word words won't would write yes yet you you'd
you'll you're you've your yours
"""
_FUNCTION_WORDS_ZH = """
的 了 着 过 地 得 是 在 有 和 与 跟 把 被 让 给 对 从 到 向 往 也 都 就 还 又 再 很 太 更 最
不 没 没有 别 我 你 他 她 它 我们 你们 他们 她们 咱们 自己 这 那 这个 那个 这样 那样 什么 怎么
哪 哪里 谁 一 一个 一点 一些 个 吗 吧 呢 啊 呀 哦 嗯 会 能 要 想 可以 可 而 但 但是 因为 所以
如果 虽然 于是 只 才 却 将 已 已经 曾 曾经 每 里 上 下 中 为 之 其 所 以 于 等 说 去 来 做 用
写 改 句 歌词 行 段 关于 成 换 改成 一下 一句 一行 加
"""
_STOP = frozenset(_FUNCTION_WORDS.split())
_STOP_ZH = frozenset(_FUNCTION_WORDS_ZH.split())


def content_words(text: str, language: str) -> tuple[str, ...]:
    """Nouns, verbs, adjectives and the like in their order, each once."""
    if language == "zh":
        found = [w for w in chinese_words(text) if w not in _STOP_ZH]
    else:
        words = re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
        found = [w.removesuffix("'s") for w in words if w not in _STOP and len(w) > 1]
    return tuple(dict.fromkeys(found))


def chinese_words(text: str) -> list[str]:
    """Han text cut into the words of the common vocabulary that make it most probable."""
    return [word for run in re.findall(r"[\u3400-\u9fff]+", text) for word in _cut(run)]


def _cut(run: str) -> list[str]:
    """Dynamic programming over word frequencies; unknown characters stand alone."""
    known = _known()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        options = []
        for start in range(max(0, end - _LONGEST), end):
            word = run[start:end]
            rare = _RARE if len(word) == 1 else float("-inf")
            options.append((best[start][0] + known.get(word, rare), start))
        best.append(max(options))
    words, end = [], len(run)
    while end:
        start = best[end][1]
        words.append(run[start:end])
        end = start
    return words[::-1]


@cache
def _known() -> dict[str, float]:
    """Natural log of each common word's frequency."""
    return {word: log(share) for word, share in rhymes_zh.vocabulary().items()}
