"""What is asked for a new agreement, and how parties are known again."""

from __future__ import annotations

from iopctl.cli.asking import names
from iopctl.drafting.precedents import Precedent, PrecedentValue, invoicing_for
from iopctl.drafting.skeleton import Answers


def test_a_party_is_known_by_its_short_name() -> None:
    """In capitals or not; who is not known keeps the name that was given."""
    known = {
        "Linköpings kommun": {"role": "public"},
        "Internationella Kvinnoföreningen": {"role": "civil", "short_name": "IKF"},
    }
    given = names(Answers("x", "X", "linköpings kommun", ("ikf", "Bilda")), known)

    assert given.public == "Linköpings kommun"
    assert given.civil == ("Internationella Kvinnoföreningen", "Bilda")


def test_nobody_is_no_party_without_a_short_name() -> None:
    """Who is yet to be asked for is not taken for the first that there is."""
    given = names(Answers("x", "X", "", ()), {"Linköpings kommun": {"role": "public"}})

    assert given.public == ""


def block(**told: str) -> Precedent:
    """Return what an agreement says of invoices to the municipality."""
    party = {"name": "Ekeby kommun", "org_number": "219900-0007"}
    told = {"buyer": "kommunen", **told}
    return Precedent(
        told.pop("id", "a-2024"), {"kommunen": party}, (told,), frozenset(), frozenset()
    )


def test_what_all_of_a_buyers_agreements_say_is_said_of_the_next() -> None:
    """What they differ in is for each to say; how often is proposed, since it is agreed on."""
    others = [
        block(reference="150Z", interval="yearly", payment_days="30"),
        block(id="b-2025", reference="150Z", interval="yearly", payment_days="20"),
    ]

    assert invoicing_for(others, "219900-0007") == {
        "reference": PrecedentValue("150Z", "a-2024"),
        "interval": PrecedentValue("yearly", "a-2024", is_proposal=True),
    }
    assert invoicing_for(others, "Annan kommun") == {}
