"""Rhymes: kinds, order and filters in both languages."""

from __future__ import annotations

import pytest

from tests.tools.lyrics_context import context
from tools._forms import UnknownLanguage
from tools.find_rhymes import TOOL, NoRhyme, NoWord
from tools.prosody.ordinary_zh import is_ordinary
from tools.prosody.rhyme_index import unasked
from tools.prosody.rhymes_en import rhyme_kind, rhymes
from tools.prosody.rhymes_zh import rhyme_kind as rhyme_kind_zh
from tools.prosody.rhymes_zh import rhymes as rhymes_zh


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("night", "light", "perfect"),
        ("firelight", "night", "perfect"),
        ("rolling", "strolling", "multi"),
        ("time", "mine", "family"),
        ("love", "cut", "assonance"),
        ("heart", "court", "consonance"),
        ("night", "knight", None),
        ("night", "night", None),
        ("love", "table", None),
        ("wind", "kind", "perfect"),
        ("here", "near", "perfect"),
        ("fire", "inspire", "perfect"),
        ("carry", "very", "multi"),
        ("waited", "hated", "multi"),
        ("sense", "cents", None),
        ("dense", "cents", "perfect"),
        ("potato", "tomato", "multi"),
        ("eternity", "me", "light"),
        ("remember", "her", None),
        ("eternity", "humanity", None),
        ("for", "her", None),
        ("indeed", "deed", None),
        ("potato", "go", "light"),
        ("due", "dew", None),
    ],
)
def test_kinds(first: str, second: str, kind: str | None) -> None:
    assert rhyme_kind(first, second) == kind
    assert rhyme_kind(second, first) == kind


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("月光", "绝望", "double"),
        ("城", "风", "same_final"),
        ("天", "山", "same_group"),
        ("月光", "夏天", None),
    ],
)
def test_chinese_kinds(first: str, second: str, kind: str | None) -> None:
    assert rhyme_kind_zh(first, second) == kind


def test_common_words_of_the_strictest_kind_come_first() -> None:
    result = TOOL({"text": "hold me through the night", "limit": 30}, context(None))
    kinds = [rhyme.kind for rhyme in result.rhymes]
    assert result.word == "night"
    assert kinds[0] == "perfect"
    assert "family" in kinds
    assert kinds.index("family") > len([k for k in kinds if k == "perfect"]) - 1
    assert "light" in [rhyme.word for rhyme in result.rhymes[:10]]


def test_filters() -> None:
    result = TOOL({"text": "night", "kinds": ["perfect"], "syllables": 2}, context(None))
    assert {rhyme.kind for rhyme in result.rhymes} == {"perfect"}
    assert {rhyme.syllables for rhyme in result.rhymes} == {2}


def test_filters_of_stress_and_commonness() -> None:
    asked = {"text": "night", "kinds": ["perfect"], "stress": "x/", "commonness": 4}
    result = TOOL(asked, context(None))
    assert {rhyme.stress for rhyme in result.rhymes} == {"x/"}
    assert min(rhyme.commonness for rhyme in result.rhymes) >= 4


def test_every_reading_gets_its_rhymes() -> None:
    result = TOOL({"text": "read", "kinds": ["perfect"]}, context(None))
    by_reading = [{r.word for r in result.rhymes if r.reading == n} for n in (0, 1)]
    assert "bed" in by_reading[0]
    assert "speed" in by_reading[1]
    assert len(result.readings) == 2
    assert f"*{result.readings[1]}*" in result.content("en")


def test_nobody_gets_slurs_and_names_come_last() -> None:
    for word in ("luck", "bit", "bigger", "bag", "tape"):
        offered = {r.word for r in TOOL({"text": word, "limit": 200}, context(None)).rhymes}
        assert not offered & unasked()
    heart = [r.word for r in rhymes("heart", ("perfect",), limit=100)]
    assert heart.index("bart") > heart.index("dart")


@pytest.mark.parametrize("word", ["night", "remember", "eternity", "fire", "love", "tomato"])
def test_the_index_agrees_with_the_kind_of_pairs(word: str) -> None:
    found = rhymes(word, limit=60)
    assert len(found) > 20
    assert [rhyme_kind(word, r.word) for r in found] == [r.kind for r in found]


def test_chinese_rhymes_share_the_group() -> None:
    result = TOOL({"text": "那年夏天"}, context(None, "zh"))
    assert result.group == "言前"
    assert all(rhyme_kind_zh(result.word, rhyme.word) for rhyme in result.rhymes)
    assert "言前辙" in result.content("zh")


def test_chinese_tones_can_be_chosen() -> None:
    level = TOOL({"text": "月光", "tone": "平"}, context(None, "zh"))
    assert {rhyme.tone for rhyme in level.rhymes} == {1, 2}
    third = TOOL({"text": "月光", "tone": "3"}, context(None, "zh"))
    assert {rhyme.tone for rhyme in third.rhymes} == {3}


def test_bad_requests_are_friendly() -> None:
    with pytest.raises(NoWord):
        TOOL({"text": "?!"}, context(None))
    with pytest.raises(NoRhyme, match="kinds are"):
        TOOL({"text": "night", "kinds": ["visual"]}, context(None))
    with pytest.raises(NoRhyme):
        TOOL({"text": "night", "kinds": ["perfect"], "syllables": 8}, context(None))


def test_other_languages_are_refused_by_name() -> None:
    for tag, language in (("en-GB", "en"), ("en", "en"), (None, "en")):
        assert TOOL({"text": "moonlight", "language": tag}, context(None)).language == language
    with pytest.raises(UnknownLanguage, match=r"en.*zh.*'fr'") as caught:
        TOOL({"text": "amour", "language": "fr"}, context(None))
    assert "英文（en）和中文（zh）" in caught.value.friendly("zh")


def offered(text: str, language: str = "en", **arguments: object) -> dict[str, list[str]]:
    """The words offered, by kind."""
    found: dict[str, list[str]] = {}
    for rhyme in TOOL({"text": text, **arguments}, context(None, language)).rhymes:
        found.setdefault(rhyme.kind, []).append(rhyme.word)
    return found


@pytest.mark.parametrize(
    ("word", "pair"),
    [("poet", "know it"), ("leader", "need her"), ("minute", "win it"), ("habit", "grab it")],
)
def test_two_words_rhyme_with_a_longer_one(word: str, pair: str) -> None:
    assert pair in offered(word)["mosaic"]
    assert set(offered(word, kinds=["mosaic"])) == {"mosaic"}


def test_two_words_are_few_and_can_be_said() -> None:
    pairs = offered("poet", limit=40)["mosaic"]
    assert len(pairs) <= 10
    assert not {"snow it", "so it", "though it", "go it"} & set(pairs)
    assert "mosaic" not in offered("night")


def test_a_phrase_gets_single_words_and_pairs() -> None:
    result = TOOL({"text": "have you read it"}, context(None))
    assert result.word == "read it"
    by_end = {(result.ends[r.reading], r.kind, r.word) for r in result.rhymes}
    assert ("read it", "mosaic", "credit") in by_end
    assert ("read it", "mosaic", "need it") in by_end
    assert ("it", "perfect", "hit") in by_end
    shown = result.content("en")
    assert "**read it**, said to rhyme with *need it*" in shown
    assert len({r.word for r in result.rhymes}) == len(result.rhymes)


def test_a_phrase_without_rhymes_gives_those_of_its_last_word() -> None:
    result = TOOL({"text": "it is over it"}, context(None))
    assert result.word == "it"
    assert not result.ends


@pytest.mark.parametrize(("word", "start"), [("rain", "tr"), ("poet", "kn"), ("夏天", "今")])
def test_the_beginning_can_be_chosen(word: str, start: str) -> None:
    language = "zh" if word == "夏天" else "en"
    words = [w for kind in offered(word, language, starts_with=start).values() for w in kind]
    assert words
    assert all(w.startswith(start) for w in words)


def test_chinese_filters_of_length_and_commonness() -> None:
    result = TOOL({"text": "月光", "syllables": 2, "commonness": 4.5}, context(None, "zh"))
    assert {rhyme.syllables for rhyme in result.rhymes} == {2}
    assert min(rhyme.commonness for rhyme in result.rhymes) >= 4.5


@pytest.mark.model
@pytest.mark.parametrize(
    ("word", "theme", "near", "far"),
    [("sail", "a storm at sea", "gale", "email"), ("月光", "大海", "海洋", "军装")],
)
def test_a_theme_ranks_what_is_near_first(word: str, theme: str, near: str, far: str) -> None:
    language = "zh" if theme == "大海" else "en"
    words = [w for kind in offered(word, language, theme=theme).values() for w in kind]
    assert near in words
    assert far not in words or words.index(near) < words.index(far)


def test_no_chinese_names_are_offered() -> None:
    for word in ("月光", "夏天", "我爱你", "城市"):
        words = {r.word for r in rhymes_zh(word, limit=200)}
        assert not words & {"张学良", "石家庄", "布鲁塞尔", "戴尔", "新疆", "浙江", "赛尔", "艾尔"}
    for name in ("刘亦菲", "安德森", "布鲁塞尔", "张学良", "洛克", "上海市"):
        assert not is_ordinary(name)
    for word in ("月亮", "高兴", "黄金", "银河", "星期天", "小女孩", "脑海中", "手上", "白云"):
        assert is_ordinary(word)


def test_three_syllables_in_chinese() -> None:
    assert rhyme_kind_zh("我爱你", "所在地") == "triple"
    assert rhyme_kind_zh("我爱你", "去海里") == "double"


def test_the_reading_of_a_polyphone_is_told() -> None:
    shown = TOOL({"text": "银行"}, context(None, "zh")).content("zh")
    assert "“银行”的“行”读 háng，不读 xíng" in shown
    assert "行 in 银行 háng, not xíng" in TOOL({"text": "银行"}, context(None)).content("en")
    assert "读音" not in TOOL({"text": "月光"}, context(None, "zh")).content("zh")
