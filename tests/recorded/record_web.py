"""Record what the website and the workspace do today, from outside: `python tests/recorded/record_web.py --out DIR`.

It imports nothing of Moothall. It builds the demo council, serves it, signs in as each role and writes JSON files:

walk.json     who is answered how at which address
offers.json   which role's pages link to which kind of address
pages.json    the facts of the public pages
desk.json     the facts of the workspace's pages, as the administrator reads them
homes.json    the facts of the page on which each other role begins
values.json   the values of JSON, calendars, feeds and CSV files
actions.json  who may open an action, its fields, what its cases gave and left in the audit log
queries.json  how many queries the main pages take, the first time and the second
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from tests.recorded.acts import Recorder  # noqa: E402 - the path is set first
from tests.recorded.browser import Answer, Browser  # noqa: E402
from tests.recorded.facts import facts_of, values_of  # noqa: E402
from tests.recorded.files import write_json  # noqa: E402
from tests.recorded.installation import build_demo, run_in_shell, serve  # noqa: E402
from tests.recorded.mapping import Mapping, read_mapping  # noqa: E402
from tests.recorded.walk import Walk, walk  # noqa: E402

MOST_PAGES = 700
SIGNED_OUT = "signed out"
ADMINISTRATOR = "administrator"
HOME = "/workspace/"
SEES_THE_RUN = {ADMINISTRATOR, "auditor"}
"""Roles whose first page shows the state of the machine or the newest entries of the audit log."""


def main() -> None:
    """Record into the folder that is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="the folder that the files are written to")
    out = parser.parse_args().out
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="moothall-record-") as folder:
        for name, content in record(Path(folder)).items():
            write_json(out / f"{name}.json", content)
    print(f"{out}: recorded in {time.monotonic() - began:.0f} seconds")


def record(folder: Path) -> dict[str, Any]:
    """Build, serve and record; by file name, what was found."""
    script = tomllib.loads((HERE / "script.toml").read_text("utf-8"))
    mapping = read_mapping()
    data = build_demo(folder)
    found = {"queries": _count_queries(data, script, folder / "counted")}
    with serve(data, folder / "serve.log") as port:
        browsers = _sign_in_everybody(port, script, mapping)
        public = _crawl_website(port, mapping, script)
        names = _names(public)
        found |= {
            "pages": {address: facts_of(answer, names) for address, answer in sorted(public.items())},
            "values": _values(public.values()),
        }
        walked = walk(browsers, script["walk"]["seeds"], script["walk"]["collections"], _skip(script, "skip"))
        found |= {
            "walk": walked.by_address(),
            "offers": walked.offers(script["walk"]["collections"]),
            "desk": _desk(walked, script, names),
            "homes": {role: facts_of(walked.pages[role][HOME], names) for role in browsers if role not in SEES_THE_RUN},
        }
        found["actions"] = Recorder(browsers, mapping).record(script["step"])
        for browser in browsers.values():
            browser.close()
    return found


def _count_queries(data: Path, script: dict[str, Any], copy: Path) -> Any:
    logins = {SIGNED_OUT: "", **script["logins"]}
    pages = {role: (logins[role], addresses) for role, addresses in script["queries"].items()}
    wanted = json.dumps({"password": script["password"], "pages": pages})
    code = (HERE / "counting.py").read_text("utf-8")
    printed = run_in_shell(data, f"{code}\nprint_counts({wanted!r})", copy)
    return json.loads(printed.splitlines()[-1])


def _sign_in_everybody(port: int, script: dict[str, Any], mapping: Mapping) -> dict[str, Browser]:
    """A browser for each role; one after another, so that the audit log has them in this order."""
    browsers = {role: Browser(port, mapping) for role in (SIGNED_OUT, *script["logins"])}
    browsers[SIGNED_OUT].get("/account/login/")
    for role, login in script["logins"].items():
        browsers[role].sign_in(login, script["password"])
    return browsers


def _crawl_website(port: int, mapping: Mapping, script: dict[str, Any]) -> dict[str, Answer]:
    """The public pages that are linked, and their files; the pages nearest to the start first."""
    browsers = [Browser(port, mapping) for _ in range(2)]
    skip, found, wanted = _skip(script, "skip_public"), {}, list(script["walk"]["public_seeds"])
    with ThreadPoolExecutor(len(browsers)) as pool:
        while wanted := [each for each in wanted if each not in found][: MOST_PAGES - len(found)]:
            halves = [wanted[::2], wanted[1::2]]
            for answers in pool.map(
                lambda pair: [pair[0].get(each) for each in pair[1]], zip(browsers, halves, strict=True)
            ):
                found |= {answer.address: answer for answer in answers}
            links = (link for each in wanted for link in [*found[each].links(), *_as_data(found[each])])
            wanted = list(dict.fromkeys(link for link in links if not skip.search(link)))
    for browser in browsers:
        browser.close()
    return found


def _as_data(page: Answer) -> list[str]:
    """The address of a page as JSON, as docs/reference/addresses.md has it; not every page has one."""
    is_page = page.kind == "text/html" and page.status == 200 and page.address.endswith("/") and page.address != "/"
    return [page.address.removesuffix("/") + ".json"] if is_page else []


def _skip(script: dict[str, Any], which: str) -> re.Pattern[str]:
    return re.compile("|".join(script["walk"][which]))


def _names(public: dict[str, Answer]) -> list[str]:
    """The names of people and bodies, as the website's data has them."""
    found = set()
    for address in ("/people.json", "/bodies.json"):
        for each in json.loads(public[address].body):
            last, _, first = each.get("sort_name", "").partition(", ")
            found.add(f"{first} {last}".strip() or each["name"])
    return sorted(found)


def _values(answers: Iterable[Answer]) -> dict[str, Any]:
    found = {answer.address: values_of(answer) for answer in answers}
    return {address: values for address, values in sorted(found.items()) if values is not None}


def _desk(walked: Walk, script: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The facts of the workspace's pages, but for those that tell of the run itself."""
    skip = _skip(script, "skip_desk")
    pages = walked.pages[ADMINISTRATOR]
    wanted = sorted(each for each in pages if each.startswith("/workspace/") and not skip.search(each))
    return {address: facts_of(pages[address], names) for address in wanted}


if __name__ == "__main__":
    main()
