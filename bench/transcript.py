"""Records a session as Markdown with its pictures: `python -m bench.transcript english`.

What is written is what was answered: nothing is chosen or mended afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
from pathlib import Path

from bot.app import Bandmate
from bot.events import ArtifactEvent, DoneEvent, ErrorEvent, TextEvent, ToolEvent, Turn
from bot.services import open_services, prepare
from bot.settings import Settings
from models.settings import read_settings
from models.wheels import no_progress

FOLDER = Path(__file__).parent.parent / "docs" / "examples"
SESSIONS = {
    "english": (
        "hi! who are you?",
        "compose a hopeful folk song in G about spring rain, 16 bars",
        "make it slower",
        "in A instead",
        "turn it into a waltz",
        "I need a sad chord progression in A minor",
        "what comes after Dm7 G7?",
        "write 8 lines about the last train home, rhymed ABAB",
        "what rhymes with heart?",
        "find me a melancholy Chinese folk tune in 2/4",
    ),
    "harmony": (
        "C Am F G is boring, make it a little more interesting",
        "how do I get from C to Eb major?",
        "what key is Gm7 C7 Fmaj7 Bbmaj7 Em7b5 A7 Dm7?",
        "guitar shapes for Bb Eb Gm F, easy please",
        "piano voicings for Dm7 G7 Cmaj7, jazz",
        "put chords to these lyrics: The lights went out on Market Street "
        "/ And washed your name away",
        "what chord is C E G A?",
    ),
    "harmony-zh": (
        "C Am F G 太普通了，稍微改得有味道一点",
        "从C大调怎么转到降E大调？",
        "Gm7 C7 Fmaj7 Bbmaj7 Em7b5 A7 Dm7 是什么调？",
        "Bb Eb Gm F 的吉他指法，简单一点的",
        "尤克里里 C G Am F 指法图",
        "给这段歌词配和弦：雨落在长安街，把你的名字冲淡",
        "降B大七和弦有哪些音？",
    ),
    "chinese": (
        "你好，你会做什么？",
        "写一首D大调的国风曲子，16小节",
        "慢一点",
        "改成爵士风格",
        "给我一段C大调的浪漫和弦",
        "Cmaj7是哪几个音？",
        "写四句七个字的歌词，主题是故乡",
        "跟月亮押韵的词有哪些？",
        "找一首忧伤的中国民歌",
        "记住我最高只能唱到D5",
    ),
}


async def record(name: str) -> None:
    """Hold the session and write `docs/examples/NAME.md` with its pictures beside it."""
    lines = [f"# A session ({name})", "", "Recorded by `python -m bench.transcript`, unedited.", ""]
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(Settings).model_copy(update={"data_dir": Path(folder)})
        async with open_services(settings, no_progress) as services:
            await prepare(services)
            bandmate = Bandmate(services)
            for number, text in enumerate(SESSIONS[name], 1):
                lines += await _turn(bandmate, text, f"{name}-{number}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")


async def _turn(bandmate: Bandmate, text: str, stem: str) -> list[str]:
    lines, answer, files = [f"**You:** {text}", ""], "", []
    async for event in bandmate.respond(Turn(text, "guest", "session")):
        if isinstance(event, ToolEvent):
            lines += [f"*{event.name}* `{event.args}`", ""]
        elif isinstance(event, TextEvent):
            answer += event.text
        elif isinstance(event, ErrorEvent):
            answer += f"⚠️ {event.message}"
        elif isinstance(event, ArtifactEvent):
            files.append(event.path)
        elif isinstance(event, DoneEvent):
            lines += ["> " + line for line in answer.splitlines()]
            lines += ["", *_pictures(files, stem)]
            others = ", ".join(sorted(path.suffix for path in files if path.suffix != ".png"))
            made = f"; also {others}" if others else ""
            lines += [f"<sub>{event.seconds:.1f} s{made}</sub>", ""]
    return lines


def _pictures(files: list[Path], stem: str) -> list[str]:
    rows = []
    for number, path in enumerate(p for p in files if p.suffix == ".png"):
        target = FOLDER / f"{stem}{f'-{number + 1}' if number else ''}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        rows += [f"![score]({target.name})", ""]
    return rows


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("session", choices=sorted(SESSIONS))
    asyncio.run(record(parser.parse_args().session))


if __name__ == "__main__":
    main()
