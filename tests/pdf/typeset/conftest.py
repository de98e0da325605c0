from collections.abc import Callable
from pathlib import Path

import pytest

from moothall.core.documents.tree import Block, Document
from moothall.core.pdf.cache import Store
from moothall.core.pdf.typeset import SetPart, set_paper
from tests.pdf.typeset.reading import CREATED

Setter = Callable[..., SetPart]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture
def set_blocks(store: Store) -> Setter:
    """Sets blocks as a paper."""

    def setter(*blocks: Block, landscape: bool = False, **fields: object) -> SetPart:
        document = Document(blocks, **fields)  # type: ignore[arg-type]
        return set_paper(document, store=store, created=CREATED, landscape=landscape)

    return setter


@pytest.fixture
def picture() -> bytes:
    """A PNG of 4 by 2 pixels."""
    return (Path(__file__).parent / "picture.png").read_bytes()
