"""What the English lyric adapter learns from: songs of ours, public ones, and their sheets."""

import random
import re
from collections import Counter

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from tools.lyrics.sheet import sheet_line
from tools.prosody import english
from training.brain.lora import add_lora
from training.lyrics.own_songs import Section, Song, SongFormatError, own_songs, read_songs
from training.lyrics.public_songs import sung_lines
from training.lyrics.sheets import TOKENS, encode, measured, plain_text, sheets

OWN = own_songs()
PLAN = re.compile(r"(\d+) ([^,:]+)((?:, [^,:]+)*): (.+)")
SONG = Song(
    "a borrowed coat",
    "folk",
    "warm",
    (
        Section("verse", ("You left your coat behind the door", "The lining smells of smoke")),
        Section("chorus", ("I wear it to the corner store", "I wear it for a joke")),
        Section("verse", ("The pocket held a ticket stub", "A button and a comb")),
        Section("chorus", ("I wear it to the corner store", "I wear it for a joke")),
    ),
)


class _Bytes:
    """A tokenizer with one number for each byte."""

    def __call__(self, text: str, add_special_tokens: bool) -> dict[str, list[int]]:
        return {"input_ids": list(text.encode())}


def _length(text: str) -> int:
    return len(text) // 4 + 1


def test_every_own_song_is_well_formed_and_none_comes_twice() -> None:
    assert len(OWN) > 500
    starts = Counter(" ".join(song.lines[:2]).lower() for song in OWN)
    assert [start for start, times in starts.items() if times > 1] == []
    for song in OWN:
        assert len(song.lines) >= 4, song.theme
        for line in song.lines:
            assert measured(line) is not None, line
            assert not re.search(r"[\[\]#|{}<>*_\d]", line), line


def test_about_one_song_in_twenty_is_held_back() -> None:
    share = sum(song.held_back for song in OWN) / len(OWN)
    assert 0.02 < share < 0.09


def test_every_row_of_a_sheet_says_what_its_line_is() -> None:
    rng = random.Random(1)
    for song in rng.sample(OWN, 40):
        for pieces in sheets(song, rng, _length):
            head, *rows = "".join(piece.text for piece in pieces).rstrip("\n").split("\n")
            assert head.startswith("Song about ")
            assert re.fullmatch(r"\[[a-z -]+\]", rows[0])
            for row in rows:
                if row.startswith("["):
                    continue
                plan = PLAN.fullmatch(row)
                assert plan, row
                words = [word.text.strip("'") for word in english.words(plan[4])]
                assert words[-1] == plan[2]
                assert set(plan[3].split(", ")[1:]) <= set(words[:-1])
                assert int(plan[1]) == sum(w.syllables for w in english.words(plan[4]))


def test_a_sheet_is_not_longer_than_it_may_be_and_no_line_is_lost() -> None:
    rng = random.Random(2)
    long = Song("rain", "", "", tuple(Section("verse", tuple(s.lines)) for s in OWN[:6]))
    made = list(sheets(long, rng, _length))
    assert len(made) > 1
    for pieces in made:
        assert sum(_length(piece.text) for piece in pieces) <= TOKENS + 8
    text = "".join(piece.text for pieces in made for piece in pieces)
    found = [measured(line) for line in long.lines[len(long.lines) // 2 : -4]]
    assert all(line and f": {line.text}\n" in text for line in found)


def test_a_returning_line_is_learnt_once() -> None:
    for seed in range(12):
        for pieces in sheets(SONG, random.Random(seed), _length):
            learnt = [piece.text for piece in pieces if piece.learnt]
            assert len(learnt) == len(set(learnt)) or learnt.count(" I wear it for a joke\n") < 2


def test_what_is_learnt_is_the_end_word_and_the_line() -> None:
    pieces = next(sheets(SONG, random.Random(5), _length))
    ids, learnt = encode(_Bytes(), pieces)
    kept = bytes(i for i, yes in zip(ids, learnt, strict=True) if yes).decode()
    first = measured(SONG.lines[0])
    assert first is not None
    assert kept.startswith(f" {first.end} {first.text}\n") or "Song about" not in kept
    assert not re.search(r"\d|Song about|\[|:", kept)


@settings(deadline=None)
@given(st.text(alphabet="abeilnorst' ,.?!-’\"", max_size=40))
def test_a_measured_line_keeps_its_words(text: str) -> None:
    line = measured(text)
    if line is None:
        assert not english.words(text.strip(" ,.;:'\"-’"))
    else:
        assert line.end == line.words[-1]
        row = sheet_line(line.text, line.syllables, line.end)
        assert row.endswith("\n")
        assert row.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "row"),
    [("A line\n", 1), ("# a | b | c | d\n", 1), ("# a\nA line\n", 2), ("# a\n[Verse 1]\n", 0)],
)
def test_a_wrong_song_file_says_where(text: str, row: int) -> None:
    with pytest.raises(SongFormatError, match=f"row {row}" if row else "no lines"):
        read_songs(text, "file")


def test_text_that_runs_on_is_cut_at_capital_letters_but_not_at_names() -> None:
    text = "The Night looked up to the Day, And the day leant down. My heart is where I go"
    assert sung_lines(text)[-1] == "My heart is where I go"
    assert "And the day leant down." in sung_lines(text)


def test_blocks_below_the_first_adapted_one_need_no_gradient() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleList(nn.Sequential(nn.Linear(4, 4)) for _ in range(3))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            for layer in self.layers:
                x = layer(x)
            return x

    whole = nn.Module()
    whole.model = Net()
    assert len(add_lora(whole, 2, 4.0, first=2)) == 2
    assert [n for n, p in whole.named_parameters() if p.requires_grad] == [
        "model.layers.2.0.down",
        "model.layers.2.0.up",
    ]


def test_dropout_is_for_training_alone() -> None:
    whole = nn.Module()
    whole.layers = nn.ModuleList([nn.Linear(16, 16)])
    outer = nn.Module()
    outer.model = whole
    torch.manual_seed(0)
    for parameter in add_lora(outer, 8, 16.0, dropout=0.5):
        nn.init.normal_(parameter)
    layer, x = whole.layers[0], torch.randn(4, 16)
    outer.eval()
    assert torch.equal(layer(x), layer(x))
    outer.train()
    assert not torch.equal(layer(x), layer(x))


def test_a_song_without_plans_is_its_lines_and_learns_none_twice() -> None:
    pieces = plain_text(SONG)
    assert "".join(p.text for p in pieces) == "A song about a borrowed coat:\n\n" + "".join(
        f"{line}\n" for line in SONG.lines
    )
    assert [p.learnt for p in pieces] == [False, *[True] * 6, False, False]
