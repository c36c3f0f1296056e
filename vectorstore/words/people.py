"""Composers of the corpus, and what is known of a whole collection."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from vectorstore.words.terms import Term
from wording import Text


@dataclass(frozen=True)
class Collection:
    """`creator`, `country` and `kinds` hold for works whose own headers do not say."""

    name: Text
    creator: str = ""
    country: str = ""
    kinds: tuple[str, ...] = ()


COMPOSERS = (
    Term("Bach", Text("Johann Sebastian Bach", "巴赫"), ("bach",)),
    Term("CPE Bach", Text("Carl Philipp Emanuel Bach", "C.P.E.巴赫"), ("cpe bach",)),
    Term("Beach", Text("Amy Beach", "艾米·比奇")),
    Term("Beethoven", Text("Ludwig van Beethoven", "贝多芬"), ("beethoven",)),
    Term("Berlin", Text("Irving Berlin", "欧文·柏林")),
    Term("Chopin", Text("Frédéric Chopin", "肖邦"), ("chopin",)),
    Term("Ciconia", Text("Johannes Ciconia", "奇科尼亚"), ("ciconia",)),
    Term("Corelli", Text("Arcangelo Corelli", "科雷利"), ("corelli",)),
    Term("Foster", Text("Stephen Foster", "斯蒂芬·福斯特"), ("foster",)),
    Term("Handel", Text("George Frideric Handel", "亨德尔"), ("handel", "händel")),
    Term("Haydn", Text("Joseph Haydn", "海顿"), ("haydn",)),
    Term("Johnson", Text("J. Rosamond Johnson", "罗莎蒙德·约翰逊")),
    Term("Joplin", Text("Scott Joplin", "斯科特·乔普林"), ("joplin", "乔普林")),
    Term("Josquin", Text("Josquin des Prez", "若斯坎"), ("josquin",)),
    Term("Liliuokalani", Text("Queen Liliʻuokalani", "利留卡拉尼女王"), ("liliuokalani",)),
    Term("Lusitano", Text("Vicente Lusitano", "卢西塔诺"), ("lusitano",)),
    Term("Monteverdi", Text("Claudio Monteverdi", "蒙特威尔第"), ("monteverdi",)),
    Term("Mozart", Text("Wolfgang Amadeus Mozart", "莫扎特"), ("mozart",)),
    Term("O'Carolan", Text("Turlough O'Carolan", "奥卡罗兰")),
    Term("Palestrina", Text("Giovanni Pierluigi da Palestrina", "帕莱斯特里纳"), ("palestrina",)),
    Term("Schoenberg", Text("Arnold Schoenberg", "勋伯格"), ("schoenberg", "schönberg")),
    Term("Schubert", Text("Franz Schubert", "舒伯特"), ("schubert",)),
    Term("Clara Schumann", Text("Clara Schumann", "克拉拉·舒曼")),
    Term("Schumann", Text("Robert Schumann", "舒曼"), ("schumann",)),
    Term("Verdi", Text("Giuseppe Verdi", "威尔第"), ("verdi",)),
    Term("Weber", Text("Carl Maria von Weber", "韦伯"), ("weber",)),
    Term("Webern", Text("Anton Webern", "韦伯恩"), ("webern",)),
)  # fmt: skip

_ESSEN = Text("Essen folk song collection", "埃森民歌集")

COLLECTIONS = MappingProxyType(
    {
        "airdsAirs": Collection(
            Text("Aird's Airs, Glasgow 1782-1801", "《艾尔德曲集》"),
            country="Scotland",
            kinds=("folk_song",),
        ),
        "bach": Collection(Text("Bach", "巴赫作品"), "Bach", "Germany", ("chorale",)),
        "beach": Collection(Text("Beach", "比奇作品"), "Beach", "United_States", ("art_song",)),
        "beethoven": Collection(
            Text("Beethoven", "贝多芬作品"), "Beethoven", "Germany", ("string_quartet",)
        ),
        "chopin": Collection(Text("Chopin", "肖邦作品"), "Chopin", "Poland", ("mazurka",)),
        "ciconia": Collection(Text("Ciconia", "奇科尼亚作品"), "Ciconia", "Italy", ("motet",)),
        "corelli": Collection(Text("Corelli", "科雷利作品"), "Corelli", "Italy", ("sonata",)),
        "cpebach": Collection(Text("C.P.E. Bach", "C.P.E.巴赫作品"), "CPE Bach", "Germany"),
        "demos": Collection(Text("music21 demonstrations", "music21 示例"), kinds=("exercise",)),
        "essenFolksong": Collection(_ESSEN, kinds=("folk_song",)),
        "handel": Collection(Text("Handel", "亨德尔作品"), "Handel", "England"),
        "haydn": Collection(Text("Haydn", "海顿作品"), "Haydn", "Austria", ("string_quartet",)),
        "johnson_j_r": Collection(Text("Johnson", "约翰逊作品"), "Johnson", "United_States"),
        "joplin": Collection(Text("Joplin", "乔普林作品"), "Joplin", "United_States", ("ragtime",)),
        "josquin": Collection(Text("Josquin", "若斯坎作品"), "Josquin", "France", ("motet",)),
        "leadSheet": Collection(Text("Lead sheets", "领谱"), country="United_States"),
        "liliuokalani": Collection(
            Text("Liliʻuokalani", "利留卡拉尼作品"), "Liliuokalani", "Hawaii", ("song",)
        ),
        "luca": Collection(Text("Gloria", "荣耀经"), kinds=("mass",)),
        "lusitano": Collection(Text("Lusitano", "卢西塔诺作品"), "Lusitano", "", ("madrigal",)),
        "miscFolk": Collection(Text("Folk tunes", "民间曲调"), kinds=("folk_song",)),
        "monteverdi": Collection(
            Text("Monteverdi", "蒙特威尔第作品"), "Monteverdi", "Italy", ("madrigal",)
        ),
        "mozart": Collection(Text("Mozart", "莫扎特作品"), "Mozart", "Austria"),
        "nottingham-dataset": Collection(
            Text("Nottingham tunes", "诺丁汉曲集"), country="England", kinds=("folk_song",)
        ),
        "oneills1850": Collection(
            Text("O'Neill's Music of Ireland, 1903", "奥尼尔《爱尔兰音乐》"),
            country="Ireland",
            kinds=("folk_song",),
        ),
        "palestrina": Collection(
            Text("Palestrina, masses", "帕莱斯特里纳弥撒曲"), "Palestrina", "Italy", ("mass",)
        ),
        "ryansMammoth": Collection(
            Text("Ryan's Mammoth Collection, 1883", "《瑞安曲集》"),
            country="United_States",
            kinds=("dance",),
        ),
        "schoenberg": Collection(
            Text("Schoenberg", "勋伯格作品"), "Schoenberg", "Austria", ("piano_piece",)
        ),
        "schubert": Collection(Text("Schubert", "舒伯特"), "Schubert", "Austria", ("art_song",)),
        "schumann_clara": Collection(
            Text("Clara Schumann", "克拉拉·舒曼作品"), "Clara Schumann", "Germany"
        ),
        "schumann_robert": Collection(
            Text("Robert Schumann", "舒曼作品"), "Schumann", "Germany", ("art_song",)
        ),
        "theoryExercises": Collection(Text("Exercises", "乐理练习"), kinds=("exercise",)),
        "trecento": Collection(
            Text("Italian trecento", "意大利十四世纪音乐"), country="Italy", kinds=("ballata",)
        ),
        "verdi": Collection(Text("Verdi", "威尔第作品"), "Verdi", "Italy"),
        "weber": Collection(Text("Weber", "韦伯作品"), "Weber", "Germany"),
        "webern": Collection(Text("Webern", "韦伯恩作品"), "Webern", "Austria", ("art_song",)),
    }
)  # fmt: skip


@cache
def composer_terms() -> dict[str, Term]:
    """All composers by id."""
    return {t.id: t for t in COMPOSERS}
