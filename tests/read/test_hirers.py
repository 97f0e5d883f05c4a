"""Issue 3: which house hires, by what stands around its name (`read/hirers`), and who is called by one name and takes part (`read/lone`)."""

from __future__ import annotations

import pytest

from agent.core.read import employers, hirers
from agent.core.read.lone import lone_names
from tests.read.mail import reading


@pytest.mark.parametrize(
    ("run", "house"),
    [
        ("Joost Bakker of Van Houtum Logistics", "Van Houtum Logistics"),
        ("Finance Director of Polderzicht Dairy", "Polderzicht Dairy"),
        ("Calder Freight for Tuesday", "Calder Freight"),
        ("University of Marchester", "University of Marchester"),
    ],
)
def test_the_house_of_a_run_is_what_its_bearer_works_for(run: str, house: str) -> None:
    assert employers.named_in(run) == house


@pytest.mark.parametrize(
    ("name", "title"),
    [("Aquarist II", True), ("Sous Chef", True), ("Juniper & Stone Jewellers", False), ("Oak Ltd", False)],
)
def test_a_title_is_no_house_and_a_house_of_many_who_do_it_is_no_title(name: str, title: bool) -> None:
    assert employers.no_name_of_a_house(name) is title


def test_an_agency_is_believed_sooner_than_a_person_at_home() -> None:
    """P6: a house that is named wrongly brings the right words to the wrong job."""
    agency, person = hirers.Writer("agency", False, ()), hirers.Writer("person", True, ("we",))
    assert employers.least_for(agency) < employers.least_for(person)


def test_a_house_of_the_owners_past_does_not_hire() -> None:
    text = "Dear Ann, thank you for coming. Your time at Halden Freight impressed us all. We shall write next week.\n\nColin"
    one = reading(text, sender="Colin Ash <colin@brantwick.example>", subject="Transport Planner")
    assert "Halden Freight" not in [house.name for house in one.organisations[:1]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I can't make Wednesday, so Declan steps in for me.", ["Declan"]),
        ("Friday at 2, me + Lou under the arches.", ["Lou"]),
        ("Mikko and Pekka do the interview.", ["Mikko", "Pekka"]),
        ("It is Elif you will speak to, not me.", ["Elif"]),
        ("Please do the interview form first.", []),
        ("Reception will call you a taxi.", []),
    ],
)
def test_one_name_takes_part_where_the_sentence_says_so(text: str, names: list[str]) -> None:
    """P10: the thanks name whoever sat there."""
    assert lone_names(text) == names


@pytest.mark.parametrize(
    ("sender", "shown"),
    [
        ("Nature Museum <postur@natturusafnid.example>", True),
        ("Thorn Studio <marguerite@indigoandthorn.example>", False),
    ],
)
def test_an_office_is_called_by_its_house_unless_the_domain_spells_a_part(sender: str, shown: bool) -> None:
    """Issue 3, item 6: the display name is one source, and what a domain spells is the better one."""
    name = sender.partition(" <")[0]
    one = reading(
        "Thank you for your application as Tester. We shall write next week.", sender=sender, subject="Your application"
    )
    assert (name in [house.name for house in one.organisations if house.evidence.where == "display name"]) is shown
