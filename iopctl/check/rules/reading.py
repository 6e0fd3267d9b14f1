"""What keeps a file from being read as YAML, or a rule from being applied to it: series 00x."""

from iopctl.check.rules.rule import told

RULES = (
    told(
        "IOP001",
        "not-readable",
        """The file can't be opened, or is no regular file.

        A folder, a pipe or a device can bear a file's name, and a link may lead nowhere. Links
        are not followed inside a folder of agreements, lest a change bring in what lies outside
        it. See that the name leads to a file, and that you may read it.

        Source: the format of agreement files.
        """,
    ),
    told(
        "IOP002",
        "not-utf8",
        """The file is not encoded as UTF-8.

        Read in another encoding, å, ä and ö become other letters without a warning, in names
        and on invoices. The message names the first byte that is wrong, and what it would be in
        Windows-1252, which older programs write. Save the file with the encoding UTF-8.

        Source: YAML 1.2.2, section 5.2, of whose encodings agreements have one.
        """,
    ),
    told(
        "IOP003",
        "forbidden-character",
        r"""The file has a character that nobody can see.

        A control character, one without width, or one that reverses the direction of writing
        makes a file look like something that it does not say, and two names look the same that
        are not. They come with text copied from PDF files and web pages. Delete the character;
        the message says which it is.

        Source: Unicode Technical Report 36, on what deceives the eye.

        Bad:

            title: "IOP\u200bExemplet"  # expect: IOP003

        Good:

            title: IOP Exemplet
        """,
    ),
    told(
        "IOP004",
        "yaml-syntax",
        """The text breaks the rules of YAML.

        Often a text holds a colon and a blank, or begins with a sign that means something in
        YAML: put the whole text in quotes. A merge conflict of git and a tab in an indentation
        are told here, too. Whatever else is wrong with the file may show up only afterwards.

        Source: YAML 1.2.2.

        Bad:

            title: IOP: Exemplet  # expect: IOP004

        Good:

            title: "IOP: Exemplet"
        """,
    ),
    told(
        "IOP005",
        "yaml-feature",
        """The file uses a part of YAML that agreements do without.

        Anchors, aliases, merge keys, tags, directives and second documents save writing, and
        cost the next reader a search. An agreement says each thing where it belongs. Write the
        value out, or put quotes around a text that begins with one of these signs.

        Source: the format of agreement files.

        Bad:

            area: &area Arbetsmarknad  # expect: IOP005

        Good:

            area: Arbetsmarknad
        """,
    ),
    told(
        "IOP006",
        "duplicate-key",
        """A key is written twice in the same place.

        Most readers of YAML let the last one win in silence, so that one of two amounts would
        be lost. Keep one of them, or join what stands under both.

        Source: YAML 1.2.2, section 3.2.1.1: the keys of a mapping are unique.

        Bad:

            area: Arbetsmarknad
            area: Integration  # expect: IOP006

        Good:

            area: Arbetsmarknad
            tags: [Integration]
        """,
    ),
    told(
        "IOP007",
        "too-large",
        """The file, a text in it or its nesting is beyond all agreements.

        An agreement has a few thousand characters. What has a million, or twenty lists within
        each other, is another file, or a text that lacks its quotes; and reading it could take
        very long.

        Source: the format of agreement files.

        Bad:

            notes: [[[[[[[[[[[[[[[[[[[[[Bilagor]]]]]]]]]]]]]]]]]]]]]  # expect: IOP007

        Good:

            notes: "[Bilagor]"
        """,
    ),
    told(
        "IOP008",
        "not-a-mapping",
        """The file is empty, or no list of keys with their values.

        A file in the folder of agreements is one agreement: lines of the form `key: value`.
        Write the agreement in it, or put the file elsewhere; `iopctl new` makes a first draft.

        Source: the format of agreement files.

        Bad:

            # the whole file:
            - IOP Exemplet  # expect: IOP008

        Good:

            title: IOP Exemplet
        """,
    ),
    told(
        "IOP009",
        "rule-failed",
        """A rule failed on the file: a bug in iopctl, not in the agreement.

        All other rules were applied, and so was this one to all other files; what it would have
        found in this file is not known. The message says which rule it was and where it stopped.
        Please report it with the file, or with as much of it as you may show.

        Source: iopctl itself, which tells its own faults rather than end a check with them.
        """,
    ),
)
