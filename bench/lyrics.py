"""How well lyrics keep their form and how they read, with any model: `python -m bench.lyrics`.

    python -m bench.lyrics --language en --n 500 --out runs/en.jsonl
    python -m bench.lyrics --language en --n 500 --out runs/free.jsonl --unconstrained
    LLM=openai:NAME LLM_BASE_URL=http://127.0.0.1:8123/v1 python -m bench.lyrics --out runs/s.jsonl

Answers are kept in `--out`, one a line, so that a run that was stopped goes on where it was, and
can be judged again. The judge (`bench/_lyric_judge.py`) shares no code with the writer. `--texts
DATA` also looks for the longest run of words that stands in the sets' own lyrics.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import Queue
from typing import Any

from bench._lyric_copies import longest_copy
from bench._lyric_figures import figures
from bench._lyric_free import free_lyrics
from bench._lyric_judge import Form, judge
from bench._lyric_prompts import requests


def main() -> None:
    """Asks the tool itself, as a batch in a process of its own, and prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20, help="requests")
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1, help="processes that answer")
    parser.add_argument("--out", type=Path, default=None, help="JSON lines of the answers")
    parser.add_argument("--unconstrained", action="store_true", help="the model alone")
    parser.add_argument("--texts", type=Path, default=None, help="folder of the sets with lyrics")
    options = parser.parse_args()
    asked = list(requests(options.language, options.n, options.seed))
    done = _kept(options.out)[: options.n]
    rest = asked[len(done) :]
    for answer in free_lyrics(rest) if options.unconstrained else answers(rest, options.workers):
        done.append(answer)
        if options.out:
            options.out.parent.mkdir(parents=True, exist_ok=True)
            with options.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    print(json.dumps(summary(asked, done, options), ensure_ascii=False, indent=1))


def answers(
    asked: list[dict[str, Any]],
    workers: int = 1,
    tool: str = "write_lyrics",
    keep: Sequence[str] = ("lines",),
) -> Iterator[dict[str, Any]]:
    """Parts of a tool's answers with the seconds they took, in order, from so many processes."""
    command = [sys.executable, "-m", "tools", tool]
    idle: Queue[subprocess.Popen[str]] = Queue()

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        process = idle.get()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the batch has no pipes")
        started = time.perf_counter()
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        seconds = round(time.perf_counter() - started, 2)
        idle.put(process)
        kept = {key: answer[key] for key in (*keep, "error") if key in answer}
        return {**kept, "seconds": seconds}

    with ExitStack() as stack, ThreadPoolExecutor(workers) as pool:
        for _ in range(workers):
            pipe = subprocess.PIPE
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
            idle.put(stack.enter_context(process))
        yield from pool.map(ask, asked)


def summary(
    asked: list[dict[str, Any]], done: list[dict[str, Any]], options: argparse.Namespace
) -> dict[str, Any]:
    """All figures; requests that were refused with a reason are counted apart."""
    total, lyrics, mended = Form(), [], 0
    for request, answer in zip(asked, done, strict=False):
        if "error" in answer:
            continue
        lines = answer["lines"]
        lyrics.append([line["text"] for line in lines])
        mended += sum(line.get("mended", False) for line in lines)
        total = total.plus(judge(request, lyrics[-1], [line["section"] for line in lines]))
    seconds = sorted(answer["seconds"] for answer in done)
    eight = [a["seconds"] for a in done[1:] if len(a.get("lines", ())) in (4, 8)]
    return {
        "requests": len(done),
        "refused": sum("error" in answer for answer in done),
        **_shares(total, len(lyrics)),
        **figures(lyrics, options.language),
        "lines_by_second_writer": mended,
        "median_seconds": round(statistics.median(seconds), 2),
        "p95_seconds": seconds[int(0.95 * (len(seconds) - 1))],
        "median_seconds_4_lines": round(statistics.median(eight), 2) if eight else None,
        **(longest_copy(lyrics, options.language, options.texts) if options.texts else {}),
    }


def _shares(total: Form, lyrics: int) -> dict[str, Any]:
    def share(part: int, whole: int) -> float | None:
        return round(part / whole, 4) if whole else None

    return {
        "lines": total.lines,
        "lines_of_right_length": share(total.lengths, total.lines),
        "rhyme_pairs": total.pairs,
        "rhyme_pairs_right": share(total.rhymes, total.pairs),
        "schemes_right": share(total.schemes, lyrics),
        "other_constraints": total.extras,
        "other_constraints_kept": share(total.kept, total.extras),
        "accented_syllables": total.accented,
        "accented_on_strong": share(total.strong, total.accented),
        "accented_with_short_words": total.accented_all,
        "accented_with_short_words_on_strong": share(total.strong_all, total.accented_all),
    }


def _kept(path: Path | None) -> list[dict[str, Any]]:
    if path is None or not path.is_file():
        return []
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
