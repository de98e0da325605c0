"""A chart in Word is set as the table of its figures, and said to be."""

from __future__ import annotations

import pytest

from moothall.core.documents.html_writer import to_html
from moothall.core.documents.readers import read
from moothall.core.documents.readers.word.media import shown
from moothall.core.documents.text_writer import to_text
from moothall.core.documents.tree import Scope, Table
from tests.documents.readers.word_files import SPACES, para, run, write


def cache(tag: str, *values: str, code: str = "", kind: str = "num") -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values) if value)
    form = f"<c:formatCode>{code}</c:formatCode>" if code else ""
    count = f'<c:ptCount val="{len(values)}"/>'
    kept = f"<c:{kind}Cache>{form}{count}{points}</c:{kind}Cache>"
    return f"<c:{tag}><c:{kind}Ref><c:f>S!A1</c:f>{kept}</c:{kind}Ref></c:{tag}>"


def series(name: str, labels: str, values: str) -> str:
    return f"<c:ser>{cache('tx', name, kind='str') if name else ''}{labels}{values}</c:ser>"


def chart(*all_series: str, title: str = "", kind: str = "barChart") -> str:
    named = (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>" if title else ""
    )
    plot = f"<c:plotArea><c:{kind}>{''.join(all_series)}</c:{kind}></c:plotArea>"
    return f"<c:chartSpace {SPACES}><c:chart>{named}{plot}</c:chart></c:chartSpace>"


DRAWN = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Chart 1" descr="{alt}"/><a:graphic><a:graphicData>'
    '<c:chart r:id="rIdChart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)
YEARS = cache("cat", "2012/13", "2013/14", kind="str")


@pytest.fixture
def reading(tmp_path):
    def make(xml: str | None, *, alt: str = ""):
        body = para(run("The rate fell.")) + para(DRAWN.format(alt=alt)) + para("After.")
        parts, links = {"charts/chart1.xml": xml or ""}, {"rIdChart": ("chart", "charts/chart1.xml")}
        return read(write(tmp_path / "a.docx", body, parts=parts if xml else {}, links=links if xml else {}))

    return make


def test_a_chart_is_the_table_of_its_figures_under_its_title(reading):
    young = series("Under 16", YEARS, cache("val", "12.5", "9.25", code="0.0"))
    old = series("16 and over", YEARS, cache("val", "1204", "", code="#,##0"))
    found = reading(chart(young, old, title="Rate by age"))
    assert to_text(found.document) == (
        "The rate fell.\nRate by age\n\tUnder 16\t16 and over\n2012/13\t12.5\t1,204\n2013/14\t9.2\t\nAfter.\n"
    )
    assert [caution.code for caution in found.cautions] == ["chart-as-table"]
    assert "The chart “Rate by age” is shown as the table of its figures" in found.cautions[0].message


def test_its_table_has_headers_of_rows_and_columns(reading):
    found = reading(chart(series("Rate", YEARS, cache("val", "1", "2"))))
    table = next(block for block in found.document.blocks if isinstance(block, Table))
    assert [cell.scope for cell in table.head[0].cells][1:] == [Scope.COLUMN]
    assert [row.cells[0].scope for row in table.body] == [Scope.ROW, Scope.ROW]


def test_a_chart_without_a_title_is_named_by_its_description(reading):
    found = reading(chart(series("", YEARS, cache("val", "1", "2"))), alt="Rate over two years")
    assert "<caption>Rate over two years</caption>" in to_html(found.document)
    assert "Series 1" in to_text(found.document)


def test_months_and_shares_are_shown_as_the_chart_shows_them(reading):
    months = cache("cat", "41640", "41671", code="mmm\\-yy")
    found = reading(chart(series("Share", months, cache("val", "0.125", "0.5", code="0.0%"))))
    assert "January 2014\t12.5%\nFebruary 2014\t50.0%" in to_text(found.document)


def test_of_labels_on_two_levels_the_inner_ones_are_kept(reading):
    inner = '<c:lvl><c:pt idx="0"><c:v>Q1</c:v></c:pt><c:pt idx="1"><c:v>Q2</c:v></c:pt></c:lvl>'
    outer = '<c:lvl><c:pt idx="0"><c:v>2014</c:v></c:pt></c:lvl>'
    cat = f"<c:cat><c:multiLvlStrRef><c:multiLvlStrCache>{inner}{outer}</c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
    assert "Q1\t1\nQ2\t2" in to_text(reading(chart(series("A", cat, cache("val", "1", "2")))).document)


LEFT_OUT = {
    "no figures": chart(),
    "no part": None,
    "points with scales of their own": chart(
        series("A", cache("xVal", "1", "2"), cache("yVal", "3", "4")),
        series("B", cache("xVal", "5", "6"), cache("yVal", "7", "8")),
        kind="scatterChart",
    ),
    "damaged": "<c:chartSpace",
    "endless": chart(series("A", "", cache("val", *["1"] * 2001))),
}


@pytest.mark.parametrize("xml", LEFT_OUT.values(), ids=list(LEFT_OUT))
def test_a_chart_that_is_no_table_is_left_out_and_said(reading, xml):
    found = reading(xml)
    assert [caution.code for caution in found.cautions] == ["drawing-left-out"]
    assert to_text(found.document) == "The rate fell.\nAfter.\n"


SHOWN = {
    "plain": ("1204.5", "General", "1204.5"),
    "a computer's ninths": ("0.30000000000000004", "General", "0.3"),
    "thousands": ("1204567", "#,##0", "1,204,567"),
    "pounds": ("-1204.5", '"£"#,##0.00', "-£1,204.50"),
    "pounds by locale": ("12", "[$£-809]#,##0", "£12"),
    "negative in red": ("-3", "0;[Red]-0", "-3"),
    "per cent": ("0.075", "0.0%", "7.5%"),
    "a day": ("41967", "dd/mm/yyyy", "24 November 2014"),
    "a year": ("41967", "yyyy", "2014"),
    "no figure": ("n/a", "0.0", "n/a"),
}


@pytest.mark.parametrize(("text", "code", "expected"), SHOWN.values(), ids=list(SHOWN))
def test_a_figure_is_shown_by_its_format(text, code, expected):
    assert shown(text, code) == expected
