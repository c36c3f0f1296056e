"""Every work of the corpus is found, once, with an id that can be read back."""

from __future__ import annotations

from vectorstore.corpus import all_sources, corpus_folder, headers, read_text, source_text, tunes


def test_the_whole_corpus_has_14958_works_with_ids_of_their_own() -> None:
    works = all_sources()
    assert len(works) == 14_958
    assert len({work.id for work in works}) == 14_958
    assert sum(work.path.startswith("essenFolksong/han") for work in works) == 1224


def test_a_source_text_is_its_own_tune_and_no_other() -> None:
    folder = corpus_folder()
    work = next(s for s in all_sources() if s.id == "essenFolksong/han1/3")
    fields = headers(source_text(folder, work))
    assert fields["T"] == ["Tian xin shun"]
    assert fields["O"] == ["China, Shaanxi, Yanchang"]
    assert fields["K"] == ["G"]


def test_fields_before_the_first_tune_belong_to_every_tune() -> None:
    first, second = tunes("C:Anon\n\nX:1\nT:One\nK:C\nCDE\nX:2\nT:Two\nK:G\nGAB\n")
    assert headers(first) == {"C": ["Anon"], "X": ["1"], "T": ["One"], "K": ["C"]}
    assert headers(second)["T"] == ["Two"]
    assert headers(second)["C"] == ["Anon"]


def test_files_of_old_code_pages_keep_their_umlauts() -> None:
    text = read_text(corpus_folder() / "essenFolksong" / "lux.abc")
    assert "grüner Heide" in text


def test_humdrum_references_are_headers_too() -> None:
    fields = headers("!!!COM: Palestrina, Giovanni\n!!!OTL@@DE: Kyrie\n**kern\n")
    assert fields["COM"] == ["Palestrina, Giovanni"]
    assert fields["OTL"] == ["Kyrie"]
