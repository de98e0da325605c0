"""Equations in Word become a line of text that still says what they mean."""

from __future__ import annotations

import pytest

from moothall.core.documents.readers import read
from moothall.core.documents.text_writer import to_text
from tests.documents.readers.word_files import para, run, write


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def part(kind: str, **arguments: str) -> str:
    inside = "".join(f"<m:{name}>{content}</m:{name}>" for name, content in arguments.items())
    return f"<m:{kind}>{inside}</m:{kind}>"


def entry(text: str) -> str:
    return f"<m:e>{m(text)}</m:e>"


SUM = '<m:naryPr><m:chr m:val="∑"/></m:naryPr>'
SQUARE = '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>'
EQUATIONS = {
    "letters": (m("E=m") + part("sSup", e=m("c"), sup=m("2")), "E=mc^2"),
    "a fraction": (m("x = ") + part("f", num=m("a + b"), den=m("2")), "x = (a + b)/2"),
    "a fraction of figures": (part("f", num=m("1,204"), den=m("3.5")), "1,204/3.5"),
    "a fraction in a fraction": (part("f", num=m("1"), den=part("f", num=m("a"), den=m("b"))), "1/(a/b)"),
    "an index": (part("sSub", e=m("x"), sub=m("i+1")), "x_(i+1)"),
    "both": (part("sSubSup", e=m("x"), sub=m("1"), sup=m("2")), "x_1^2"),
    "a power of a sum": (part("sSup", e=part("d", e=m("a+b")), sup=m("2")), "(a+b)^2"),
    "a power of a product": (part("sSup", e=m("(a)(b)"), sup=m("2")), "((a)(b))^2"),
    "a root": (part("rad", deg="", e=m("2")), "√(2)"),
    "a third root": (part("rad", deg=m("3"), e=m("x")), "∛(x)"),
    "a sum": (f"<m:nary>{SUM}<m:sub>{m('i=1')}</m:sub><m:sup>{m('n')}</m:sup>{entry('x')}</m:nary>", "∑_(i=1)^n x"),
    "an integral": (part("nary", sub=m("0"), sup=m("1"), e=m("x dx")), "∫_0^1 x dx"),
    "brackets": (f"<m:d>{SQUARE}{entry('a')}{entry('b')}</m:d>", "[a|b]"),
    "a function": (part("func", fName=m("sin"), e=m("x")), "sin x"),
    "a limit": (part("func", fName=part("limLow", e=m("lim"), lim=m("n→∞")), e=m("f")), "lim_(n→∞) f"),
    "a matrix": (
        f"<m:m><m:mr>{entry('a')}{entry('b')}</m:mr><m:mr>{entry('c')}{entry('d')}</m:mr></m:m>",
        "[a, b; c, d]",
    ),
    "an unknown kind": (part("phant", e=m("a")), "a"),
}


@pytest.mark.parametrize(("equation", "expected"), EQUATIONS.values(), ids=list(EQUATIONS))
def test_an_equation_keeps_its_meaning_on_one_line(tmp_path, equation, expected):
    body = para(run("So ") + f"<m:oMath>{equation}</m:oMath>" + run(" holds."))
    found = read(write(tmp_path / "a.docx", body))
    assert to_text(found.document) == f"So {expected} holds.\n"
    assert [caution.code for caution in found.cautions] == ["equation-as-text"]
