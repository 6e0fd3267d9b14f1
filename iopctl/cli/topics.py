"""What `iopctl help TOPIC` tells: what commands have in common, on a screen each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from iopctl.language import current, marked, tr
from iopctl.output.measure import INDENT, padded, width, wrapped
from iopctl.output.terminal import Screen, bold, encodable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDEST: Final = 80
ROOM: Final = 36
"""So many cells beside what is to be typed are enough for what it means."""
Rows: TypeAlias = "tuple[tuple[str, str], ...]"
"""What is written, the same in every language, and what it means."""


class Topic(NamedTuple):
    """A thing that several commands have in common: paragraphs, and rows of words explained.

    What the model has most of is *written* as what gives it: the model is loaded when it is read.
    """

    name: str
    title: str
    written: tuple[str | Rows | Callable[[], Rows], ...]

    @property
    def parts(self) -> tuple[str | Rows, ...]:
        """Its paragraphs and rows, in their order."""
        return tuple(part() if callable(part) else part for part in self.written)


def event_kinds() -> Rows:
    """Return the kinds of event that the log may have, by what they are about."""
    from iopctl.model import log

    ends = log.Extended | log.OptionDeclined | log.Termination
    sorts = (
        (log.FollowUpEvent, marked("what the follow-up asks for")),
        (log.Decision, marked("who decided what")),
        (log.MoneyEvent, marked("money asked for, taken back, paid out")),
        (ends, marked("when it ends; iopctl extend takes the next option")),
        (log.Amendment, marked("new terms from a day; iopctl amend writes them")),
    )
    return tuple((", ".join(log.words_of(sort)), told) for sort, told in sorts)


def index_kinds() -> Rows:
    """Return an example of each kind of index that the model has, and what it is."""
    from iopctl.model.index import INDEXES
    from iopctl.model.swedish import BLOCKS

    rows = []
    for each in INDEXES:
        english = (each.__doc__ or "").partition("\n")[0].replace("`", "")
        told = BLOCKS[each].description if current() == "sv" else english
        rows.append((f"index: {each.example}", told[0].lower() + told[1:].removesuffix(".")))
    unknown = marked("the agreement does not say how: years after the base year are unknown")
    return (*rows, ("index: unspecified", unknown))


TOPICS: Final = (
    Topic(
        marked("agreements"),
        marked("Which agreements a command is about"),
        (
            marked(
                "Without a name, a command is about all agreements in the folder agreements, from"
                " wherever in the repository it is run."
            ),
            (
                ("stadsmissionen-2024", marked("one, by its id")),
                ("stads", marked("the same, by a part of its id that no other has")),
                ("agreements/ikf-2023.yaml", marked("one, by its file")),
                ("agreements/*-2020.yaml", marked("all that the wildcard fits")),
                ("-C FOLDER", marked("as if the command had been run in that folder")),
            ),
            marked(
                "Drafts (status: draft) are left out of all sums unless they are named; --drafts"
                " has them in list, status and due. --board, --area and --state choose by what the"
                " agreements say."
            ),
        ),
    ),
    Topic(
        marked("format"),
        marked("How an agreement file is written"),
        (
            marked(
                "A file in YAML for each agreement, called as its id. Only id, title, parties and"
                " economy must be there; what the agreement does not say is left out, and is"
                " unknown. Each thing has one spelling: check says what else is to be written, and"
                " check --fix writes it. A key that begins with x- is your own."
            ),
            (
                ("parties", marked("who they are, with role, name and number")),
                ("validity", marked("first and last day, notice, extensions")),
                ("economy", marked("what each puts in: a row for each thing")),
                ("invoicing", marked("who invoices whom, when, with which codes")),
                ("follow_up, volume", marked("meetings, reports, undertakings, targets")),
                ("legal", marked("what was judged before the decision")),
                ("exceptions", marked("what the parties stand by, with a reason")),
                ("log", marked("what has happened, oldest first")),
            ),
            marked(
                "iopctl new begins a file, iopctl import reads it out of a document, and iopctl"
                " schema has the keys for an editor."
            ),
        ),
    ),
    Topic(
        marked("dates"),
        marked("Days, periods and lengths"),
        (
            marked("Every day counts: the first and the last day of a period are both in it."),
            (
                ("2024-01-31", marked("a day, from 1990 to 2199")),
                (
                    "2024-01, 2024",
                    marked(
                        "known to the month or year: as a start its first day, as an end its last"
                    ),
                ),
                ("03-31", marked("that day of every year")),
                ("2024-H1, 2024-T1, 2024-Q1", marked("half a year, four months, a quarter")),
                ("2020-01-01/2022-12-31", marked("from day to day")),
                ("end: open", marked("until further notice")),
            ),
            marked(
                "A length ends on the day before the day with the same number, as the law has it"
                " (1930:173): a year from 1 January ends on 31 December. Notice is counted back"
                " from the end in the same way. --as-of DAY looks from another day than today."
            ),
        ),
    ),
    Topic(
        marked("money"),
        marked("How amounts are computed"),
        (
            marked(
                "A row says what it is worth in one way: amount a year, total for the whole time,"
                " by_year, hours or units times a price, or the remainder of a stated sum. A row"
                " without any is unknown; it is never 0, and a sum with it says ≥."
            ),
            marked(
                "A year's amount is for twelve months; of a part of a year whole months count as"
                " they are, and a broken one by its days. What is computed is rounded once, for"
                " each row and year, to whole kronor unless the file says otherwise; sums are sums"
                " of what is shown."
            ),
            marked(
                "Years of extensions that are not taken are options: --options shows them, and"
                " they are never summed with decided ones. --trail shows every step."
            ),
        ),
    ),
    Topic(
        marked("index"),
        marked("How amounts are raised"),
        (
            marked(
                "Amounts are in the prices of base_year, and raised on 1 January of each year after"
                " it. by_year, total and indexed: false are never raised."
            ),
            index_kinds,
            marked(
                "A value that is not published yet makes its year unknown, and every sum with it."
                " budget --what-if-index 3.5 shows what a raise would give."
            ),
        ),
    ),
    Topic(
        marked("share"),
        marked("Who carries how much"),
        (
            marked(
                "The public side's share of a year is public ÷ (public + civil), over all rows, in"
                " money or not; other funders count on neither side. It is compared with"
                " [benchmark] in iopctl.toml, 50 ± 10 % unless that says otherwise, and is unknown"
                " while a row of either side is."
            ),
        ),
    ),
    Topic(
        marked("invoicing"),
        marked("From an agreement to an invoice"),
        (
            (
                (
                    "iopctl invoice --year 2024",
                    marked("what is to be invoiced, and what each lacks"),
                ),
                (
                    "iopctl invoice ID --year 2024",
                    marked("one invoice, as text, with how it was computed"),
                ),
                (
                    "--format pdf,peppol --output FOLDER",
                    marked("files: a page to read, an e-invoice to send"),
                ),
                (
                    "--number 1004 --date 2024-12-02",
                    marked("its number and day, which are never guessed"),
                ),
                (
                    "--record",
                    marked("write it in the log, so that its days are not invoiced again"),
                ),
                ("--credit 1004", marked("a credit note, of all of it or --amount")),
            ),
            marked(
                "What is invoiced stands: days in the log are closed, and what the budget later"
                " says otherwise of them is told as a difference, to invoice more or to credit."
                " Nothing is sent: an e-invoice travels by an access point to Peppol."
            ),
        ),
    ),
    Topic(
        marked("events"),
        marked("What has happened: the log"),
        (
            marked(
                "iopctl log ID EVENT writes an event where its date belongs, shows it first, and"
                " makes it with --write. Nothing above the log is rewritten, so that the file still"
                " shows what was agreed."
            ),
            event_kinds,
        ),
    ),
    Topic(
        marked("papers"),
        marked("What committees are given"),
        (
            (
                ("iopctl report overview", marked("all partnerships of a committee in a year")),
                ("iopctl report memo ID", marked("one, for information")),
                ("iopctl report decision ID", marked("a proposal to extend, renew or end")),
                ("iopctl report annual ID", marked("what a year came to, by the non-profit")),
                ("iopctl report agreement ID", marked("the agreement itself")),
                ("iopctl report dashboard", marked("all of it on a page for the browser")),
            ),
            marked(
                "-o FILE writes .docx, .odt, .pdf, .html or .md. What no agreement holds is written"
                " in texts/, and --texts begins such a file; texts/common.md has what several"
                " papers say alike. Templates of your own lie in templates/, styles in the document"
                " that --reference-doc names."
            ),
        ),
    ),
    Topic(
        marked("configuration"),
        marked("What holds for all agreements: iopctl.toml"),
        (
            marked(
                "The file nearest to the agreements counts; every key may be left out. In a"
                " pyproject.toml the same stands under [tool.iopctl]."
            ),
            (
                ("folder", marked("where the agreements are")),
                ("language", marked("sv or en")),
                ("report_due", marked("when reports on the year before are due")),
                ("[benchmark]", marked("the share that is aimed at, and how near is near")),
                ("[lead]", marked("how long ahead an end is told")),
                ("[index.NAME]", marked("a series of values by year")),
                ("sek_per_eur", marked("the rate by which de minimis aid is summed")),
                ("[buyers.NAME]", marked("the form of a buyer's references")),
                (
                    "[severity], select, ignore",
                    marked("how rules are weighed, and which are shown"),
                ),
            ),
        ),
    ),
    Topic(
        marked("language"),
        marked("Swedish and English"),
        (
            marked(
                "Texts are in the language of --lang, else of the variable IOPCTL_LANG, else of"
                " language in iopctl.toml, else of the system. Keys, words in files, rules' names"
                " and what programs read (json, csv columns) are the same in both. Invoices and"
                " papers are Swedish."
            ),
        ),
    ),
    Topic(
        marked("git"),
        marked("Versions, branches and reviews"),
        (
            marked("Nothing but diff and check --changed-since needs git."),
            (
                ("iopctl diff", marked("what has changed since the last commit, in kronor")),
                ("iopctl diff main", marked("what a branch changes, from where it left main")),
                ("iopctl diff v2024 v2025", marked("from one version to another")),
                (
                    "iopctl check --changed-since main",
                    marked("findings in the files that a branch changes"),
                ),
                ("git restore FILE", marked("take a change back that is not committed")),
            ),
        ),
    ),
    Topic(
        marked("editor"),
        marked("While you type"),
        (
            marked(
                "iopctl lsp is started by an editor (VS Code, Neovim, Helix, Emacs, Zed, PyCharm),"
                " and tells what check tells, with what the figures come to. How each is set up"
                " stands in editors/README.md of the repository that iopctl comes from."
            ),
        ),
    ),
    Topic(
        marked("extras"),
        marked("What is installed when it is needed"),
        (
            marked("A command that lacks a library names the command that installs it."),
            (
                ("import", marked("PDF and Word documents read")),
                ("calendar", marked("due --ics")),
                ("editor", marked("iopctl lsp")),
                ("pdf", marked("invoices as PDF")),
                ("reports", marked("papers in Word, OpenDocument and PDF")),
                ("pictures", marked("pictures in papers and the dashboard")),
                ("export, parquet", marked("Excel workbooks, files for databases")),
                ("all", marked("all of them")),
            ),
        ),
    ),
    Topic(
        marked("exit-codes"),
        marked("What a command leaves with"),
        (
            (
                ("0", marked("all is well")),
                (
                    "1",
                    marked(
                        "findings, a file that can't be read, or what the agreements speak against"
                    ),
                ),
                ("2", marked("wrong use, configuration or surroundings")),
                ("70", marked("a bug in iopctl: report it, with what --debug shows")),
                ("130", marked("stopped by Ctrl+C")),
            ),
            marked("check --strict lets warnings fail, too."),
        ),
    ),
)


def topic_called(word: str) -> Topic | None:
    """Return the topic of that name, in English or in the language that is used."""
    wanted = word.casefold()
    return next((each for each in TOPICS if wanted in {each.name, tr(each.name)}), None)


def text(topic: Topic, screen: Screen) -> str:
    """Write a topic, wrapped to the screen."""
    cells = min(screen.width, WIDEST)
    parts = [
        "\n".join(_flush(tr(part), cells) if isinstance(part, str) else _listed(part, cells))
        for part in topic.parts
    ]
    head = bold(f"{tr(topic.name)}: {tr(topic.title)}", screen)
    return encodable("\n\n".join([head, *parts]) + "\n", screen.encoding)


def _flush(paragraph: str, cells: int) -> list[str]:
    return [line.removeprefix(INDENT) for line in wrapped(paragraph, cells)]


def _listed(rows: Rows, cells: int) -> Iterator[str]:
    """Yield rows: what is written and what it means, beside each other where there is room."""
    column = max(width(written) for written, _ in rows)
    beside = cells - column >= ROOM
    for written, meaning in rows:
        indent = f"{INDENT}{'':{column}}{INDENT}" if beside else INDENT * 3
        lines = _flush(tr(meaning), cells - len(indent))
        if beside:
            yield f"{INDENT}{padded(written, column)}{INDENT}{lines[0]}"
        else:
            yield f"{INDENT}{written}"
            yield f"{indent}{lines[0]}"
        yield from (f"{indent}{line}" for line in lines[1:])
