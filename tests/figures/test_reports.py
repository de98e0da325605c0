"""A report shown: JSON for machines, text for a terminal, a page for a browser."""

import json
import re

import pytest

from moothall.core.figures import check_paper, read_paper
from moothall.core.figures.reports import json_report, text_report
from moothall.core.figures.reports.html_report import render_html
from tests.axe import source

HOSTILE = '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(1)>'
PACK = f"""Results <b>at Key Stage 2</b>

% at L4+\t2013\t2014
FSM\t60\t64
NON-FSM\t80\t81
Gap\t20\t30
All <script>alert(2)</script>\t75\t76

The gap {HOSTILE} narrowed from 5% to 9%.

Attendance in {"a very long name without a blank" * 3}

Area\t2012\t2013\tTotal
North\t10\t20\t30
South\t11\t21\t32
East\t12\t22\t34
Total\t33\t63\t99
"""


@pytest.fixture(scope="module")
def shown():
    paper = read_paper(PACK)
    return paper, check_paper(paper)


def test_json_holds_each_finding_as_the_schema_says(shown):
    plain = json.loads(json.dumps(json_report.convert_report(shown[1])))
    keys = {"id", "rule", "severity", "message", "quote", "location", "cell", "evidence", "computed", "readings"}
    assert plain["findings"]
    for finding in plain["findings"]:
        assert keys <= set(finding)
        assert finding["severity"] in ("error", "improbable", "suspicious", "rounding")
        assert finding["location"]["line"] >= 1
        for place in (finding["location"], *finding["evidence"]):
            assert set(place) == {"source", "line", "start", "end", "page", "cell", "box"}


def test_json_counts_what_was_covered_by_kind(shown):
    coverage = json_report.convert_report(shown[1])["coverage"]
    assert set(coverage) == {"quantities_seen", "claims_recognised", "claims_checked"}
    assert coverage["claims_checked"]["gap"] == 2
    assert coverage["quantities_seen"]["percent"] >= 8


def test_a_place_quotes_its_line(shown):
    paper, report = shown
    assert report.findings
    for finding in report.findings:
        assert paper.lines[finding.place.line - 1][finding.place.start : finding.place.end].strip() == finding.quote


def test_text_gives_severity_place_message_arithmetic_and_a_total(shown):
    lines = [text for _, text in text_report.format_report(shown[1])]
    assert any(text.startswith("ERROR  line 6") for text in lines)
    assert "Printed: 30" in lines
    assert any("81 - 64 = 17, printed 30" in text for text in lines)
    assert len(re.findall(r"\d+", lines[-1])) >= 3  # findings, figures seen, relations checked of all


def test_text_of_nothing_found_says_so():
    assert text_report.summarise_report(check_paper(read_paper("All is well."))).startswith("Nothing found.")


def test_nothing_of_a_paper_becomes_markup(shown):
    page = render_html(*shown)
    assert "<script" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_asks_for_nothing_from_elsewhere(shown):
    page = render_html(*shown)
    assert "http://" not in page
    assert "https://" not in page


def test_the_wrong_cell_is_marked_as_found_and_its_two_rows_as_evidence(shown):
    page = render_html(*shown)
    assert '<mark class="found">30</mark>' in page
    assert '<td class="evidence">64</td>' in page
    assert '<td class="evidence">81</td>' in page


def test_a_long_table_is_shown_only_near_the_marks():
    rows = "\n".join(f"School {n}\t\nGirls\t60\nBoys\t70\nGap\t10" for n in range(60)).replace("Gap\t10", "Gap\t40", 1)
    paper = read_paper(f"% at L4+\t2014\n{rows}\n")
    page = render_html(paper, check_paper(paper))
    assert "Only the rows near the marked figures are shown." in page
    assert "School 50" not in page


browser = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(params=[pytest.param(1280, marks=browser), pytest.param(375, marks=browser)])
def page(request, shown, chromium, tmp_path):
    (tmp_path / "report.html").write_text(render_html(*shown), "utf-8")
    opened = chromium.new_page(viewport={"width": request.param, "height": 900})
    opened.goto((tmp_path / "report.html").as_uri())
    yield opened
    opened.close()


def test_axe_finds_no_violation_in_the_report(page):
    page.evaluate(source())
    result = page.evaluate("axe.run()")
    assert len(result["passes"]) > 10
    assert [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]] == []


def test_the_report_does_not_scroll_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
