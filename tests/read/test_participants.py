"""Who takes part in a conversation, and who is only named beside it (P6, P10, issue 3: people and contacts)."""

from __future__ import annotations

import pytest

from agent.core.read.people import parse_name
from tests.read.mail import reading

INVITED = "Dear Ann,\n\nwe would like to interview you for the post of Tester on Tuesday 10 March at 10:00."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It'd be me and our Neil who runs the shop floor.", ["Neil"]),
        ("Me and my dad Pat will sit down with you.", ["Pat"]),
        ("My brother Nuno will be also, he does the accounts.", ["Nuno"]),
        ("Joost (publisher, tall, will ask about footnotes) and me.", ["Joost"]),
        ("With me is Maeve from our clinical side.", ["Maeve"]),
        ("On the call: Imogen Sayle, who is our registrar.", ["Imogen Sayle"]),
        ("You will be received by Ms. Marguerite D'Cunha, Banqueting.", ["Marguerite D'Cunha"]),
        ("You'd have Dana Whitlock, our principal, and Moe Farr, who heads up welfare.", ["Dana Whitlock", "Moe Farr"]),
        ("You'll be seeing Ruth Dent, who is one of the partners.", ["Ruth Dent"]),
        ("Production manager Jarmo Salo and I want to meet you here at the mill.", ["Jarmo Salo"]),
        ("Their head of credit, Ezio Moro, called me back. He can see you at the headquarters.", ["Ezio Moro"]),
        ("At the gate ask for Folake Bello, the plant manager, she is the one interviewing.", ["Folake Bello"]),
        ("I read your letter out to Brent Aldous, our head of year. We'd both like to meet you.", ["Brent Aldous"]),
        ("They propose the yard: Simone again, plus Paolo Ricci, their head of research.", ["Simone", "Paolo Ricci"]),
        ("You will be seen by Mark Attwell, the store director, in our store, Castle Parade.", ["Mark Attwell"]),
        ("Their lab director Sudhir Kamat will take the round himself.", ["Sudhir Kamat"]),
        ("You will meet Mary Tower and John Parade.", ["Mary Tower", "John Parade"]),
        ("We meet in Room 4, Tom Hale will be there.", ["Tom Hale"]),
        ("Their Mr Sibanda sees you on the day.", ["Sibanda"]),
        ("So Mrs. Ada Olsen receives you.", ["Ada Olsen"]),
        ("Ask for Maria Lopez at the desk, who will see you to the room. You will meet Tom Hale.", ["Tom Hale"]),
        ("You meet Tove Holm at our head office, Plot 18, Wuse Extension, Abuja.", ["Tove Holm"]),
        ("Ezio Moro has his agenda back. For the interview he proposes that same Tuesday.", ["Ezio Moro"]),
    ],
)
def test_people_who_will_meet_the_owner_are_found(text: str, names: list[str]) -> None:
    """P10: whom to thank, by way of the main contact where they have no address."""
    assert [p.name for p in reading(f"{INVITED} {text}\n\nBo").people] == names


@pytest.mark.parametrize(
    "text",
    [
        "Our office is on Nuns' Lane, Galway (over the pharmacy).",
        "We can do 10:30 AM. Let me know what works for you and we'll meet then.",
        "The panel would like to meet you! They're looking forward to it. You'd best bring boots.",
        "The panel can meet you in Building C, Airport Free Zone.",
        "Your interview with Falcon Gate Handling, Abu Dhabi, is confirmed.",
    ],
)
def test_places_and_verbs_are_nobody(text: str) -> None:
    """P6: never a wrong name."""
    assert reading(f"{INVITED} {text}\n\nBo").people == ()


@pytest.mark.parametrize(
    "text",
    [
        "My assistant Ida Berg will then make the calendar entry, I am not to be trusted with it.",
        "Our secretary Ida Berg will find a room for us.",
        "Ida Berg'll organise the parking.",
        "Ida Berg will also put it in the diary.",
    ],
)
def test_who_only_arranges_the_talk_does_not_sit_in_it(text: str) -> None:
    """P10: nobody is thanked for a talk in which they were not."""
    assert reading(f"{INVITED} {text}\n\nBo").people == ()


def test_an_assistant_who_sits_in_takes_part() -> None:
    (one,) = reading(f"{INVITED} My assistant Ida Berg will sit in and take notes.\n\nBo").people
    assert one.name == "Ida Berg"


def test_whoever_bears_the_name_of_the_house_is_a_person_still() -> None:
    """P10: the managing director of Hark Drives may be called Hark."""
    text = f"{INVITED} Matthias Krog and our managing director, Hinrich Hark, hold the interview together."
    one = reading(
        f"{text}\n\nSilke\n\n--\nSilke Sand\nHark Drives GmbH", sender="Silke Sand <s.sand@harkdrives.example>"
    )
    assert [p.name for p in one.people] == ["Matthias Krog", "Hinrich Hark"]


@pytest.mark.parametrize("greeting", ["Estimada Ann", "Ay Ann", "G'day Ann"])
def test_the_owner_is_not_met_by_herself(greeting: str) -> None:
    """P6: a greeting in another tongue makes no second person of the owner."""
    text = f"{greeting}, this is the meeting with Iris Mora, our manager, on Tuesday 10 March at 10:00."
    assert [p.name for p in reading(f"{text}\n\nBo").people] == ["Iris Mora"]


@pytest.mark.parametrize(
    ("copied", "text"),
    [
        ("William Booth", "You will meet Carla Jones and Petra Holm. Will you be with us in person?"),
        ("Andrew Field", "You will meet Carla Jones and Petra Holm."),
        ("Marcus Webb", "You will meet Carla Jones and Petra Holm, with the team, on Tuesday, Mar 10 at 10:00."),
        ("Candice Ray", "You will meet Carla Jones and Petra Holm; you can see them all."),
    ],
)
def test_a_word_that_is_also_a_short_name_brings_nobody_in(copied: str, text: str) -> None:
    """P6, P10: whoever is only in copy is not thanked for a talk."""
    headers = {"Cc": f"{copied} <somebody@firm.example>"}
    assert [p.name for p in reading(f"{INVITED} {text}\n\nBo", headers=headers).people] == ["Carla Jones", "Petra Holm"]


def test_a_given_name_that_greets_elsewhere_is_a_name() -> None:
    text = "We confirm your interview for Tester on Tuesday 10 March at 10:00 with Cara Delaney."
    assert [p.name for p in reading(f"{text}\n\nBo").people] == ["Cara Delaney"]


def test_somebody_in_copy_is_known_by_a_short_name() -> None:
    """P10: "Doug (copied) meets you" is Douglas, whose address is in the header."""
    text = f"{INVITED} Doug (copied) meets you at the window and does the talking. I stay upstairs."
    found = reading(f"{text}\n\nBo", headers={"Cc": '"Ferris, Douglas" <dferris@firm.example>'})
    assert [p.name for p in found.people] == ["Douglas Ferris"]
    assert found.writer_meets is False


@pytest.mark.parametrize(
    "text",
    [
        "Besides me, Ms Hartmann will take part, who has looked after our archive.",
        "Hester Bakker from personnel is also at the talk.",
        "You will be received by Tanguy Roux, director general, in copy, and by myself.",
    ],
)
def test_who_names_a_second_one_takes_part_himself(text: str) -> None:
    """P10: thanks go to the writer, too."""
    assert reading(f"{INVITED} {text}\n\nBo").writer_meets is True


def test_a_department_behind_a_title_is_nobody() -> None:
    """P6: nobody is asked to pass thanks on to Assay Development."""
    one = reading(f"{INVITED}\n\nInterviewer: Mei Okafor, Group Lead, Assay Development\n\nBo")
    assert [p.name for p in one.people] == ["Mei Okafor"]


def test_who_only_fetches_the_owner_from_the_desk_stays_out() -> None:
    """P10: the panel is thanked, not the assistant at the reception."""
    text = f"{INVITED} Your panel: Khalid Almarri and Deepa Nair. I will just pick you up from the reception.\n\nBo"
    assert reading(text).writer_meets is False


def test_whoever_described_something_is_not_met_for_it() -> None:
    """P10."""
    one = reading(f"{INVITED} All is as Pauline Ash described, with Samina Khan and me.\n\nBo")
    assert [p.name for p in one.people] == ["Samina Khan"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Naomi Feld, who'd be your boss, has 45 minutes for you on video.", ["Naomi Feld"]),
        ("You'd be talking to me and to Dean Okafor, who looks after Years 3 and 4.", ["Dean Okafor"]),
        (
            "We would like you to come for an interview with Helen Hall, one of the partners, and Asif Rana.",
            ["Helen Hall", "Asif Rana"],
        ),
        (
            "Your papers went across the hall to Roy Kell, who heads lending. He'd like an hour with you here.",
            ["Roy Kell"],
        ),
        ("Paula Kern, who directs our programme, asked me to get you on her calendar.", ["Paula Kern"]),
        ("You will meet Shanti Pillai, at 18 Cross Quay.", ["Shanti Pillai"]),
    ],
)
def test_who_has_time_for_the_owner_will_meet_her(text: str, names: list[str]) -> None:
    """P10; given names that are titles, and streets that look like names."""
    assert [p.name for p in reading(f"{INVITED} {text}\n\nBo").people] == names


@pytest.mark.parametrize(
    "text",
    [
        "I hear you and Roy got deep into grain elevators.",
        "I do the books at Kruger Motors and I am also married to Deon.",
    ],
)
def test_who_heard_of_the_talk_was_not_in_it(text: str) -> None:
    assert reading(f"Dear Ann,\n\n{text} Please send me your licence.\n\nBo").writer_meets is not True


def test_two_given_names_that_are_said_together_stay_together() -> None:
    """P6: "Dear Carol Ann", and "Dear Mary" for Mary Louise."""
    assert [parse_name(n).given for n in ("Carol Ann Huckaby", "Mary Louise Finch", "Jo Lee")] == [
        "Carol Ann",
        "Mary",
        "Jo",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ola Berg keeps the key for you.", []),
        ("The panel is 1 Tom Hale, 2 Ola Berg.", ["Tom Hale", "Ola Berg"]),
    ],
)
def test_keys_and_numbers_make_and_hide_nobody(text: str, names: list[str]) -> None:
    assert [p.name for p in reading(f"{INVITED} {text}\n\nBo").people] == names


def test_who_fetches_the_owner_and_then_talks_to_her_takes_part() -> None:
    assert reading(f"{INVITED} You'll talk to me. I'll just pick you up at reception first.\n\nBo").writer_meets is True
