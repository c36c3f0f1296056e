"""The small catalogue as a fixture."""

from __future__ import annotations

import pytest

from tests.vectorstore.small_catalogue import small_catalogue
from vectorstore.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return small_catalogue()
