"""Does what `script.toml` says, step by step, and records what each step was answered and left in the audit log."""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
from collections import defaultdict
from itertools import zip_longest
from typing import Any

from tests.recorded.browser import Answer, Browser, field_names, form_values
from tests.recorded.facts import days_in
from tests.recorded.installation import DAY
from tests.recorded.mapping import Mapping

LOG = "/workspace/log/"
RULE = re.compile(r"\b[A-Z]{2,4}-\d{2}\b")
NUMBER = re.compile(r"(?<=no\. )\d+")
LONG = 250
"""Longer values of the log are workings; of these the days and the rules are recorded."""
MOMENT = re.compile(rf"{DAY}T[\d:.]+Z|\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")
RANDOM = re.compile(r"\b[\w-]{43}$")


class CannotFollow(Exception):
    """The script does not fit the pages: a link, a field or a choice that it names is missing."""


class Recorder:
    """Somebody of each role, and what they did so far."""

    def __init__(self, browsers: dict[str, Browser], mapping: Mapping) -> None:
        self.browsers, self.mapping = browsers, mapping
        self.saved: dict[str, str] = {}
        self.seen = max((int(entry["number"]) for entry in self._log()), default=0)

    def record(self, steps: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """Do every step. By action: who is answered how at its address, its fields, and what each case gave."""
        found: dict[str, dict[str, Any]] = {}
        for step in steps:
            address = self._address(step)
            of_action = found.setdefault(step["action"], {})
            if "opened" not in of_action and self.browsers[step["as"]].get(address).status == 200:
                of_action |= self._open_as_everybody(address)
            case = step.get("case", "done")
            if case in of_action.setdefault("cases", {}):
                raise CannotFollow(f"{step['action']} has two cases of the name {case}")
            of_action["cases"][case] = self._do(step, address, of_action)
        return dict(sorted(found.items()))

    def _address(self, step: dict[str, Any]) -> str:
        """Where a step is done: `at` an address, or along links `on` a page; a redirect for good is followed."""
        browser = self.browsers[step["as"]]
        if "at" in step:
            found = self._with_saved(step["at"])
        else:
            found = self._with_saved(step["on"])
            for link, near in zip_longest(_listed(step["link"]), _listed(step.get("near", []))):
                found = self._follow(browser, found, link, near, step.get("which", -1))
        found = found.replace(*step["instead"]) if "instead" in step else found
        answer = browser.get(found)
        return answer.location if answer.status == 301 else found

    def _follow(self, browser: Browser, address: str, link: str, near: str | None, which: int) -> str:
        page = browser.get(address)
        page = browser.get(page.location) if page.status == 301 else page
        wanted = set(page.links_near(near) if near else page.links())
        found = [each for each in page.links() if each in wanted and fnmatch.fnmatch(each.partition("?")[0], link)]
        if not found:
            raise CannotFollow(f"{address} has no link like {link}: {' '.join(page.links())}")
        return found[which]

    def _with_saved(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self.saved[found[1]], text)

    def _open_as_everybody(self, address: str) -> dict[str, Any]:
        """Open a page as every role; who is refused sends the form all the same."""
        opened: dict[str, list[str]] = defaultdict(list)
        sent: dict[str, list[str]] = defaultdict(list)
        for role, browser in self.browsers.items():
            answer = browser.get(address)
            opened[answer.outcome.replace(address, "…")].append(role)
            if answer.status != 200:
                sent[browser.post(address, {}).outcome.replace(address, "…")].append(role)
        return {"opened": dict(sorted(opened.items())), "sent by who is refused": dict(sorted(sent.items()))}

    def _do(self, step: dict[str, Any], address: str, of_action: dict[str, Any]) -> dict[str, Any]:
        browser = self.browsers[step["as"]]
        page = browser.get(address)
        if page.status != 200:
            values = {self.mapping.to_current("fields", name): value for name, value in step.get("with", {}).items()}
            sent = browser.post(address, values).outcome.replace(address, "…")
            return {"as": step["as"], "outcome": page.outcome, "sent": sent, "audit": self._new_entries()}
        form = _form_of(page)
        of_action.setdefault("fields", self._recorded_fields(form))
        values = self._fill_in(form, step.get("with", {}), address)
        files = step.get("file")
        answer = browser.post(address, values, {key: tuple(each) for key, each in files.items()} if files else None)
        found: dict[str, Any] = {"as": step["as"]}
        for _ in range(step.get("confirm", 0)):
            if answer.status != 200:
                break
            form = _form_of(answer)
            points = [each.get("value") for each in form.xpath('.//input[@name="confirmed"]')]
            found["points to confirm"] = len(points)
            pressed = {step["press"]: "1"} if "press" in step else {}
            ticked = {"confirmed": points} if points else {}
            answer = browser.post(address, {**form_values(form), **ticked, **pressed})
        found |= self._result(answer)
        if "save" in step and answer.status in {302, 303}:
            self.saved[step["save"]] = answer.location
        return found | {"audit": [_without_hour(each, step.get("by_the_hour", [])) for each in self._new_entries()]}

    def _result(self, answer: Answer) -> dict[str, Any]:
        if answer.status in {302, 303}:
            return {"outcome": "done", "goes to": re.sub(r"\d+", "#", answer.location)}
        if answer.status != 200 or answer.kind != "text/html":
            return {"outcome": str(answer.status)}
        errors = answer.tree.xpath('//*[contains(@class, "error-summary")]//li')
        names = field_names(_form_of(answer)) if errors else []
        wrong = {_field_of(link.partition("#id_")[2], names) for each in errors for link in each.xpath(".//a/@href")}
        rules = sorted(set(RULE.findall(" ".join(each.text_content() for each in errors))))
        found = {
            "outcome": "refused" if errors else "shown",
            "wrong fields": sorted(self.mapping.to_recorded("fields", name) for name in wrong),
            "wrong as a whole": sum(not each.xpath(".//a/@href") for each in errors),
            "rules": rules,
        }
        return {key: value for key, value in found.items() if value}

    def _recorded_fields(self, form: Any) -> list[str]:
        return sorted(self.mapping.to_recorded("fields", name) for name in field_names(form))

    def _fill_in(self, form: Any, wanted: dict[str, Any], address: str) -> dict[str, Any]:
        """The values of a form with those of the script put in."""
        values: dict[str, Any] = dict(form_values(form))
        names = field_names(form)
        for recorded, value in wanted.items():
            name = self.mapping.to_current("fields", recorded)
            if isinstance(value, dt.date) and f"{name}_day" in names:
                values |= {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}
            elif name not in names:
                raise CannotFollow(f"the form at {address} has no field {name}: {', '.join(names)}")
            elif value is False:
                values.pop(name, None)
            else:
                values[name] = [_choice(form, name, self._with_saved(str(each))) for each in _listed(value)]
        return values

    def _new_entries(self) -> list[dict[str, Any]]:
        new = [each for each in self._log() if int(each["number"]) > self.seen]
        self.seen = max([self.seen, *(int(each["number"]) for each in new)])
        return [{key: value for key, value in each.items() if key != "number"} for each in reversed(new)]

    def _log(self) -> list[dict[str, Any]]:
        """The newest entries of the log, as its page shows them."""
        rows = self.browsers["administrator"].get(LOG).tree.xpath("//main//table/tbody/tr")
        return [self._entry(row) for row in rows]

    def _entry(self, row: Any) -> dict[str, Any]:
        number, _when, who, did, thing, changes = row.xpath("./th|./td")
        kind = " ".join("".join(thing.xpath('.//*[contains(@class, "hint")]//text()')).split()).rpartition(" ")[0]
        return {
            "number": number.text_content().strip(),
            "who": who.text.strip(),
            "action": self.mapping.to_recorded("actions", did.xpath(".//code")[0].text_content().strip()),
            "kind": self.mapping.to_recorded("kinds", kind),
            "fields": dict(sorted(self._change(each) for each in changes.xpath(".//li"))),
        }

    def _change(self, item: Any) -> tuple[str, list[str]]:
        label = self.mapping.to_recorded("labels", " ".join((item.text or "").split()).rstrip(":"))
        before, after = ("".join(item.xpath(f".//{tag}//text()")) for tag in ("del", "ins"))
        return label, [_without_chance(each) for each in (before, after)]


def _form_of(page: Answer) -> Any:
    forms = [each for each in page.main.xpath(".//form") if each.get("method", "").lower() == "post"]
    if not forms:
        raise CannotFollow(f"{page.address} has no form")
    return forms[0]


def _without_hour(entry: dict[str, Any], labels: list[str]) -> dict[str, Any]:
    """An entry without the values of fields that depend on the hour of the run."""
    fields = {label: "(by the hour)" if label in labels else value for label, value in entry["fields"].items()}
    return {**entry, "fields": fields}


def _without_chance(value: str) -> str:
    """A value of the log without numbers of rows, moments of the run and random texts."""
    if len(value) > LONG:
        days = days_in(value)
        rules = sorted(set(RULE.findall(value)))
        return f"(long, of {', '.join(rules)}: {len(days)} days, {' to '.join(days[:1] + days[-1:])})"
    value = MOMENT.sub("(a moment of the run)", NUMBER.sub("#", value))
    return RANDOM.sub("(random)", value)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _field_of(identifier: str, names: list[str]) -> str:
    """The field that an element belongs to: a box of a day, or one of several choices."""
    field, _, part = identifier.rpartition("_")
    if part.isdecimal() or f"{field}_month" in names:
        return field
    return identifier


def _choice(form: Any, name: str, value: str) -> str:
    """A value as the form sends it: "= Ruth Pellow" is the choice that is called so."""
    if not value.startswith("= "):
        return value
    wanted = value.removeprefix("= ")
    options = form.xpath(f'.//select[@name="{name}"]//option')
    boxes = form.xpath(f'.//input[@name="{name}"]')
    labels = [(each.get("value"), " ".join(each.text_content().split())) for each in options]
    labels += [
        (each.get("value"), " ".join(form.xpath(f'string(.//label[@for="{each.get("id")}"])').split()))
        for each in boxes
    ]
    found = [key for key, label in labels if wanted in label]
    if not found:
        raise CannotFollow(f"{name} cannot be {wanted}: {'; '.join(label for _, label in labels)}")
    return str(found[0])
