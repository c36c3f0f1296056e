"""Kinds of works: their names, and the signs by which the corpus's headers and titles show them."""

from __future__ import annotations

import re
from functools import cache

from vectorstore.words.terms import Term, term

KINDS = (
    term(
        "folk_song", "民歌", "folk tune", "folksong", "folk melody", "traditional", "民谣", "民间"
    ),
    term("love_song", "情歌", "about love", "爱情歌曲", "爱情"),
    term("ballad", "叙事歌", "narrative song", "叙事民歌", "叙事曲"),
    term("lament", "哀歌", "complaint", "挽歌", "诉苦歌", "悲歌"),
    term("lullaby", "摇篮曲", "cradle song", "催眠曲"),
    term("children's_song", "儿歌", "nursery rhyme", "kids song", "for children", "童谣", "儿童"),
    term("drinking_song", "饮酒歌", "酒歌", "祝酒歌"),
    term("soldier's_song", "军歌", "war song", "military", "soldier", "士兵", "战争"),
    term("hunting_song", "猎歌", "hunter", "hunting", "猎人"),
    term("work_song", "劳动歌", "labour song", "shanty", "haozi", "号子", "劳动号子"),
    term("mountain_song", "山歌", "shange", "信天游", "花儿"),
    term("xiaodiao", "小调歌", "little tune", "小调民歌", "民间小调"),
    term("festive_dance_song", "秧歌", "yangge", "花鼓", "花灯", "舞歌"),
    term("wedding_song", "婚礼歌", "wedding", "marriage", "婚歌", "哭嫁歌"),
    term("farewell_song", "离别歌", "farewell", "parting", "送别", "离别"),
    term("wanderer's_song", "漫游歌", "wandering", "hiking", "流浪", "徒步"),
    term("student_song", "学生歌", "student"),
    term("jesting_song", "谐谑歌", "humorous", "joke", "funny", "滑稽", "诙谐"),
    term("patriotic_song", "爱国歌曲", "patriotic", "revolutionary", "革命歌曲", "革命", "爱国"),
    term("religious_song", "宗教歌曲", "sacred", "hymn", "religious", "church", "圣歌", "赞美诗"),
    term("nature_song", "咏自然歌", "about nature", "spring song", "四季歌"),
    term("dance", "舞曲", "dance tune", "for dancing"),
    term("reel", "里尔舞曲"),
    term("jig", "吉格舞曲", "double jig", "single jig", "吉格"),
    term("slip_jig", "滑步吉格舞曲", "slipjig", "hop jig"),
    term("hornpipe", "角笛舞曲"),
    term("strathspey", "斯特拉斯佩舞曲", "highland fling"),
    term("clog", "木屐舞曲", "clog dance"),
    term("march", "进行曲", "quickstep", "quick step", "marching"),
    term("waltz", "圆舞曲", "华尔兹"),
    term("polka", "波尔卡"),
    term("minuet", "小步舞曲", "menuet"),
    term("mazurka", "玛祖卡"),
    term("polonaise", "波罗乃兹", "polacca"),
    term("air", "歌调", "slow air"),
    term("planxty", "普兰克斯蒂", "o'carolan", "carolan"),
    term("chorale", "众赞歌", "four-part hymn", "圣咏"),
    term("mass", "弥撒曲", "mass movement", "弥撒"),
    term("motet", "经文歌", "sacred polyphony"),
    term("madrigal", "无伴奏合唱牧歌", "madrigale", "牧歌"),
    term("ballata", "巴拉塔", "caccia", "trecento song", "十四世纪歌曲"),
    term("string_quartet", "弦乐四重奏", "quartet"),
    term("sonata", "奏鸣曲"),
    term("art_song", "艺术歌曲", "lied", "lieder"),
    term("ragtime", "拉格泰姆", "rag"),
    term("piano_piece", "钢琴曲", "piano music"),
    term("song", "歌曲"),
    term("exercise", "练习", "demonstration"),
)

# (kind, expression): tried in this order on the genre field, the title and the place of a work.
# German words are those of the Essen collection, pinyin those of its Chinese part.
_SIGNS = (
    ("lullaby", r"wiegen|lullaby|cradle|yaolan|cuimian"),
    ("children's_song", r"kinder|kinderlied|\berge\b|tongyao|nursery"),
    ("drinking_song", r"trink|zech|jiuge|quanjiu|drinking"),
    ("wedding_song", r"hochzeit|ehestand|wedding|bride|kujia|jiaqu|xinniang"),
    ("hunting_song", r"jaeger|jäger|hunt"),
    ("soldier's_song", r"soldat|krieg|landsknecht|soldier|regiment"),
    ("farewell_song", r"abschied|farewell|songbie|song lang|departure"),
    ("lament", r"klage|lament|suku|fun ku|\bku\b|kuqing|complaint"),
    ("work_song", r"haozi|\bberufslied|handwerk|bauern|arbeit|laodong"),
    ("festive_dance_song", r"yangge|huagu|huadeng|wuge|dengge"),
    ("patriotic_song", r"geming|vaterland|politisch|national"),
    ("love_song", r"liebe|kilt|aiqing|qingge|nann qing|siqing|werbung|\blove\b|sweetheart"),
    ("religious_song", r"geistlich|religi|weihnacht|marien|wallfahrt|legende|psalm|hymn"),
    ("jesting_song", r"scherz|spott|schalk|schelm|lustig|humor"),
    ("student_song", r"student|burschen"),
    ("wanderer's_song", r"wander|heimat"),
    ("nature_song", r"natur|jahreszeit|fruehling|siji|chunyou|huahui"),
    ("ballad", r"ballad|romanze|erzaehl|erzhl|sage\b|minjian gushi|historisch"),
    ("mountain_song", r"shange|shanqu|xintianyou|huar\b|tiange"),
    ("xiaodiao", r"xiaodiao|xiao diao"),
    ("slip_jig", r"slip ?jig|hop ?jig"),
    ("strathspey", r"strathspey|highland fling"),
    ("hornpipe", r"hornpipe|\bh\.?p\.?\b"),
    ("reel", r"\breel"),
    ("jig", r"\bjigg?\b|\bgigg?\b|gigue"),
    ("clog", r"\bclog"),
    ("waltz", r"\bwaltz|walzer"),
    ("polka", r"polka"),
    ("minuet", r"minuet|menuet"),
    ("march", r"\bmarch|quick ?step|\btroop\b|grenadier"),
    ("planxty", r"planxty|carolan"),
    ("dance", r"\bdance|tanz|reigen|cotillion|quadrille|long dance|set dance"),
    ("air", r"\bair\b"),
)


@cache
def kinds_in(text: str) -> tuple[str, ...]:
    """Kind ids that a header or title shows, most specific first."""
    low = text.lower()
    return tuple(kind for kind, sign in _SIGNS if re.search(sign, low))


@cache
def kind_terms() -> dict[str, Term]:
    """All kinds by id."""
    return {t.id: t for t in KINDS}
