"""The catalogue answers by words in two languages, by title, by likeness and by chords."""

from __future__ import annotations

import pytest

from music.song import Note
from vectorstore.catalogue import Catalogue, NoSuchWork
from vectorstore.likeness import melody_song
from wording import detect_language


@pytest.mark.parametrize(
    "query",
    ["a melancholy Chinese folk tune in 2/4", "忧伤的中国民歌，2/4拍", "sad Chinese folk song 2/4"],
)
def test_words_restrict_place_metre_and_mood(catalogue: Catalogue, query: str) -> None:
    found = catalogue.by_words(query, 5)
    assert len(found) == 5
    for one in found:
        assert one.entry.country == "China"
        assert one.entry.metre == "2/4"
        assert "sad" in one.entry.moods
        assert "sad Chinese" in one.why.en or "sad" in one.why.en
        assert "忧伤" in one.why.zh
        assert detect_language(one.why.zh) == "zh"


def test_keys_kinds_and_composers(catalogue: Catalogue) -> None:
    assert {f.entry.creator for f in catalogue.by_words("Bach chorales")} == {"Bach"}
    assert {f.entry.creator for f in catalogue.by_words("帕莱斯特里纳的弥撒曲", 3)} == {
        "Palestrina"
    }
    in_d = catalogue.by_words("an Irish jig in D major", 3)
    assert {(f.entry.key, f.entry.country) for f in in_d} == {("D major", "Ireland")}


def test_what_cannot_be_met_together_is_said(catalogue: Catalogue) -> None:
    found = catalogue.by_words("a Chinese folk song in 5/8", 3)
    assert {f.entry.country for f in found} == {"China"}
    assert "5/8" in found[0].why.en
    assert "5/8" in found[0].why.zh
    assert found[0].score < catalogue.by_words("a Chinese folk song", 1)[0].score


def test_titles(catalogue: Catalogue) -> None:
    found = catalogue.by_title("tian xin shun")
    assert (found[0].entry.id, found[0].score) == ("essenFolksong/han1/3", 1.0)
    assert catalogue.by_title("甜心顺")[0].entry.id == "essenFolksong/han1/3"
    assert catalogue.by_title("Tian xing shun")[0].entry.id == "essenFolksong/han1/3"
    alone = catalogue.by_words("do you know Tian xin shun")
    assert alone[0].entry.id == "essenFolksong/han1/3"
    assert all(one.score >= 0.75 for one in alone)
    assert catalogue.by_title("Bohemian Rhapsody in Zanzibar") == []


def test_a_song_is_read_from_the_corpus(catalogue: Catalogue) -> None:
    song = catalogue.song("essenFolksong/han1/3")
    entry = catalogue.get("essenFolksong/han1/3")
    assert song.title == entry.title == "Tian xin shun"
    assert song.metre == "2/4"
    assert song.melody()[:8] == entry.incipit[:8]
    assert "essenFolksong/han1/3" in catalogue
    with pytest.raises(NoSuchWork):
        catalogue.song("essenFolksong/han1/99999")


def test_like_a_song_never_the_song_itself(catalogue: Catalogue) -> None:
    song = catalogue.song("bach/bwv6.6")
    found = catalogue.like(song, 5)
    assert "bach/bwv6.6" not in [f.entry.id for f in found]
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    assert sum(f.entry.creator == "Bach" for f in found) >= 3
    assert "alike" in found[0].why.en


def test_a_varied_tune_is_like_its_original(catalogue: Catalogue) -> None:
    song = catalogue.song("oneills1850/0900-0950/920")
    varied = [
        Note(n.onset, n.duration, n.pitch + 3 + (2 if place % 9 == 4 else 0))
        for place, n in enumerate(song.melody())
    ]
    found = catalogue.like(melody_song(varied, song.metre), 5)
    assert "oneills1850/0900-0950/920" in [f.entry.id for f in found]


def test_chords_find_music_of_their_mode(catalogue: Catalogue) -> None:
    minor = catalogue.by_chords(["Am", "Dm", "E7", "Am"], 10)
    major = catalogue.by_chords(["C", "F", "G", "C"], 10)
    assert sum(f.entry.mode == "minor" for f in minor) >= 8
    assert sum(f.entry.mode == "major" for f in major) >= 8
    assert "A minor" in minor[0].why.en
