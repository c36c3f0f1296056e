"""XML from strangers: no entities, no external files, no surprises."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class BadXml(ValueError):
    """Not well formed, or it declares entities."""


def parse(data: bytes) -> ET.Element:
    """The root element.

    Entity declarations are refused before parsing: they are how a small file becomes a huge
    one, and no score needs them. Raises `BadXml`.
    """
    text = _decode(data)
    if "<!ENTITY" in text:
        raise BadXml("entities")
    try:
        return ET.fromstring(text)
    except (ET.ParseError, ValueError) as error:
        raise BadXml(str(error)) from error


def _decode(data: bytes) -> str:
    name = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    declared = _DECLARED.match(data)
    if not name:
        name = declared[1].decode() if declared else "utf-8"
    try:
        return data.decode(name)
    except (LookupError, UnicodeError) as error:
        raise BadXml(str(error)) from error
