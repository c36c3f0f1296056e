"""Countries and regions: their names, and how the corpus spells them."""

from __future__ import annotations

import re
from functools import cache

from vectorstore.words.terms import Term, term

COUNTRIES = (
    term("China", "中国", "chinese", "han chinese", "中华", "汉族"),
    term("Germany", "德国", "german", "deutsch", "德意志"),
    term("Luxembourg", "卢森堡", "luxembourgish"),
    term("France", "法国", "french"),
    term("Ireland", "爱尔兰", "irish"),
    term("Scotland", "苏格兰", "scottish", "scotch", "scots"),
    term("England", "英格兰", "english", "british", "britain", "英国"),
    term("Wales", "威尔士", "welsh"),
    term("United_States", "美国", "american", "america", "usa", "u.s.", "the states", "美洲"),
    term("Austria", "奥地利", "austrian"),
    term("Switzerland", "瑞士", "swiss"),
    term("Netherlands", "荷兰", "dutch", "holland", "flemish"),
    term("Italy", "意大利", "italian"),
    term("Slovenia", "斯洛文尼亚", "slovenian", "gottschee", "戈特谢"),
    term("Croatia", "克罗地亚", "croatian"),
    term("Yugoslavia", "南斯拉夫", "yugoslav", "serbian"),
    term("Hungary", "匈牙利", "hungarian"),
    term("Romania", "罗马尼亚", "romanian"),
    term("Czechoslovakia", "捷克斯洛伐克", "czech", "slovak", "bohemian", "捷克"),
    term("Poland", "波兰", "polish"),
    term("Ukraine", "乌克兰", "ukrainian"),
    term("Russia", "俄罗斯", "russian", "俄国", "苏联", "soviet"),
    term("Sweden", "瑞典", "swedish"),
    term("Denmark", "丹麦", "danish"),
    term("Norway", "挪威", "norwegian"),
    term("Iceland", "冰岛", "icelandic"),
    term("Finland", "芬兰", "finnish"),
    term("Spain", "西班牙", "spanish"),
    term("Mexico", "墨西哥", "mexican"),
    term("Hawaii", "夏威夷", "hawaiian"),
    term("Japan", "日本", "japanese"),
    term("India", "印度", "indian"),
    term("Turkey", "土耳其", "turkish"),
    term("Greece", "希腊", "greek"),
)

_PROVINCES = (
    ("Shaanxi", "陕西"),
    ("Shanxi", "山西"),
    ("Hunan", "湖南"),
    ("Hubei", "湖北"),
    ("Anhui", "安徽"),
    ("Jiangsu", "江苏"),
    ("Jiangxi", "江西"),
    ("Sichuan", "四川"),
    ("Hebei", "河北"),
    ("Shandong", "山东"),
    ("Guangdong", "广东"),
    ("Guangxi", "广西"),
    ("Henan", "河南"),
    ("Yunnan", "云南"),
    ("Liaoning", "辽宁"),
    ("Taiwan", "台湾"),
    ("Fujian", "福建"),
    ("Ningxia", "宁夏"),
    ("Zhejiang", "浙江"),
    ("Gansu", "甘肃"),
    ("Heilongjiang", "黑龙江"),
    ("Jilin", "吉林"),
    ("Qinghai", "青海"),
    ("Guizhou", "贵州"),
    ("Hainan", "海南"),
    ("Xinjiang", "新疆"),
    ("Tibet", "西藏"),
    ("Inner Mongolia", "内蒙古"),
    ("Northeast China", "东北"),
    ("Beijing", "北京"),
    ("Shanghai", "上海"),
    ("Tianjin", "天津"),
)

_GERMAN_LANDS = (
    ("Alsace", "阿尔萨斯", "Elsass"),
    ("Lorraine", "洛林", "Lothringen"),
    ("Bavaria", "巴伐利亚", "Bayern"),
    ("Franconia", "弗兰肯", "[Ff]ranken"),
    ("Swabia", "施瓦本", "Schwaben|Wuerttemberg"),
    ("Baden", "巴登", r"\bBaden"),
    ("Silesia", "西里西亚", "[Ss]chlesien"),
    ("Westphalia", "威斯特法伦", "Westfalen"),
    ("Rhineland", "莱茵兰", "[Rr]hein"),
    ("Hesse", "黑森", "[Hh]essen|Odenwald|Wetterau"),
    ("Thuringia", "图林根", "Thueringen"),
    ("Saxony", "萨克森", "Sachsen"),
    ("Brandenburg", "勃兰登堡", "Brandenburg|Uckermark|Altmark"),
    ("Pomerania", "波美拉尼亚", "[Pp]ommern"),
    ("Prussia", "普鲁士", "[Pp]reussen"),
    ("Schleswig-Holstein", "石勒苏益格-荷尔斯泰因", "Schleswig|Holstein"),
    ("Bohemia", "波希米亚", "Boehmen|Kuhlaendchen"),
    ("Tyrol", "蒂罗尔", "Tirol"),
    ("Styria", "施蒂里亚", "Steiermark"),
    ("Transylvania", "特兰西瓦尼亚", "Siebenbuergen"),
    ("Berlin", "柏林", "Berlin"),
)

REGIONS = tuple(term(en.replace(" ", "_"), zh, within="China") for en, zh in _PROVINCES) + tuple(
    term(en, zh) for en, zh, _ in _GERMAN_LANDS
)

# The first spelling that is found counts: the Essen data name the country before the place.
_COUNTRY_SPELLINGS = (
    ("China", r"China"),
    ("Slovenia", r"Gottschee|Slowenien"),
    ("Croatia", r"Kroatien"),
    ("Yugoslavia", r"Jugoslawien"),
    ("Germany", r"Deutschland"),
    ("Luxembourg", r"Luxemburg"),
    ("France", r"Frankreich|Lothringen|Elsass|\bFrench|FRENCH"),
    ("Ireland", r"Irland|\bIrish|\bIRISH|IRELAND"),
    ("Scotland", r"Schottland|\bScot|\bSCOT"),
    ("Wales", r"Wales|\bWelsh|\bWELSH"),
    ("England", r"England|\bEnglish|\bENGLISH"),
    ("United_States", r"\bUSA\b|American"),
    ("Mexico", r"Mexiko"),
    ("Austria", r"[Oo]esterreich|Steiermark|Tirol"),
    ("Switzerland", r"Schweiz"),
    ("Netherlands", r"Niederlande"),
    ("Italy", r"Italien"),
    ("Hungary", r"Ungarn"),
    ("Romania", r"Rumaenien"),
    ("Czechoslovakia", r"Tschechoslowakei|Boehmen"),
    ("Poland", r"Polen"),
    ("Ukraine", r"Ukraine"),
    ("Russia", r"UdSSR|Russland"),
    ("Sweden", r"Schweden"),
    ("Denmark", r"Daenemark"),
    ("Norway", r"Norwegen"),
    ("Iceland", r"Island"),
    ("Finland", r"Finnland"),
    ("Spain", r"Spanien"),
    ("Japan", r"Japan"),
    ("India", r"Indien"),
    ("Turkey", r"Tuerkei"),
    ("Greece", r"Griechenland"),
)
_PROVINCE_SPELLINGS = {
    "Neimeng": "Inner_Mongolia",
    "Dongbei": "Northeast_China",
    "Xizang": "Tibet",
    "Shanbei": "Shaanxi",
}


@cache
def place(origin: str) -> tuple[str, str]:
    """Country and region ids of an origin as the corpus writes it; "" for what is not said.

    `place("China, Shaanxi, Zizhou")` is ("China", "Shaanxi").
    """
    country = next((id for id, how in _COUNTRY_SPELLINGS if re.search(how, origin)), "")
    if country == "China":
        names = {en: en.replace(" ", "_") for en, _ in _PROVINCES} | _PROVINCE_SPELLINGS
        return country, next((id for name, id in names.items() if name in origin), "")
    return country, next((en for en, _, how in _GERMAN_LANDS if re.search(how, origin)), "")


@cache
def region_terms() -> dict[str, Term]:
    """All countries and regions by id."""
    return {t.id: t for t in (*COUNTRIES, *REGIONS)}
