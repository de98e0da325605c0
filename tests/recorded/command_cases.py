"""The command lines whose exit codes and files are recorded, and the files that they are given.

Each scenario begins in a fresh folder with the same files. Its lines run in order and are recorded under their own
text. A line that begins with ``$`` is run by the shell and is not recorded: it changes a file in between.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf

MEETING = """
council = "Avonmere Council"
body = "Audit Committee"
start = 2014-11-24T16:30:00
place = "Guildhall"
published = 2014-11-14
"""
ITEMS = """
[[item]]
number = 1
title = "Apologies"

[[item]]
number = 2
title = "Minutes"
kind = "minutes"
papers = ["minutes.md"]

[[item]]
number = 3
title = "Risks"
kind = "report"
papers = ["risks.html", { path = "register.pdf", title = "Register", appendix = true }]

[[item]]
number = 4
title = "A contract"
kind = "report"
exempt = { paragraph = 3, reason = "Prices of a tender that is still open" }
papers = ["contract.txt"]
"""
ONE_ITEM = '[[item]]\nnumber = 1\ntitle = "Late"\npapers = ["{paper}"]\n'
RIGHT = "The gap narrowed from 9% to 5%.\n"
WRONG = "The gap narrowed from 5% to 9%.\n"
DOUBTFUL = "% at L4+\t2014\t\t\n\tReading\tWriting\tMaths\nGirls\t94\t93\t89\nBoys\t84\t83\t79\nAll\t89\t88\t88\n"
WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>The gap narrowed from 9% to 5%.</w:t></w:r></w:p></w:body></w:document>"
)
WORD_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
WORD_LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def write_inputs(folder: Path) -> None:
    """Write the files that every scenario of ``COMMANDS`` begins with."""
    texts = {
        "meeting.toml": MEETING + ITEMS,
        "minutes.md": "# Minutes\n\nOf the last meeting.\n",
        "risks.html": '<html lang="en-GB"><h1>Risks</h1><p>There are 3.</p><hr class="page-break"><p>More.</p></html>',
        "contract.txt": "The price is low.\n",
        "late.toml": MEETING + ONE_ITEM.format(paper="minutes.md"),
        "lost.toml": MEETING + ONE_ITEM.format(paper="lost.html"),
        "outside.toml": MEETING + ONE_ITEM.format(paper="../outside.html"),
        "broken-paper.toml": MEETING + ONE_ITEM.format(paper="broken.pdf"),
        "locked-paper.toml": MEETING + ONE_ITEM.format(paper="locked.pdf"),
        "empty-paper.toml": MEETING + ONE_ITEM.format(paper="empty.pdf"),
        "no-place.toml": MEETING.replace('place = "Guildhall"\n', "") + ITEMS,
        "wrong-day.toml": MEETING.replace("2014-11-24", "2014-02-30") + ITEMS,
        "text-day.toml": MEETING.replace("2014-11-24T16:30:00", '"soon"') + ITEMS,
        "unknown-key.toml": MEETING + "colour = 3\n" + ITEMS,
        "twice.toml": MEETING + ITEMS.replace("number = 2", "number = 1"),
        "late-day.toml": MEETING.replace("2014-11-14", "2014-11-20") + ITEMS,
        "not.toml": "council = [",
        "right.txt": RIGHT,
        "wrong.txt": WRONG,
        "doubtful.txt": DOUBTFUL,
        "accepted-nothing.toml": "",
        "accepted-wrong.toml": '[[accepted]]\nid = "abc"\nwho = "A. Clerk"\n',
        "garbage.pdf": "This is no PDF.\n",
        "garbage.docx": "This is no Word file.\n",
        "empty.pdf": "",
        "empty.txt": "",
        "picture.xyz": "of no known kind",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "folder.pdf").mkdir()
    (folder / "papers").mkdir()
    (folder / "papers" / "minutes.md").write_text("# Others\n", "utf-8")
    _write_word(folder / "report.docx")
    _write_pdfs(folder)


def _write_word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", WORD_TYPES)
        archive.writestr("_rels/.rels", WORD_LINKS)
        archive.writestr("word/document.xml", WORD)


def _write_pdfs(folder: Path) -> None:
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for number in (1, 2):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        text = f"BT /F1 12 Tf 72 700 Td (The gap narrowed from 9% to 5%. Page {number}) Tj ET"
        page.obj.Contents = pikepdf.Stream(pdf, text.encode())
    pdf.save(folder / "register.pdf", deterministic_id=True)
    pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="secret"))
    whole = (folder / "register.pdf").read_bytes()
    (folder / "broken.pdf").write_bytes(whole[: len(whole) // 3])


COMMANDS: dict[str, list[str]] = {
    "help": [
        "moothall",
        "moothall --help",
        "moothall -h",
        "moothall --version",
        "moothall unknown",
        "moothall --unknown",
        *(
            f"moothall {name} --help"
            for name in (
                *("backup", "check", "convert", "deadlines", "demo", "found", "inspect", "migrate", "pack"),
                *("restore", "schema", "send-test-email", "serve", "unlock", "verify", "work", "written"),
            )
        ),
    ],
    "pack": [
        "moothall pack meeting.toml --out out",
        "moothall pack meeting.toml --out out --json",
        "moothall pack meeting.toml --out out --quiet",
        "moothall pack meeting.toml --out full --variant full --quiet",
        "moothall pack meeting.toml --out public --variant public --quiet",
        "moothall pack meeting.toml --out members --variant members",
        "moothall pack meeting.toml --out kept --cache own-cache --quiet --variant public",
        "moothall pack meeting.toml --out minutes.md",
        "moothall pack meeting.toml --out kept --cache minutes.md",
        "moothall pack late.toml --papers papers --out others --quiet",
        "moothall pack late.toml --papers no-such-folder --out others-lost",
        "moothall pack late-day.toml --out late-day --quiet",
    ],
    "later packs": [
        "$ cp contract.txt papers; cp risks.html papers; cp register.pdf papers",
        "moothall pack meeting.toml --out out --quiet",
        "moothall pack late.toml --out s1 --supplement-of out/manifest.json --reason Late --quiet",
        "moothall pack late.toml --out s2 --supplement-of out/manifest.json --beside s1/manifest.json"
        " --reason Late --quiet",
        "moothall pack late.toml --out s9 --supplement-of out/manifest.json --number 9 --reason Late --quiet",
        "moothall pack late.toml --out s0 --supplement-of out/manifest.json --number 0 --reason Late",
        "moothall pack late.toml --out s3 --supplement-of out/manifest.json",
        "moothall pack late.toml --out s3 --supplement-of lost.json --reason Late",
        "moothall pack late.toml --out s3 --supplement-of meeting.toml --reason Late",
        "moothall pack late.toml --out s3 --beside s1/manifest.json",
        "moothall pack meeting.toml --papers papers --out r1 --reissue-of out/manifest.json --reason Wrong --quiet",
        "moothall pack meeting.toml --papers papers --out r2 --reissue-of out/manifest.json --quiet",
        "moothall pack meeting.toml --out r3 --reissue-of out/manifest.json --supplement-of s1/manifest.json",
        "moothall pack late.toml --papers papers --out r4 --reissue-of s1/manifest.json"
        " --supplement-of out/manifest.json --quiet",
        "moothall pack late.toml --out out --supplement-of out/manifest.json --reason Late",
        "$ printf x >> out/pack.pdf",
        "moothall pack meeting.toml --out r5 --reissue-of out/manifest.json --reason Wrong --quiet",
        "$ printf x >> out/manifest.json",
        "moothall pack meeting.toml --out r6 --reissue-of out/manifest.json --reason Wrong --quiet",
    ],
    "refused packs": [
        "moothall pack",
        "moothall pack meeting.toml",
        "moothall pack lost-meeting.toml --out out",
        "moothall pack folder.pdf --out out",
        "moothall pack not.toml --out out",
        "moothall pack right.txt --out out",
        "moothall pack binary.txt --out out",
        "moothall pack no-place.toml --out out",
        "moothall pack wrong-day.toml --out out",
        "moothall pack text-day.toml --out out",
        "moothall pack unknown-key.toml --out out",
        "moothall pack twice.toml --out out",
        "moothall pack lost.toml --out out",
        "moothall pack outside.toml --out out",
        "moothall pack broken-paper.toml --out out",
        "moothall pack locked-paper.toml --out out",
        "moothall pack empty-paper.toml --out out",
    ],
    "check": [
        "moothall check right.txt",
        "moothall check wrong.txt",
        "moothall check doubtful.txt",
        "moothall check doubtful.txt --severity error",
        "moothall check doubtful.txt --severity rounding",
        "moothall check doubtful.txt --severity grave",
        "moothall check wrong.txt --json",
        "moothall check right.txt --json",
        "moothall check wrong.txt --html findings.html",
        "moothall check wrong.txt --html no/such/folder/findings.html",
        "moothall check wrong.txt --ignore accepted-nothing.toml",
        "moothall check wrong.txt --ignore accepted-wrong.toml",
        "moothall check wrong.txt --ignore lost.toml-file",
        "moothall check wrong.txt --ignore not.toml",
        "moothall check register.pdf",
        "moothall check risks.html",
        "moothall check minutes.md",
        "moothall check report.docx",
        "moothall check empty.txt",
        "moothall check binary.txt",
        "moothall check folder.pdf",
        "moothall check lost.pdf",
        "moothall check broken.pdf",
        "moothall check locked.pdf",
        "moothall check garbage.pdf",
        "moothall check garbage.docx",
        "moothall check empty.pdf",
        "moothall check picture.xyz",
        "moothall check",
    ],
    "convert": [
        "moothall convert report.docx --to html",
        "moothall convert report.docx --to text",
        "moothall convert report.docx --to pdf",
        "moothall convert report.docx --to pdf --out report.pdf",
        "moothall convert risks.html --to pdf --out risks.pdf",
        "moothall convert minutes.md --to html --out minutes.html",
        "moothall convert contract.txt --to html --cache own-cache",
        "moothall convert register.pdf --to text",
        "moothall convert register.pdf --to html",
        "moothall convert register.pdf --to pdf --out again.pdf",
        "moothall convert report.docx",
        "moothall convert report.docx --to word",
        "moothall convert report.docx --to pdf --out no/such/folder/report.pdf",
        "moothall convert report.docx --to pdf --out folder.pdf",
        "moothall convert lost.docx --to html",
        "moothall convert folder.pdf --to text",
        "moothall convert garbage.docx --to html",
        "moothall convert garbage.pdf --to text",
        "moothall convert broken.pdf --to text",
        "moothall convert locked.pdf --to text",
        "moothall convert empty.pdf --to text",
        "moothall convert empty.txt --to html",
        "moothall convert binary.txt --to html",
        "moothall convert picture.xyz --to html",
    ],
    "inspect": [
        "moothall inspect register.pdf",
        "moothall inspect register.pdf --json",
        "moothall inspect broken.pdf",
        "moothall inspect locked.pdf",
        "moothall inspect locked.pdf --json",
        "moothall inspect garbage.pdf",
        "moothall inspect empty.pdf",
        "moothall inspect report.docx",
        "moothall inspect folder.pdf",
        "moothall inspect lost.pdf",
        "moothall inspect",
    ],
    "deadlines": [
        "moothall deadlines --on 2014-11-24",
        "moothall deadlines --on 2014-11-24 --body Cabinet --executive",
        "moothall deadlines",
        "moothall deadlines --on 2014-02-30",
        "moothall deadlines --on 24/11/2014",
        "moothall deadlines --on tomorrow",
        "moothall deadlines --on 1066-10-14",
        "moothall deadlines --on 9999-12-31",
        "moothall deadlines --on 2014-11-24 --nation france",
        "moothall deadlines --on 2014-11-24 --closed never",
        "moothall deadlines --on 2014-11-24 --holiday 2014-13-01",
        "moothall deadlines --on 2014-11-24 --agenda-days 61",
        "moothall deadlines --on 2014-11-24 --agenda-days=-1",
        "moothall deadlines --on 2014-11-24 --agenda-basis weeks",
        "moothall deadlines --on 2014-11-24 --notice-days two",
        "moothall deadlines --on 2014-11-24 --notice-time 25:00",
        "moothall deadlines --on 2014-11-24 --unknown",
    ],
    "schema": ["moothall schema", "moothall schema more"],
}

# The dates themselves, by rule.
DEADLINES = [
    "--on 2014-11-24",
    "--on 2014-11-24 --executive",
    "--on 2014-12-29 --executive",
    "--on 2015-04-07",
    "--on 2015-04-07 --nation scotland",
    "--on 2015-04-07 --nation northern-ireland --executive",
    "--on 2015-04-07 --nation wales",
    "--on 2015-04-07 --agenda-basis s243_parish --agenda-days 3",
    "--on 2015-04-07 --agenda-basis calendar --agenda-days 7",
    "--on 2015-04-07 --closed 2015-03-31 --closed 2015-03-30",
    "--on 2015-04-07 --holiday 2015-03-31",
    "--on 2022-09-20 --executive",
    "--on 2024-03-04 --notice-days 5 --notice-time 12:00",
    "--on 2024-03-04 --agenda-days 0",
]

# With a database. ``{folder}`` is the scenario's own folder, ``{port}`` a free port.
FOUND = (
    'moothall found "Avonmere Council" --slug avonmere --host avonmere.example'
    ' --administrator "Nour Haddad <nour@avonmere.example>"'
)
OTHER = 'moothall found "Brackwater Council" --host brackwater.example --administrator "Ada Ward <ada@b.example>"'
ELSEWHERE = "MOOTHALL_DATA={folder}/other"

# Before there are tables, and how they are made. The installation that this leaves is what HOUSE begins with.
BEGINNING = [
    "moothall migrate --check",
    "moothall verify",
    "moothall work --once",
    "moothall serve --port 1",
    "moothall backup early.backup",
    "moothall unlock nour@avonmere.example",
    FOUND,
    "MOOTHALL_DATA={folder}/right.txt moothall migrate",
    "DATABASE_URL=nonsense moothall migrate",
    "MOOTHALL_MODE=unknown moothall migrate",
    "MOOTHALL_MODE=production moothall migrate",
    "MOOTHALL_MODE=production MOOTHALL_SECRET_KEY=short moothall verify",
    "moothall migrate unknown",
    "moothall migrate",
    "moothall migrate",
    "moothall migrate --check",
    "moothall verify",
    FOUND,
]

HOUSE: dict[str, list[str]] = {
    "found": [
        FOUND,
        OTHER,
        OTHER.replace("brackwater.example", "Brackwater.example"),
        'moothall found "Third Council" --host avonmere.example --administrator "Ada Ward <ada@b.example>"',
        'moothall found "Third Council" --host third.example',
        'moothall found "Third Council" --administrator "Ada Ward <ada@b.example>"',
        'moothall found --host third.example --administrator "Ada Ward <ada@b.example>"',
        'moothall found "Third Council" --host third.example --administrator Nobody',
        'moothall found "Third Council" --host "no host" --administrator "Ada Ward <ada@b.example>"',
        'moothall found "" --host third.example --administrator "Ada Ward <ada@b.example>"',
        'moothall found "Third Council" --host third.example --slug "Not A Slug" --administrator "Ada <ada@b.example>"',
        'moothall found "Third Council" --host third.example --nation france --administrator "Ada <ada@b.example>"',
        'moothall found "Third Council" --host third.example --slug third --nation wales'
        ' --administrator "Ada Ward <ada@third.example>"',
        "moothall verify",
        "moothall verify --council third",
        "moothall verify --council unknown",
    ],
    "verify": [
        "moothall verify",
        "moothall verify --council avonmere",
        "moothall verify --note chain.txt",
        "moothall verify --note chain.txt",
        "moothall verify --note no/such/folder/chain.txt",
        "moothall verify --note folder.pdf",
        "moothall verify --note binary.txt",
        "tamper",
        "moothall verify",
        "moothall verify --council avonmere",
        "moothall verify --note chain.txt",
        "moothall backup tampered.backup",
        "moothall backup check tampered.backup",
    ],
    "backup": [
        "moothall backup kept.backup",
        "moothall backup kept.backup",
        "moothall backup -",
        "moothall backup no/such/folder/kept.backup",
        "moothall backup folder.pdf",
        "moothall backup",
        "moothall backup check kept.backup",
        "moothall backup check kept.backup --quick",
        "moothall backup check lost.backup",
        "moothall backup check right.txt",
        "moothall backup check empty.txt",
        "moothall backup check folder.pdf",
        "moothall backup check report.docx",
        "$ head -c 2000 kept.backup > half.backup",
        "moothall backup check half.backup",
        "moothall backup check half.backup --quick",
        "moothall restore half.backup",
        f"{ELSEWHERE} moothall restore half.backup",
        f"{ELSEWHERE} moothall restore right.txt",
        f"{ELSEWHERE} moothall restore lost.backup",
        f"{ELSEWHERE} moothall restore folder.pdf",
        f"{ELSEWHERE} moothall restore kept.backup",
        f"{ELSEWHERE} moothall verify",
        f"{ELSEWHERE} moothall migrate --check",
        "moothall restore kept.backup",
        OTHER,
        "moothall restore kept.backup --replace",
        "moothall verify",
    ],
    "work": [
        "moothall work --once",
        "moothall work --once",
        "moothall work --until-empty",
        "moothall work --once --limit 0",
        "moothall work --once --lease 0",
        "moothall work --once --lease soon",
        "moothall work --unknown",
    ],
    "unlock": [
        "moothall unlock nour@avonmere.example",
        "moothall unlock nour@avonmere.example --council avonmere",
        "moothall unlock nour@avonmere.example --council unknown",
        "moothall unlock ada@avonmere.example",
        "moothall unlock",
    ],
    "manage": [
        "moothall manage check",
        "moothall manage unknown",
        "moothall manage",
        "moothall manage makemigrations --check --dry-run",
        "moothall manage check --deploy",
    ],
    "send-test-email": [
        "moothall send-test-email nour@avonmere.example",
        "MOOTHALL_EMAIL_URL=smtp://127.0.0.1:{port} moothall send-test-email nour@avonmere.example",
        "MOOTHALL_EMAIL_URL=smtp://nowhere.invalid moothall send-test-email nour@avonmere.example",
        "MOOTHALL_EMAIL_URL=nonsense moothall send-test-email nour@avonmere.example",
        "moothall send-test-email nour",
        "moothall send-test-email",
    ],
    "serve": [
        "moothall serve --port {port}",
        "moothall serve --port {port} --no-jobs --workers 1 --threads 1",
        "moothall serve --workers 0",
        "moothall serve --threads 0",
        "moothall serve --port many",
        "moothall serve --port 99999999",
        "moothall serve --address nowhere.invalid --port {port}",
        "moothall serve --certificate lost.pem --port {port}",
        "moothall serve --certificate right.txt --port {port}",
        "moothall serve --certificate right.txt --key wrong.txt --port {port}",
        "MOOTHALL_MODE=production moothall serve --port {port}",
        "MOOTHALL_IDLE_MINUTES=1 moothall serve --port {port}",
        "MOOTHALL_SESSION_HOURS=99 moothall serve --port {port}",
        "MOOTHALL_PROXY=nonsense moothall serve --port {port}",
        "MOOTHALL_EMAIL_URL=nonsense moothall serve --port {port}",
        "MOOTHALL_OPENID={folder}/lost.toml moothall serve --port {port}",
        "MOOTHALL_SECURITY_CONTACT=nonsense moothall serve --port {port}",
        "MOOTHALL_DEMO=tomorrow moothall serve --port {port}",
    ],
    "written": [
        "moothall written",
        "moothall written maps",
        "moothall written locations",
        "moothall written forget --yes",
        "moothall written forget",
        "moothall written withdraw",
        "MOOTHALL_WRITTEN_PAGES={folder}/written moothall written locations",
        "MOOTHALL_WRITTEN_PAGES=not-whole moothall written maps",
    ],
}

# The demo council: its pack, its database.
DEMO = [
    "moothall demo --no-serve --out demo",
    "moothall demo --no-serve --out demo",
    "moothall demo --no-serve --out right.txt",
    "moothall demo --no-serve --port many",
    "MOOTHALL_DATA={folder}/demo/council moothall verify",
    "MOOTHALL_DATA={folder}/demo/council moothall backup demo.backup",
    "moothall demo --no-serve --fresh --out demo",
]
