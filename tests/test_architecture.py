"""The floors hold: a module imports only from its own floor and those below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "wording": set(),
    "music": {"wording"},
    "models": {"wording"},
    "vectorstore": {"wording", "music", "models"},
    "tools": {"wording", "music", "models", "vectorstore"},
    "bot": {"wording", "music", "models", "vectorstore", "tools"},
}
NOBODY_IMPORTS = {"training", "bench", "tests"}
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("floor", MAY_IMPORT)
def test_floor_imports_only_downwards(floor: str) -> None:
    forbidden = (set(MAY_IMPORT) | NOBODY_IMPORTS) - MAY_IMPORT[floor] - {floor}
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules(floor)
        for module in imported(parsed(path))
        if module.split(".")[0] in forbidden
    ]
    assert modules(floor), f"{floor} has no modules"
    assert wrong == []


def test_music_knows_no_torch() -> None:
    heavy = {"torch", "transformers", "chromadb", "langchain", "langchain_core", "discord"}
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules("music")
        for module in imported(parsed(path))
        if module.split(".")[0] in heavy
    ]
    assert wrong == []


def test_only_the_surface_knows_discord_and_gradio() -> None:
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in modules(*MAY_IMPORT)
        for module in imported(parsed(path))
        if module.split(".")[0] in {"discord", "gradio"}
        and path.relative_to(ROOT).parts[:2] not in {("bot", "discord"), ("bot", "studio")}
    ]
    assert wrong == []


def test_files_and_functions_stay_short() -> None:
    long = []
    for path in modules(*MAY_IMPORT, "training", "bench"):
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MAX_FILE_LINES:
            long.append(f"{name_of(path)}: {lines} lines")
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION_LINES:
                    long.append(f"{name_of(path)}: {node.name} has {length} lines")
    assert long == []


def test_nothing_catches_everything() -> None:
    broad = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(*MAY_IMPORT, "training", "bench")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    assert broad == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in modules(*MAY_IMPORT, "training", "bench")
        if not ast.get_docstring(parsed(path)) and path.read_text(encoding="utf-8").strip()
    ]
    assert silent == []
