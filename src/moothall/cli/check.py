"""``moothall check``: the figures of a pack that cannot all be true."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from moothall.core.documents.errors import PressError
from moothall.core.figures import Paper, Report, Severity, check_paper, read_paper
from moothall.core.figures.accepted_findings import AcceptedFinding, read_accepted_findings, remove_accepted_findings
from moothall.core.figures.reports import json_report, text_report

SEVERITIES = {each.word: each for each in Severity}
COLOURS = {"severity": "red", "message": None, "detail": "bright_black", "total": None}


class CannotWrite(PressError):
    """A place where the report cannot be written."""


@click.command(name="check")
@click.argument("pack", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--severity",
    "lowest",
    type=click.Choice(list(SEVERITIES)),
    default="suspicious",
    help="Show findings of this severity and worse (default: suspicious; rounding shows what rounding explains).",
)
@click.option("--json", "machine", is_flag=True, help="Print JSON for machines.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report as a web page, too.")
@click.option("--ignore", type=click.Path(path_type=Path), help="A TOML file of accepted findings: id, who and why.")
def command(pack: Path, lowest: str, machine: bool, html: Path | None, ignore: Path | None) -> int:
    """Check the figures of a pack against each other.

    PACK is text, PDF, Word, HTML or any paper that the press reads. Exit code 0: nothing found; 1: something found;
    2: it cannot be read.

    Example: moothall check pack.pdf --html findings.html
    """
    accepted = read_accepted_findings(ignore) if ignore else {}
    paper = read_paper(pack)
    report = _asked(remove_accepted_findings(check_paper(paper), accepted), SEVERITIES[lowest])
    if html:
        _write(html, _page(pack, paper, report))
    if machine:
        click.echo(json.dumps(_plain(paper, report, accepted), indent=2, ensure_ascii=False))
    else:
        _print(paper, report, accepted)
    return 1 if report.findings else 0


def _write(page: Path, text: str) -> None:
    try:
        page.write_text(text, "utf-8")
    except OSError as error:
        raise CannotWrite(f"The report cannot be written to {page}: {error.strerror}. Choose another place.") from None


def _asked(report: Report, lowest: Severity) -> Report:
    return replace(report, findings=tuple(each for each in report.findings if each.severity >= lowest))


def _plain(paper: Paper, report: Report, accepted: Mapping[str, AcceptedFinding]) -> dict[str, object]:
    return {
        "paper": paper.name,
        **json_report.convert_report(report),
        "accepted": len(accepted),
        "cautions": [{"code": each.code, "message": each.message, "place": each.place} for each in paper.cautions],
    }


def _page(pack: Path, paper: Paper, report: Report) -> str:
    from moothall.core.figures.reports.html_report import render_html  # noqa: PLC0415 - only where it is asked for
    from moothall.core.figures.reports.pictures import draw_pictures  # noqa: PLC0415

    return render_html(paper, report, pictures=draw_pictures(pack, report) if paper.form == "pdf" else {})


def _print(paper: Paper, report: Report, accepted: Mapping[str, AcceptedFinding]) -> None:
    for kind, text in text_report.format_report(report):
        indent = "" if kind in {"severity", "total"} else "  "
        if kind in {"severity", "total"}:
            click.echo("")
        click.echo(click.style(click.wrap_text(text, 100, indent, indent), fg=COLOURS[kind], bold=kind == "message"))
    if accepted:
        click.echo(f"{len(accepted)} accepted {'finding is' if len(accepted) == 1 else 'findings are'} left out.")
    for caution in paper.cautions:
        click.echo(f"Note: {caution.message}", err=True)
