"""Papers from Jinja templates: ours, or a user's of the same name; what is filled in is no code."""

from __future__ import annotations

import re
from collections.abc import Sized
from functools import cache
from pathlib import Path, PurePosixPath
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from iopctl import bounds, files
from iopctl.case.marking import in_words
from iopctl.characters import forbidden, named
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.localised import in_full, in_kronor
from iopctl.output.markdown import escaped
from iopctl.output.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from jinja2.sandbox import ImmutableSandboxedEnvironment

# In a wheel our templates lie in the package, in a checkout beside it.
_HERE: Final = Path(__file__).parents[1]
_OURS: Final = (f"{_HERE}/_templates", f"{_HERE.parent}/templates")
Given = TypeVar("Given")
Result = TypeVar("Result")

MOST_CHARACTERS: Final = 16 * 1024 * 1024
MOST_BITS: Final = 4096
# What an operation or a filter raises that is given the wrong thing.
_WRONG: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
_LINE_BREAK: Final = re.compile(r"[ \t]*\r?\n\s*")


class BarredFolder(str):
    """A folder whose templates may not be used: one that would be is refused."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BarredFolder) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash((BarredFolder, str(self)))


def document(name: str, folders: Sequence[str], values: Mapping[str, object]) -> str:
    """Fill the template *name* with *values*; one in a user's *folders* goes before our own.

    What is filled in is escaped for the format that the name ends with: html as HTML, md as
    Markdown, txt by leaving out what a terminal would act on. A template reaches its values alone.
    Where it is a user's, this is for `apart` to call.

    Raises:
        UserError: there is no such template, or something is wrong in it; it names the line.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    environment = _environment(PurePosixPath(name).suffix, tuple(folders))
    try:
        parts = environment.get_template(name).generate(values)
        return _bounded(cast("Generator[str]", parts))
    except TemplateNotFound as error:
        raise UserError(tr("there is no template {name}", name=error.name)) from None
    except TemplateSyntaxError as error:
        raise UserError(
            tr(
                "template {filename}:{lineno}: {message}",
                filename=error.filename,
                lineno=error.lineno,
                message=error.message,
            )
        ) from None
    except (TemplateError, *_WRONG) as error:
        raise UserError(
            tr(
                "template {place}: {error}",
                place=_place(error, name),
                error=str(error) or repr(error),
            )
        ) from None
    except RecursionError as error:
        raise UserError(
            tr("template {place}: it includes itself", place=_place(error, name))
        ) from None
    except MemoryError as error:
        raise UserError(
            tr("template {place}: it asks for too much memory", place=_place(error, name))
        ) from None
    except TimeoutError as error:
        late = tr("it takes more than {seconds} seconds", seconds=bounds.MOST_SECONDS)
        raise UserError(
            tr("template {place}: {late}", place=_place(error, name), late=late)
        ) from None


def apart(
    work: Callable[[Given], Result], given: Given, name: str, folders: Sequence[str]
) -> Result:
    """Fill in templates by *work*: within bounds where a user's own may have a part in them.

    Ours are filled in here, since they take no longer than what they are given is long.

    Raises:
        UserError: the template *name* asks for too much time or memory, or is wrong.
    """
    if any(files.is_folder(folder) and folder not in _OURS for folder in folders):
        return bounds.done(work, given, tr("template {name}", name=name))
    return work(given)


def _bounded(parts: Generator[str]) -> str:
    """Join the parts of a document; where it grows too long, its template's line is to blame."""
    written, room = [], MOST_CHARACTERS
    for part in parts:
        written.append(part)
        room -= len(part)
        if room < 0:
            parts.throw(
                ValueError(tr("it writes more than {number} characters", number=MOST_CHARACTERS))
            )
    return "".join(written)


def source(name: str, folders: Sequence[str]) -> tuple[str, str] | None:
    """Return the text of the template *name* and its path; None where no folder has it.

    Raises:
        UserError: it is there and can't be read, or has what nobody can see in it.
    """
    if ".." in PurePosixPath(name).parts or name.startswith("/") or "\\" in name:
        return None
    for folder in folders:
        path = f"{folder}/{name}"
        if (text := files.text(path, within=folder)) is not None:
            if isinstance(folder, BarredFolder):
                raise UserError(
                    tr(
                        "{path} is the repository's own, and in CI it may be a stranger's: add "
                        "--own-templates if who can change it is trusted",
                        path=path,
                    )
                )
            _refuse_unseen(text, path)
            return text, path
    for path in (f"{folder}/{name}" for folder in _OURS):
        if (text := files.ours(path)) is not None:
            return text, path
    return None


def _refuse_unseen(text: str, path: str) -> None:
    for offset in forbidden(text):
        line = text.count("\n", 0, offset) + 1
        what = tr("{character} can't be seen: take it away", character=named(text[offset]))
        raise UserError(tr("template {path}:{line}: {what}", path=path, line=line, what=what))


@cache  # with the templates that it has read: a run fills one in a thousand times
def _environment(form: str, folders: tuple[str, ...]) -> ImmutableSandboxedEnvironment:
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def load(wanted: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = source(wanted, folders)
        return (*found, lambda: source(wanted, folders) == found) if found else None

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=form in {".html", ".md"},  # which lets what a macro has escaped be
        finalize=_FILLED_IN.get(form),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.intercepted_binops = frozenset({"*", "**"})
    environment.binop_table.update({"*": _product, "**": _power})
    environment.filters.update(kronor=in_kronor, in_full=in_full, in_words=in_words)
    return environment


# These can say in which line; all else that asks for too much ends with its process.
def _product(left: Any, right: Any) -> Any:  # noqa: ANN401 - whatever a template multiplies
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Sized) and isinstance(other, int) and len(one) * other > MOST_CHARACTERS:
            raise ValueError(
                tr("it asks for more than {number} characters", number=MOST_CHARACTERS)
            )
    return left * right


def _power(left: Any, right: Any) -> Any:  # noqa: ANN401 - likewise
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * right > MOST_BITS:
        raise ValueError(tr("it asks for a number of more than {number} bits", number=MOST_BITS))
    return left**right


def _in_markdown(value: object) -> object:
    """Escape text for Markdown, its lines as one, but for what is marked as Markdown already."""
    from markupsafe import Markup

    if hasattr(value, "__html__"):
        return value
    return Markup(escaped(_LINE_BREAK.sub(" ", str(value))))  # noqa: S704 - it is escaped here


def _in_text(value: object) -> str:
    return "\n".join(map(printable, str(value).split("\n")))


_FILLED_IN: Final[Mapping[str, Callable[[object], object]]] = {
    ".md": _in_markdown,
    ".txt": _in_text,
}


def _place(error: BaseException, name: str) -> str:
    """Return the template and the line that *error* was raised in, the innermost one."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    own = [f"{path}:{line}" for path, line in frames if not path.endswith((".py", ">"))]
    return own[-1] if own else name
