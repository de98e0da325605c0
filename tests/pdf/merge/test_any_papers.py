"""Whatever tagged papers are bound in whatever order: nothing is lost, nothing is mixed up."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from moothall.core.pdf.merge import bind, check_ua
from tests.pdf.merge.makers import Handmade, part, parts_of_struct_text, qpdf_is_content, struct_text, volume

ROLES = ("P", "H1", "Chart", "Text", "Slide")
MEANINGS = ("P", "Sect", "Figure", "Span")
WORDS = st.text("abc ", min_size=1, max_size=8).map(lambda text: f"w{text}w")


@dataclass(frozen=True)
class Sketch:
    """A paper to be made: its lines page by page, its role map, its class, whether cells name headers."""

    pages: list[list[tuple[str, str]]]
    roles: dict[str, str]
    colour: int
    headed: bool
    nested: bool


SKETCHES = st.builds(
    Sketch,
    pages=st.lists(st.lists(st.tuples(st.sampled_from(ROLES), WORDS), min_size=1, max_size=4), min_size=1, max_size=3),
    roles=st.fixed_dictionaries({role: st.sampled_from(MEANINGS) for role in ("Chart", "Text", "Slide")}),
    colour=st.integers(0, 2),
    headed=st.booleans(),
    nested=st.booleans(),
)


def _make(sketch: Sketch, path: Path) -> Path:
    made = Handmade()
    for lines in sketch.pages:
        made.page(*lines)
    made.root.RoleMap = Dictionary({f"/{role}": Name(f"/{sketch.roles[role]}") for role in sketch.roles})
    made.root.ClassMap = Dictionary(Lead=Dictionary(O=Name.Layout, SpaceAfter=sketch.colour))
    made.elements[0].C = Name.Lead
    if sketch.headed:
        made.elements[0].ID = String("head")
        made.elements[-1].A = Dictionary(O=Name.Table, Headers=Array([String("head")]))
    if sketch.nested:
        whole = made.pdf.make_indirect(Dictionary(S=Name.Document, P=made.root, K=made.root.K))
        for element in made.elements:
            element.P = whole
        made.root.K = whole
    return made.save(path)


@given(st.lists(SKETCHES, min_size=1, max_size=4))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_each_part_reads_as_its_paper_does(sketches: list[Sketch]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, parts = Path(name), []
        for at, sketch in enumerate(sketches):
            parts.append(part(_make(sketch, folder / f"{at}.pdf"), str(at), 1 + 10 * at))
        bind(volume(parts), folder / "out.pdf")
        packed = parts_of_struct_text(folder / "out.pdf")
        assert [_plain(lines) for lines in packed] == [_plain(struct_text(each.pdf)) for each in parts]
        _assert_sound(folder / "out.pdf", sketches)


def _plain(lines: list[str]) -> list[str]:
    """The lines as they must stay: a paper's Document is a Sect in the pack, and identifiers may change."""
    kept = [line for line in lines if "/Headers" not in line]
    return [line.replace("Document", "Sect").partition(" <head")[0].removesuffix(":") for line in kept]


def _assert_sound(path: Path, sketches: list[Sketch]) -> None:
    trees = {"parent-tree", "content-without-tag", "tag-without-content", "broken-child", "wrong-parent", "doubled-id"}
    flaws = {flaw.code for flaw in check_ua(path)}
    assert not flaws & (trees | {"unknown-header", "id-not-listed", "unknown-role", "standard-role-remapped"})
    assert qpdf_is_content(path)
    with Pdf.open(path) as pdf:
        assert len(pdf.pages) == sum(len(sketch.pages) for sketch in sketches)
        for section, sketch in zip(pdf.Root.StructTreeRoot.K[0].K, sketches, strict=True):
            top = section.K if not sketch.nested else section.K.K
            assert pdf.Root.StructTreeRoot.ClassMap[top[0].C].SpaceAfter == sketch.colour
