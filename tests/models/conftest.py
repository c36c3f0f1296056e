"""The real embedded model, obtained once and loaded once for all tests that are marked `model`."""

from pathlib import Path

import pytest

from models.embedded import EmbeddedChatModel
from models.obtain import embedded_model
from models.settings import ModelSettings, read_settings


@pytest.fixture(scope="session")
def base() -> Path:
    return embedded_model(read_settings(ModelSettings).cache_dir)


@pytest.fixture(scope="session")
def embedded(base: Path) -> EmbeddedChatModel:
    return EmbeddedChatModel.load(base)
