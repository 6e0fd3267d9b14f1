"""Papers from Jinja templates: ours, or a user's of the same name; what is filled in is no code."""

from __future__ import annotations

import re
import signal
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePosixPath
from traceback import walk_tb
from typing import TYPE_CHECKING, Final

from iopctl import files
from iopctl.errors import UserError
from iopctl.invoicing.derivation import swedish
from iopctl.invoicing.marking import in_full, in_words
from iopctl.render.markdown import escaped
from iopctl.render.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2.sandbox import ImmutableSandboxedEnvironment

# In a wheel our templates lie in the package, in a checkout beside it.
_HERE: Final = Path(__file__).parents[1]
_OURS: Final = (f"{_HERE}/_templates", f"{_HERE.parent}/templates")
MOST_SECONDS: Final = 10
_LINE_BREAK: Final = re.compile(r"[ \t]*\r?\n\s*")


def document(name: str, folders: Sequence[str], values: Mapping[str, object]) -> str:
    """Fill the template *name* with *values*; one in a user's *folders* goes before our own.

    What is filled in is escaped for the format that the name ends with: html as HTML, md as
    Markdown, txt by leaving out what a terminal would act on. A template reaches its values alone.

    Raises:
        UserError: there is no such template, or something is wrong in it; it names the line.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    environment = _environment(PurePosixPath(name).suffix, tuple(folders))
    try:
        with _in_time():
            return environment.get_template(name).render(values)
    except TemplateNotFound as error:
        raise UserError(f"there is no template {error.name}") from None
    except TemplateSyntaxError as error:
        raise UserError(f"template {error.filename}:{error.lineno}: {error.message}") from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise UserError(f"template {_place(error, name)}: {error}") from None
    except RecursionError as error:
        raise UserError(f"template {_place(error, name)}: it includes itself") from None
    except MemoryError as error:
        raise UserError(f"template {_place(error, name)}: it asks for too much memory") from None
    except TimeoutError as error:
        late = f"it takes more than {MOST_SECONDS} seconds"
        raise UserError(f"template {_place(error, name)}: {late}") from None


@contextmanager
def _in_time() -> Iterator[None]:
    """Let a template that does not end raise TimeoutError, where the system has such alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def source(name: str, folders: Sequence[str]) -> tuple[str, str] | None:
    """Return the text of the template *name* and its path; None where no folder has it.

    Raises:
        UserError: it is there and can't be read.
    """
    if ".." in PurePosixPath(name).parts or name.startswith("/") or "\\" in name:
        return None
    for folder in (*folders, *_OURS):
        path = f"{folder}/{name}"
        if (text := files.text(path)) is not None:
            return text, path
    return None


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
    environment.filters.update(kronor=swedish, in_full=in_full, in_words=in_words)
    return environment


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
    own = [f"{path}:{line}" for path, line in frames if not path.endswith(".py")]
    return own[-1] if own else name
