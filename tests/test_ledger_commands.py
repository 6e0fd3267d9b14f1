"""Billing through whole commands: what they log is the budget, whatever happens in between."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections import defaultdict
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from iopctl import cli
from tests.histories import SHARES, History, Payer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reference import Data

ADDRESS = {"lines": ["Fakturacentralen"], "postal_code": "999 40", "city": "STORVIK"}
WAYS = ("yearly", "half_yearly", "tertial", "quarterly", "monthly")


class Office:
    """Somebody at a keyboard: runs commands, and remembers what has been agreed."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.today = history.start
        self.numbers = {"f": 0, "g": 0}
        self.rises = 0
        Path("agreements").mkdir()
        Path("agreements/a.yaml").write_text(history.text(), encoding="utf-8")

    def run(self, *words: str, codes: tuple[int, ...] = (0,)) -> str:
        """Run a command as of today, and return what it prints."""
        main: Callable[[list[str]], int | None] = cli.main
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as leaving:
            sys.exit(main([*words, "--as-of", str(self.today)]))
        for stream in (out, err):
            stream.seek(0)
        told = out.read()
        assert int(leaving.value.code or 0) in codes, (words, told, err.read())
        return told

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """Return the rows of a listing, by the keys of their columns."""
        return [row["cells"] for row in json.loads(self.run(*words, "-f", "json", codes=(0, 1)))["rows"]]  # fmt: skip

    @property
    def years(self) -> range:
        """The years that anything can be billed for."""
        return range(self.history.start.year, self.today.year + 3)

    # -------------------------------------------------------------- what the office does
    def invoice(self, *chosen: str) -> None:
        """Make and log all that is offered, year by year, and log what was paid out."""
        for year in self.years:
            found = self.rows("invoice", "--year", str(year))
            ready = [row for row in found if row["state"] == "ready"]
            if ready:
                first = [f"{each}={number + 1}" for each, number in self.numbers.items()]
                words = [part for each in first for part in ("--number", each)]
                before = self.logged()
                self.run(
                    "invoice", "--year", str(year), "--all", *words, "--date", str(self.today),
                    "--record", "-o", "fakturor", *chosen, codes=(0, 1),
                )  # fmt: skip
                assert self.logged() >= before
                self._count()
            for row in found:
                if row["state"] == "to pay" and date.fromisoformat(row["due"]) <= self.today:
                    board = ("--board", row["board"]) if row["board"] else ()
                    who = (
                        "--receiver",
                        self.handle(row["seller"]),
                        "--buyer",
                        self.handle(row["buyer"]),
                    )
                    self.run(
                        "log", "a", "payment", "--period", row["period"], "--amount",
                        str(row["open"]), "--date", str(self.today), *who, *board, "--write",
                    )  # fmt: skip

    def credit(self) -> bool:
        """Credit what is told to be credited, and have repaid what is to be repaid."""
        done = False
        for year in self.years:
            for row in self.rows("invoice", "--year", str(year)):
                if row["state"] not in {"to credit", "to be repaid"}:
                    continue
                done = True
                left = -Fraction(str(row["open"]))
                seller = self.handle(row["seller"])
                if row["state"] == "to be repaid":
                    board = ("--board", row["board"]) if row["board"] else ()
                    self.run(
                        "log", "a", "payment", "--period", row["period"], "--amount", plain(left),
                        "--date", str(self.today), "--receiver", seller, "--buyer",
                        self.handle(row["buyer"]), *board, "--repaid", "--write",
                    )  # fmt: skip
                    return True
                number = row["number"].split(", ")[0]
                self.numbers[seller] += 1
                mine = self.net(number, seller)
                self.run(
                    "invoice", "a", "--credit", number, "--amount", plain(min(left, mine)),
                    "--seller", seller, "--number", str(self.numbers[seller]), "--date",
                    str(self.today), "--record",
                )  # fmt: skip
                return True
        return done

    def handle(self, name: str) -> str:
        """Return the handle of a party."""
        parties = self.history.data["parties"].items()
        return str(next(handle for handle, party in parties if party["name"] == name))

    # -------------------------------------------------------------- what the file has
    def log(self) -> list[Data]:
        """Return the events of money in the log, as any reader of YAML has them."""
        import yaml

        text = Path("agreements/a.yaml").read_text(encoding="utf-8")
        found = yaml.load(text, yaml.BaseLoader).get("log", [])  # noqa: S506 - all are texts
        return [each for each in found if each["event"] in {"invoice", "credit", "payment"}]

    def logged(self) -> int:
        """Return how many events of money there are."""
        return len(self.log())

    def _count(self) -> None:
        for each in self.log():
            if "number" in each:
                seller = each.get("seller", "f")
                self.numbers[seller] = max(self.numbers[seller], int(each["number"]))

    def net(self, number: str, seller: str) -> Fraction:
        """Return what is left of an invoice."""
        found = Fraction(0)
        for each in self.log():
            same = each.get("seller", "f") == seller
            if each["event"] == "invoice" and each["number"] == number and same:
                found += Fraction(each["amount"])
            if each["event"] == "credit" and each["of"] == number and same:
                found -= Fraction(each["amount"]) if "amount" in each else found
        return found

    def billed(self) -> dict[tuple[Payer, int], Fraction]:
        """Add up the log by payer and year, as somebody with a pocket calculator does."""
        sums: dict[tuple[Payer, int], Fraction] = defaultdict(Fraction)
        of: dict[tuple[str, str], tuple[Payer, int]] = {}
        blocks = self.history.data["invoicing"]
        only = {key: blocks[0].get(key, "") for key in ("seller", "buyer", "board")}
        for each in self.log():
            seller = each.get("seller") or each.get("receiver") or only["seller"]
            if each["event"] == "credit":
                sums[of[each["of"], seller]] -= Fraction(each["amount"]) if "amount" in each else sums[of[each["of"], seller]]  # fmt: skip
                continue
            named = "seller" in each or "receiver" in each or "buyer" in each or "board" in each
            board = each.get("board", "" if named else only["board"])
            key = Payer(seller, each.get("buyer", only["buyer"]), board), int(each["period"][:4])
            of[each.get("number", ""), seller] = key
            back = each.get("repaid") == "true"
            sums[key] += -Fraction(each["amount"]) if back else Fraction(each["amount"])
        return {key: amount for key, amount in sums.items() if amount}


def plain(amount: Fraction) -> str:
    """Write kronor and öre."""
    return f"{float(amount):.2f}"


# ------------------------------------------------------------------ what may happen
def _bill(_: Any, office: Office) -> None:  # noqa: ANN401 - nothing is drawn
    office.invoice()


def _raise(draw: Callable[..., Any], office: Office) -> None:
    """Change one row from a day on."""
    history = office.history
    first = max(history.since + timedelta(1), office.today - timedelta(90))
    since = first + timedelta(draw(st.integers(0, 150)))
    now = history.now("economy")
    row = draw(st.sampled_from([each for each in now["contributions"] if each["party"] != "f"]))
    amount = str(draw(st.integers(1_000, 900_000)))
    changed = [each | ({"amount": amount} if each is row else {}) for each in now["contributions"]]
    office.run(
        "amend", "a", "--effective", str(since), "--row", f"{row['item']}={amount}", "--date",
        str(office.today), "--write", codes=(0, 1),
    )  # fmt: skip
    terms = {"economy": now | {"contributions": changed}}
    event = {"event": "amendment", "effective": str(since), "terms": terms}
    history.note({"date": str(office.today), **event})


def _extend(draw: Callable[..., Any], office: Office) -> None:
    """Log that it goes on to a day."""
    history = office.history
    if all(each["event"] != "termination" for each in history.log):
        until = str(history.last(office.today) + timedelta(draw(st.integers(1, 300))))
        event = {"date": str(office.today), "event": "extension", "until": until}
        office.run(
            "log", "a", "extension", "--until", until, "--date", str(office.today), "--write"
        )
        history.note(event)


def _terminate(draw: Callable[..., Any], office: Office) -> None:
    """Log that it ends early."""
    history = office.history
    last = history.last(office.today)
    if all(each["event"] != "termination" for each in history.log) and office.today < last:
        days = draw(st.integers(0, min((last - office.today).days, 200)))
        effective = str(office.today + timedelta(days))
        office.run(
            "log", "a", "termination", "--effective", effective, "--date", str(office.today),
            "--write",
        )  # fmt: skip
        history.note({"date": str(office.today), "event": "termination", "effective": effective})


STEPS = (_bill, _bill, _bill, _raise, _raise, _extend, _terminate)


@st.composite
def agreements(draw: st.DrawFn) -> History:
    """Draw an agreement that can be invoiced, paid out, or both."""
    start = date(2024, 1, 1) + timedelta(draw(st.integers(0, 200)))
    end = start + timedelta(draw(st.integers(100, 500)))
    shares = draw(st.sampled_from(SHARES))
    sellers = draw(st.sampled_from([("f",), ("f", "g")]))
    board = {"board": shares} if len(shares) > 1 else {}
    rows: list[Data] = [
        {"party": "k", "item": f"R{seller}", "amount": str(draw(st.integers(1_000, 900_000))), **board, "receiver": seller}
        for seller in sellers
    ]  # fmt: skip
    names = list(shares) if len(shares) > 1 and draw(st.booleans()) else [""]
    blocks: list[Data] = []
    for seller in sellers:
        for name in names:
            way = {
                "interval": draw(st.sampled_from(WAYS)),
                "timing": draw(st.sampled_from(["advance", "arrears"])),
                "method": draw(st.sampled_from(["invoice", "invoice", "payout"])),
            }
            codes = {
                "reference": "150Z",
                "label": "IOP",
                "recipient": ADDRESS,
                "payment_days": "30",
            }
            named = {"board": name} if name else {}
            blocks.append({"seller": seller, "buyer": "k", **named, **way, **codes})
    parties = {
        "k": {"role": "public", "name": "Ekeby kommun", "org_number": "219900-0122"},
        "f": {"role": "civil", "name": "Ljuset", "org_number": "899900-0121"},
        "g": {"role": "civil", "name": "Huset", "org_number": "899900-0071"},
    }
    rows.append({"party": "f", "item": "own", "amount": "1000"})
    return History(
        {
            "id": "a",
            "title": "A",
            "parties": parties,
            "validity": {"start": str(start), "end": str(end)},
            "economy": {"contributions": rows},
            "invoicing": blocks,
        }
    )


@settings(
    max_examples=6,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a run takes too long for shrinking
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_what_commands_log_is_the_budget(data: st.DataObject) -> None:
    """Invoices, payments, credits and repayments of each payer and year, to the öre."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        office = Office(data.draw(agreements()))
        for _ in range(data.draw(st.integers(1, 5))):
            data.draw(st.sampled_from(STEPS))(data.draw, office)
            office.today += timedelta(data.draw(st.integers(0, 150)))
        office.today = max(office.today, office.history.last(office.today) + timedelta(1))
        for _ in range(12):
            office.invoice("--due-by", "2199-12-31")
            if not office.credit():
                break

        owed = office.history.owed(office.today).kronor
        assert office.billed() == {key: amount for key, amount in owed.items() if amount}
        ledger = office.rows("ledger", "a")
        assert {str(row["open"]) for row in ledger} <= {"0"}
