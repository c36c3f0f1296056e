"""The tool that writes a song into files: notation, sound, pictures."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from pydantic import Field

from music.render import find_renderer
from music.song import Song
from tools._context import ToolContext
from tools._tool import Tool, ToolArguments, ToolResult
from wording import Text

_LONGEST_NAME = 60
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)$")


class ExportSong(ToolArguments):
    """What to write, and as what."""

    song: Song | str = Field("current", description='The song; "current" or the id of a work')
    format: str = Field(
        "png",
        description="One of: png (score), pdf, pianoroll, guitar-chords, ukulele-chords, "
        "piano-chords, ogg, wav, midi, musicxml, mxl, abc, chordpro, json",
        max_length=40,
    )


class ExportedSong(ToolResult):
    """The files that were written, in the order of pages."""

    title: str
    format: str
    paths: list[Path] = Field(description="files, in the order of pages")

    def content(self, language: str) -> str:
        """Which song was written to which files."""
        names = ", ".join(path.name for path in self.paths)
        title = self.title or Text("Untitled", "无题").in_(language)
        return Text(
            f"**{title}** as {self.format}: {names}", f"**{title}**（{self.format}）：{names}"
        ).in_(language)

    def files(self) -> tuple[Path, ...]:
        """The files."""
        return tuple(self.paths)


def safe_filename(title: str) -> str:
    """A title as a file name for every system: letters of all scripts stay, separators go."""
    name = "".join(
        char
        for char in _UNSAFE.sub(" ", unicodedata.normalize("NFC", title))
        if unicodedata.category(char)[0] not in "CS" or char in "+=$"
    )
    name = "-".join(name.split())[:_LONGEST_NAME].strip(".-_")
    return "song" if not name or _RESERVED.match(name) else name


def _run(arguments: ExportSong, context: ToolContext) -> ExportedSong:
    renderer = find_renderer(arguments.format)
    song = context.song(arguments.song)
    context.deadline.check()
    context.files.mkdir(parents=True, exist_ok=True)
    stem = safe_filename(song.title)
    paths = []
    for rendering in renderer.render(song):
        path = context.files / f"{stem}{rendering.filename_suffix}"
        path.write_bytes(rendering.data)
        paths.append(path)
    return ExportedSong(title=song.title, format=renderer.kind, paths=paths)


TOOL = Tool(
    name="export_song",
    summary=Text(
        "Export the song as a file: score picture, PDF, piano roll, audio, MIDI, MusicXML, ABC, "
        "ChordPro.",
        "把歌曲导出成文件：乐谱图片、PDF、钢琴卷帘、音频、MIDI、MusicXML、ABC、ChordPro。",
    ),
    arguments=ExportSong,
    result=ExportedSong,
    run=_run,
)
