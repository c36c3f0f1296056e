"""Other words, other language, more and fewer lines, another view, another mood, two writers."""

from __future__ import annotations

from typing import Any

import pytest

from music.song import ChordEvent, Note, Song
from tests.tools.lyric_edits import CHINESE, SONG, VERSE, alone, edited, helped, texts
from tools._batch_memory import BatchMemory
from tools.lyricedit.carrying import concepts_of
from tools.lyricedit.credits import signed
from tools.lyricedit.dictionary import in_chinese, in_english, synonyms
from tools.lyricedit.draft import UnknownPlace
from tools.lyricedit.feelings import fit
from tools.lyricedit.merge import OneDraft
from tools.lyricedit.mood import UnknownMood
from tools.lyricedit.persons import retold
from tools.lyricedit.rows import NoLyrics, song_of_text
from tools.lyricedit.shorten import TooShort
from tools.lyricedit.translate import SameLanguage
from tools.lyricedit.viewpoint import NoPerson
from tools.lyricedit.words import NoWord
from tools.lyrics.check import rhymes, syllables
from wording import FriendlyError

COUPLETS = """[verse]
The driver knows my stop by heart
I watch the city fall apart
The seats are cold, the lights are low
I pull my collar up and go"""
OTHER = """[verse]
I draw the harbour like a chart
And in the morning I will start
I hear a train from long ago
It takes me where the rivers flow"""


def tuned(text: str) -> Song:
    """The words on a tune: a note a syllable, a chord a line, a bar of eight for each."""
    song = song_of_text(text)
    (section,) = song.sections
    words, notes = [], []
    for line in sorted({s.line for s in section.lyrics}):
        for place, s in enumerate(x for x in section.lyrics if x.line == line):
            words.append(s.model_copy(update={"onset": line * 8.0 + place}))
            notes.append(Note(line * 8.0 + place, 1.0, 60 + place))
    chords = tuple(ChordEvent(line * 8.0, symbol) for line, symbol in enumerate(("C", "F", "G")))
    update = {"lyrics": tuple(words), "melody": tuple(notes), "chords": chords, "length": 32.0}
    return song.replace(sections=(section.model_copy(update=update),))


def test_words_of_the_same_meaning_are_found_in_both_languages() -> None:
    assert "孤独" in [sense.word for sense in in_chinese("lonely")]
    assert "星" in "".join(sense.word for sense in in_chinese("stars"))
    assert "miss" in in_english("思念")
    assert "lonesome" in synonyms("lonely", "en")
    assert "寂寞" in synonyms("孤独", "zh")
    assert concepts_of("The rain is falling on the station", "en")[0].word == "rain"


def test_another_word_keeps_length_and_rhyme() -> None:
    result = edited(alone("zh"), action="alternatives", text=CHINESE, word="思念", line=2)
    assert syllables(texts(result)[1], "zh") == 7
    assert texts(result)[1].endswith("寄远方")
    assert 1 <= len(result.alternatives) <= 4
    assert all(len(word) == 2 and word != "思念" for word in result.alternatives)
    end = edited(alone("zh"), action="alternatives", text=CHINESE, word="远方")
    assert rhymes(texts(end)[1], "夜色落在旧城墙", "zh")
    with pytest.raises(NoWord):
        edited(alone("zh"), action="alternatives", text=CHINESE)
    with pytest.raises(FriendlyError, match="does not stand there"):
        edited(alone(), action="alternatives", text=VERSE, word="elephant")


def test_chinese_words_are_ranked_in_their_line() -> None:
    shuts = edited(alone("zh"), action="alternatives", text="她孤独地关上门", word="孤独")
    sits = edited(alone("zh"), action="alternatives", text="孤独坐在我的对面", word="孤独")
    order, other = shuts.alternatives, sits.alternatives
    assert order.index("悄悄") < order.index("沉默"), "a door is shut quietly, not silence"
    assert other.index("沉默") < other.index("悄悄"), "silence can sit opposite, not quietly"


def test_a_translation_has_the_same_form() -> None:
    chinese = edited(alone("zh"), action="translate", text=COUPLETS, language="zh")
    assert chinese.song.language == "zh"
    lines = texts(chinese)
    assert [syllables(line, "zh") for line in lines] == [8, 8, 8, 8]
    assert rhymes(lines[0], lines[1], "zh")
    assert rhymes(lines[2], lines[3], "zh")
    assert chinese.carried is not None
    assert "改编" in chinese.content("zh")
    assert "adaptation" in chinese.content("en")
    with pytest.raises(SameLanguage):
        edited(alone(), action="translate", text=VERSE, language="English")
    with pytest.raises(FriendlyError, match="not into 'French'"):
        edited(alone(), action="translate", text=VERSE, language="French")


def test_a_served_model_translates_line_by_line() -> None:
    result = edited(
        helped("1. 夜落古老城墙\n2. 我心飞向远方"), action="translate",
        text="The night falls down on walls\nMy heart flies when it calls", language="zh",
    )  # fmt: skip
    assert texts(result) == ["夜落古老城墙", "我心飞向远方"]
    assert "free, singable adaptation" not in result.content("en")
    assert "content words" in result.content("en")


def test_a_lyric_goes_on_in_its_pattern() -> None:
    result = edited(alone("zh"), action="continue", text=CHINESE)
    lines = texts(result)
    assert len(lines) == 10
    assert [syllables(line, "zh") for line in lines[6:]] == [7, 7, 7, 7]
    assert all(rhymes(lines[6], line, "zh") for line in lines[7:])
    assert [change.line for change in result.changes] == [7, 8, 9, 10]
    assert lines[:6] == [line for line in CHINESE.splitlines() if line and line[0] != "["]


def test_the_tune_goes_on_with_the_words() -> None:
    song = tuned(COUPLETS)
    answer = "1. x\n5. A stranger reads a folded chart\n6. The engines cough and hum and start"
    result = edited(helped(answer), action="continue", song=song.model_dump(), lines=2)
    old, new = result.song.sections
    assert old == song.sections[0]
    assert new.length == 16.0
    assert [note.onset for note in new.melody] == [s.onset for s in new.lyrics]
    assert [chord.symbol for chord in new.chords] == ["C", "F"]


def test_shorter_lyrics_keep_their_rhymes_and_their_tune() -> None:
    song = tuned(COUPLETS)
    result = edited(alone(), action="shorten", song=song.model_dump(), lines=3)
    assert texts(result) == COUPLETS.splitlines()[1:3]
    (section,) = result.song.sections
    assert (section.length, len(section.melody)) == (16.0, 16)
    assert "instead of 3" in result.content("en")
    last = edited(alone(), action="shorten", text=SONG)
    assert len(texts(last)) == 4
    for text, lines in ((VERSE, 4), (VERSE, 2)):
        with pytest.raises(TooShort):
            edited(alone(), action="shorten", text=text, lines=lines)


@pytest.mark.parametrize(
    ("line", "change", "told"),
    [
        ("I only want to hear your song", {"I": "she"}, "She only wants to hear your song"),
        ("I have been standing all day long", {"I": "he"}, "He has been standing all day long"),
        ("I miss her and she knows it's me", {"she": "I", "I": "you"},
         "You miss me and I know it's you"),
        ("She walks her dog and sings to me", {"she": "I", "I": "you"},
         "I walk my dog and sing to you"),
        ("I love you, do you love me too?", {"you": "she"}, "I love her, does she love me too?"),
        ("I don't know why I always cry", {"I": "she"}, "She doesn't know why she always cries"),
        ("Was I wrong? Am I alone?", {"I": "they"}, "Were they wrong? Are they alone?"),
        ("They were young", {"they": "I"}, "I was young"),
        ("Who am I to say", {"I": "she"}, "Who is she to say"),
        ("She guesses, uses, loses", {"she": "I"}, "I guess, use, lose"),
        ("She walks, uses the door", {"she": "I"}, "I walk, use the door"),
        ("I laugh, cry and run", {"I": "she"}, "She laughs, cries and runs"),
        ("I wait, come home", {"I": "she"}, "She waits, come home"),
        ("She waits, hands in the air", {"she": "I"}, "I wait, hands in the air"),
        ("Who are you tonight", {"you": "he"}, "Who is he tonight"),
        ("I focus on the light", {"I": "she"}, "She focuses on the light"),
        ("I heard you say my name", {"I": "you", "you": "I"}, "You heard me say your name"),
        ("I climb the stairs and polish the brass", {"I": "she"},
         "She climbs the stairs and polishes the brass"),
        ("She's been away, she's tired", {"she": "I"}, "I've been away, I'm tired"),
        ("I've a carpet, I've seen the sea", {"I": "he"}, "He has a carpet, he's seen the sea"),
        ("You and I were young", {"I": "she"}, "You and she were young"),
        ("All I have I give to you", {"I": "she"}, "All she has she gives to you"),
        ("Haven't I told you, isn't she here", {"I": "she", "she": "I"},
         "Hasn't she told you, aren't I here"),
        ("It's only you and the feeling", {"you": "I"}, "It's only me and the feeling"),
        ("Never cry, we don't need us", {"we": "they"}, "Never cry, they don't need them"),
        ("I bleed and need no help, I hurt myself", {"I": "he"},
         "He bleeds and needs no help, he hurts himself"),
        ("I gave her everything, I took her hand", {"she": "I", "I": "you"},
         "You gave me everything, you took my hand"),
    ],
)  # fmt: skip
def test_verbs_agree_with_their_person(line: str, change: dict[str, str], told: str) -> None:
    assert retold(line, change, "en") == told


@pytest.mark.parametrize("line", ["其他人都走了", "他人即地狱", "自我", "我国的河"])
def test_words_that_hold_a_pronoun_are_no_person(line: str) -> None:
    assert retold(line, {"he": "I", "I": "she"}, "zh") == line


def test_a_past_tale_stays_in_the_past() -> None:
    text = "I walked along the river\nI put my hand on the stone\nI went back home alone"
    result = edited(alone(), action="point_of_view", text=text, person="she")
    assert texts(result)[1] == "She put her hand on the stone"
    now = edited(alone(), action="point_of_view", text="I put my hat on, I walk to the sea",
                 person="she")  # fmt: skip
    assert texts(now) == ["She puts her hat on, she walks to the sea"]


def test_whoever_tells_of_us_is_one_of_us() -> None:
    text = "I want the days we used to dance\nI know we had our only chance"
    she = texts(edited(alone(), action="point_of_view", text=text, person="she"))
    assert she == ["She wants the days they used to dance", "She knows they had their only chance"]
    we = texts(edited(alone(), action="point_of_view", text=text, person="we"))
    assert we == ["We want the days we used to dance", "We know we had our only chance"]
    chinese = edited(alone("zh"), action="point_of_view", text="我记得我们跳过的舞", person="她")
    assert texts(chinese) == ["她记得她们跳过的舞"] or texts(chinese) == ["她记得他们跳过的舞"]


def test_a_point_of_view_keeps_the_form() -> None:
    text = "I walk along the empty street\nThe rain is singing at my feet"
    result = edited(alone(), action="point_of_view", text=text, person="she")
    assert texts(result) == ["She walks along the empty street", "The rain is singing at her feet"]
    assert "“I” became “she”" in result.content("en")
    chinese = edited(alone("zh"), action="point_of_view", text="我把思念寄给你", person="她的")
    assert texts(chinese) == ["她把思念寄给你"]
    mended = edited(alone(), action="point_of_view", text="I watch the city fall apart",
                    person="she")  # fmt: skip
    assert texts(mended) == ["She watched the city fall apart"]
    for text, person in (("The rain falls on the town", "she"), ("I go", "I"), ("I go", "cat")):
        with pytest.raises(NoPerson):
            edited(alone(), action="point_of_view", text=text, person=person)


def test_a_mood_changes_the_lines_that_feel_otherwise() -> None:
    result = edited(alone("zh"), action="mood", text=CHINESE, mood="欢快")
    assert result.song.mood == "happy"
    changed = {change.line for change in result.changes}
    assert changed
    assert len(texts(result)) == 6
    assert [syllables(line, "zh") for line in texts(result)] == [7, 7, 7, 7, 6, 6]
    happy = "我们欢笑着奔跑\n阳光灿烂花开了"
    assert edited(alone("zh"), action="mood", text=happy, mood="happy").changes == ()
    with pytest.raises(UnknownMood):
        edited(alone(), action="mood", text=VERSE, mood="purple")


@pytest.mark.parametrize(
    ("line", "language", "feels"),
    [
        ("I'm not afraid of the dark", "en", 0), ("I am afraid of the dark", "en", -1),
        ("I'm not happy", "en", -1), ("I am happy", "en", 1), ("Don't cry, no more tears", "en", 0),
        ("Never stop shining", "en", 1), ("Why don't we dance", "en", 1),
        ("我不怕黑夜", "zh", 0), ("我害怕黑夜", "zh", -1), ("我不快乐", "zh", -1),
        ("我很快乐", "zh", 1),
        ("没有眼泪", "zh", 0), ("不停地奔跑", "zh", 1), ("别哭了", "zh", 0), ("哭了", "zh", -1),
    ],
)  # fmt: skip
def test_what_is_denied_does_not_count_for_a_mood(line: str, language: str, feels: int) -> None:
    found = fit(line, "bright", language)
    assert (found > 0) - (found < 0) == feels


def test_a_denied_fear_may_stay_in_a_hopeful_lyric() -> None:
    text = "我不怕黑夜来临\n阳光照亮我的心\n寒冷的雨落不停\n希望在前方光明"
    result = edited(alone("zh"), action="mood", text=text, mood="hopeful")
    assert [change.before for change in result.changes] == ["寒冷的雨落不停"]


def test_two_drafts_are_woven_and_nobody_is_forgotten() -> None:
    pasted = f"Ann:\n{COUPLETS}\n\nBo:\n{OTHER}"
    result = edited(alone(), action="merge", text=pasted)
    assert [line.author for line in result.lines] == ["Ann", "Ann", "Bo", "Bo"]
    assert [(line.author, line.text) for line in result.unused] == [
        ("Ann", "The seats are cold, the lights are low"),
        ("Ann", "I pull my collar up and go"),
        ("Bo", "I draw the harbour like a chart"),
        ("Bo", "And in the morning I will start"),
    ]
    assert "— Bo" in result.content("en")
    again = edited(alone(), action="shorten", song=result.song.model_dump(), lines=2)
    assert {line.author for line in again.lines} <= {"Ann", "Bo"}


def test_a_tune_takes_only_lines_that_fit_it() -> None:
    song = tuned(COUPLETS)
    other = OTHER.replace("I hear a train from long ago", "I hear a lonely train from long ago")
    person = helped(author="Bo")
    result = edited(person, action="merge", song=song.model_dump(), text=other, authors=["Ann"])
    (section,) = result.song.sections
    assert section.melody == song.sections[0].melody
    assert [line.author for line in result.lines] == ["Bo", "Bo", "Ann", "Ann"]


def test_verses_whose_rhymes_cross_stand_one_after_the_other() -> None:
    second = (
        "[verse]\nI left a letter by the door\nThe garden gate was painted blue\n"
        "The sea came closer to the shore\nI never learned to live with you"
    )
    result = edited(alone(), action="merge", text=f"小明：\n{VERSE}\n\n阿花：\n{second}")
    assert [line.author for line in result.lines] == ["小明"] * 4 + ["阿花"] * 4


def test_two_tries_at_one_verse_become_one_of_both_writers() -> None:
    second = VERSE.replace("driver", "captain").replace("city", "town")
    result = edited(alone(), action="merge", text=f"Ann:\n{VERSE}\n\nBo:\n{second}")
    assert texts(result) == VERSE.splitlines()[1:]
    assert {line.author for line in result.lines} == {"Ann + Bo"}
    assert result.unused == ()


def test_a_section_that_only_one_has_is_not_sung_twice() -> None:
    bridge = "[bridge]\n我把思念寄向远方\n夜色落在那旧城墙\n路灯照着行人来往"
    result = edited(alone("zh"), action="merge", text=f"小明：\n{CHINESE}\n\n阿花：\n{bridge}\n"
                    "没有一盏是为我亮\n\n[副歌]\n你说你会回来\n我却不再等待")  # fmt: skip
    assert [line.section for line in result.lines] == ["verse"] * 4 + ["chorus"] * 2
    assert result.lines[0].author == "小明 + 阿花"


def test_remembered_drafts_are_found_by_their_authors() -> None:
    person = helped(author="Bo")
    assert isinstance(person.memory, BatchMemory)
    for author, text in (("Ann", COUPLETS), ("Cy", VERSE), ("Bo", OTHER)):
        person.memory.keep(signed(song_of_text(text).replace(title=author), author))
    result = edited(person, action="merge", authors=["Ann", "me"])
    assert {line.author for line in result.lines} == {"Ann", "Bo"}


def test_one_draft_is_not_enough() -> None:
    with pytest.raises(OneDraft, match="two drafts"):
        edited(helped(author="Bo"), action="merge", authors=["Ann", "me"])
    with pytest.raises(OneDraft, match="same words"):
        edited(alone(), action="merge", text=f"Ann:\n{VERSE}\n\nBo:\n{VERSE}")


@pytest.mark.parametrize(
    ("asked", "gone"),
    [
        ({"line": 2}, ["The seats are cold, the lights are low"]),
        ({"section": "chorus", "line": -1}, ["Everything will be all right"]),
        ({"section": "last verse", "lines": 0}, SONG.split("\n")[1:5]),
    ],
)
def test_what_is_named_goes_and_nothing_else(asked: dict[str, Any], gone: list[str]) -> None:
    result = edited(alone(), action="shorten", text=SONG, **asked)
    assert [change.before for change in result.changes] == gone
    assert not set(gone) & set(texts(result))
    assert len(texts(result)) == 8 - len(gone)


@pytest.mark.parametrize(
    ("text", "asked", "gone"),
    [
        (SONG, {"drop": 2}, {6, 8}),  # of the chorus's rhymes one pair
        (COUPLETS, {"drop": 2}, {3, 4}),
        (SONG, {"drop": 2, "section": "verse"}, {2, 4}),
        (SONG, {"drop": 3, "line": -1}, {6, 7, 8}),
        (SONG, {"drop": 2, "line": 2}, {2, 3}),
    ],
)
def test_so_many_lines_go_and_no_rhyme_is_torn(
    text: str, asked: dict[str, Any], gone: set[int]
) -> None:
    result = edited(alone(), action="shorten", text=text, **asked)
    assert {change.line for change in result.changes} == gone


def test_a_line_that_stays_without_its_rhyme_is_named() -> None:
    result = edited(alone(), action="shorten", text=COUPLETS, drop=1)
    assert len(texts(result)) == 3
    assert "Without a rhyme now: “The seats are cold" in result.content("en")
    chinese = edited(alone("zh"), action="shorten", text=CHINESE, drop=2)
    assert [line.section for line in chinese.lines] == ["verse"] * 2 + ["chorus"] * 2
    with pytest.raises(TooShort):
        edited(alone(), action="shorten", text=COUPLETS, drop=4)


def test_a_chorus_is_followed_by_a_verse() -> None:
    result = edited(alone("zh"), action="continue", text=CHINESE, lines=2)
    assert [line.section for line in result.lines][-3:] == ["chorus", "verse", "verse"]
    assert [syllables(line, "zh") for line in texts(result)[-2:]] == [7, 7]
    chorus = edited(alone("zh"), action="continue", text=CHINESE, lines=2, section="副歌")
    assert [line.section for line in chorus.lines][-2:] == ["chorus", "chorus"]
    assert [syllables(line, "zh") for line in texts(chorus)[-2:]] == [6, 6]


def test_sections_of_one_name_are_shown_apart_and_named_in_the_persons_language() -> None:
    text = CHINESE.replace("[副歌]", "[主歌]")
    shown = edited(alone("zh"), action="point_of_view", person="他", text=text).content("zh")
    assert shown.count("*主歌*") == 2
    with pytest.raises(UnknownPlace) as raised:
        edited(alone("zh"), action="rewrite", text=CHINESE, section="桥段")
    assert "主歌、副歌" in raised.value.text.zh


def test_words_of_other_languages_are_refused_as_such() -> None:
    with pytest.raises(NoLyrics, match="no English or Chinese words"):
        edited(alone(), action="shorten", text="Я вас любил\nлюбовь ещё, быть может")


def test_a_word_of_signs_alone_is_no_word() -> None:
    with pytest.raises(NoWord):
        edited(alone(), action="alternatives", text=SONG, word="“”")
