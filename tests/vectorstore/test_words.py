"""The vocabulary: places, kinds and moods are read off headers and requests in both languages."""

from __future__ import annotations

import pytest

from vectorstore.queries import read_query
from vectorstore.words.kinds import kind_terms, kinds_in
from vectorstore.words.moods import Traits, mood_terms, moods
from vectorstore.words.regions import place, region_terms


@pytest.mark.parametrize(
    ("origin", "where"),
    [
        ("China, Shaanxi, Zizhou", ("China", "Shaanxi")),
        ("China, Shanxi Zuoquan", ("China", "Shanxi")),
        ("China, Neimeng Wuchuan", ("China", "Inner_Mongolia")),
        ("Europa, Mitteleuropa, Deutschland, Schlesien", ("Germany", "Silesia")),
        ("Suedosteuropa, Jugoslawien, Gottschee, Verdreng", ("Slovenia", "")),
        ("Irland", ("Ireland", "")),
        ("Europa, Mitteleuropa, Lothringen, Weiler", ("France", "Lorraine")),
        ("", ("", "")),
    ],
)
def test_places(origin: str, where: tuple[str, str]) -> None:
    assert place(origin) == where
    assert all(id in region_terms() for id in where if id)


def test_kinds_come_from_german_pinyin_and_english_words() -> None:
    assert kinds_in("Kinder -, Wiegen - Lied")[:2] == ("lullaby", "children's_song")
    assert "mountain_song" in kinds_in("Shange, Xintianyou. Fun ku]")
    assert "love_song" in kinds_in("Xiaodiao. Biaoda aiqing]")
    assert kinds_in("double jig") == ("jig",)
    assert kinds_in("slip jig")[0] == "slip_jig"
    assert kinds_in("") == ()


def _traits(**changes: object) -> Traits:
    plain = {
        "minor": False, "pace": 1.6, "span": 12, "leap": 2.5, "rise": 0.0, "swaying": False,
        "kinds": frozenset(), "words": "",
    }  # fmt: skip
    return Traits(**{**plain, **changes})  # type: ignore[arg-type]


def test_the_mood_rule() -> None:
    assert moods(_traits(minor=True, pace=1.0))[0] == "sad"
    assert moods(_traits(pace=2.5))[:2] == ("happy", "energetic")
    assert moods(_traits(kinds=frozenset({"lullaby"})))[0] == "calm"
    assert "sad" in moods(_traits(words="Liebes - Lied, Leid, Klage"))
    assert "solemn" in moods(_traits(kinds=frozenset({"mass"})))


@pytest.mark.parametrize("minor", [True, False])
@pytest.mark.parametrize("pace", [0.5, 1.5, 3.0])
def test_moods_never_contradict_each_other(minor: bool, pace: float) -> None:
    for kinds in (frozenset(), *(frozenset({kind}) for kind in kind_terms())):
        found = moods(_traits(minor=minor, pace=pace, kinds=kinds, words="Klage"))
        assert 1 <= len(found) <= 3
        assert set(found) <= set(mood_terms())
        assert not {"sad", "happy"} <= set(found)
        assert not {"calm", "energetic"} <= set(found)


@pytest.mark.parametrize(
    "query",
    ["a melancholy Chinese folk tune in 2/4", "四二拍的忧伤的中国民歌", "忧伤中国民歌 2/4拍"],
)
def test_both_languages_ask_for_the_same(query: str) -> None:
    wanted = read_query(query)
    assert wanted.metres == ("2/4",)
    assert (wanted.place, wanted.kinds, wanted.moods) == ("China", ("folk_song",), ("sad",))
    assert wanted.rest == ""


def test_keys_metres_and_negations() -> None:
    assert read_query("Irish reels in D major").tonic == 2
    assert read_query("升F小调的歌").mode == "minor"
    assert read_query("升F小调的歌").tonic == 6
    assert read_query("六八拍的爱尔兰舞曲").metres == ("6/8",)
    assert read_query("四三拍").metres == ("3/4",)
    assert read_query("lullaby, not sad") == read_query("不要忧伤的摇篮曲")
    assert read_query("lullaby, not sad").unwanted == ("sad",)


def test_what_no_table_explains_is_kept_as_a_title() -> None:
    assert read_query("something like Danny Boy").rest == "danny boy"
    assert read_query("茉莉花").rest == "茉莉花"
    assert read_query("") == read_query("please find me a song")


def test_a_wide_kind_takes_in_its_kinds() -> None:
    assert {"reel", "jig", "dance"} <= set(read_query("an Irish dance").kinds)
