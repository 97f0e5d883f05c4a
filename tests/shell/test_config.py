"""The configuration: every key of the contract with its default, from the environment, with a wrong type, with an impossible value.

Whatever is wrong is one UsageError that names the file and the key, and holds nothing of a password.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent.config import Settings, load
from agent.errors import Exit, UsageError
from agent.paths import default_path, state_path

OWNER = '[owner]\nname = "Sam Rivera"\naddresses = ["sam@example.com"]\n'
IMAP = '[imap]\nhost = "imap.example.com"\nusername = "sam@example.com"\npassword_command = "pass show sam"\n'
SMTP = '[smtp]\nhost = "smtp.example.com"\n'
SECRET = "hunter2-and-more"

# section, key -> (default, another value as TOML, the same as read, something of a wrong type or impossible)
KEYS: dict[tuple[str, str], tuple[Any, str, Any, str]] = {
    ("owner", "name"): ("Sam Rivera", '"Bo"', "Bo", "[1]"),
    ("owner", "addresses"): (("sam@example.com",), '["Sam@Work.example", "s@b.example"]', ("sam@work.example", "s@b.example"), '["sam"]'),
    ("owner", "timezone"): (..., '"Europe/London"', "Europe/London", '"Europe/Nowhere"'),
    ("owner", "country"): ("", '"GB"', "GB", '"XX"'),
    ("owner", "signature"): ("", r'"Sam\n+44"', "Sam\n+44", "7"),
    ("imap", "host"): ("imap.example.com", '"mail.example.com"', "mail.example.com", '""'),
    ("imap", "port"): (993, "143", 143, "70000"),
    ("imap", "security"): ("tls", '"starttls"', "starttls", '"ssl"'),
    ("imap", "username"): ("sam@example.com", '"sam"', "sam", "7"),
    ("imap", "password_command"): ("pass show sam", '"pass show bo"', "pass show bo", "[7]"),
    ("imap", "ca_file"): (None, '"/etc/ca.pem"', Path("/etc/ca.pem"), "7"),
    ("smtp", "host"): ("smtp.example.com", '"mail.example.com"', "mail.example.com", "7"),
    ("smtp", "port"): (465, "587", 587, "0"),
    ("smtp", "security"): ("tls", '"starttls"', "starttls", '"none"'),
    ("smtp", "username"): ("", '"sam"', "sam", "7"),
    ("smtp", "password_command"): ("", '"pass show smtp"', "pass show smtp", "7"),
    ("smtp", "password_env"): ("", '"SECRET"', "SECRET", "7"),
    ("smtp", "password_file"): (None, '"/run/secret"', Path("/run/secret"), "7"),
    ("smtp", "password_keyring"): (False, "true", True, '"perhaps"'),
    ("smtp", "ca_file"): (None, '"/etc/ca.pem"', Path("/etc/ca.pem"), "7"),
    ("folders", "inbox"): ("INBOX", '"INBOX"', "INBOX", "7"),
    ("folders", "sent"): ("", '"Gesendet"', "Gesendet", "7"),
    ("folders", "drafts"): ("", '"Entwürfe"', "Entwürfe", "7"),
    ("folders", "approved"): ("Afterword/Approved", '"Go"', "Go", "7"),
    ("delivery", "mode"): ("draft", '"confirm"', "confirm", '"send"'),
    ("delivery", "confirm_by"): (("move", "command"), '["flag"]', ("flag",), '["telepathy"]'),
    ("delivery", "send_only_in_hours"): (False, "true", True, '"perhaps"'),
    ("delivery", "max_sent_per_day"): (20, "3", 3, "0"),
    ("windows", "thank_you_hours"): (48, "24", 24, '"two days"'),
    ("windows", "follow_up_after_reply_by_days"): (7, "5", 5, "-1"),
    ("windows", "follow_up_without_date_days"): (14, "10", 10, "1.5"),
    ("windows", "second_follow_up_days"): (14, "21", 21, "2000"),
    ("windows", "max_follow_ups"): (2, "0", 0, "3"),
    ("windows", "check_in"): (False, "true", True, '"perhaps"'),
    ("windows", "business_days"): ((), '["thank_you_hours"]', ("thank_you_hours",), '["lunch"]'),
    ("windows", "history_days"): (60, "90", 90, "0"),
    ("notes", "prep"): (True, "false", False, '"perhaps"'),
    ("notes", "debrief"): (True, "false", False, '"perhaps"'),
    ("notes", "paper_note"): (False, "true", True, '"perhaps"'),
    ("notes", "digest"): ("weekly", '"off"', "off", '"monthly"'),
    ("writing", "templates"): (None, '"/opt/templates"', Path("/opt/templates"), "7"),
    ("writing", "feedback"): ("ask", '"never"', "never", '"beg"'),
    ("state", "path"): (None, '"/var/lib/afterword"', Path("/var/lib/afterword"), "7"),
}  # fmt: skip
NAMES = [".".join(place) for place in KEYS]
# What is impossible as a text of the environment; for keys that are not here any text will do.
WRONG = {
    ("owner", "name"): "",
    ("owner", "addresses"): "sam",
    ("imap", "host"): "",
    ("smtp", "host"): "",
    ("delivery", "confirm_by"): "telepathy",
} | {
    place: row[3].strip('"')
    for place, row in KEYS.items()
    if not isinstance(row[2], (str, tuple, Path))
    or place[1] in ("timezone", "country", "security", "mode", "digest", "feedback")
}


@pytest.fixture(autouse=True)
def no_outer_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("AFTERWORD_")]:
        monkeypatch.delenv(name)


def written(folder: Path, text: str = OWNER + IMAP + SMTP) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def table(section: str, key: str, value: str) -> str:
    """The whole configuration with this one key set."""
    made = {"owner": OWNER, "imap": IMAP, "smtp": SMTP}
    lines = [line for line in made.get(section, f"[{section}]\n").splitlines() if not line.startswith(f"{key} =")]
    made[section] = "\n".join([*lines, f"{key} = {value}"]) + "\n"
    return "".join(made.values())


def of(settings: Settings, section: str, key: str) -> Any:
    return getattr(getattr(settings, section), key)


def refused(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        load(path)
    assert caught.value.exit is Exit.USAGE
    assert str(path) in caught.value.text
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__, (
        "a traceback would show pydantic's error, which quotes its input"
    )
    return caught.value.text


# ------------------------------------------------------------------------------------------------------- every key


def test_the_table_of_this_test_has_every_key_there_is() -> None:
    there = {
        (section, key)
        for section, field in Settings.model_fields.items()
        for model in (field.annotation, *getattr(field.annotation, "__args__", ()))
        if hasattr(model, "model_fields")
        for key in model.model_fields
    }
    same_for_both = {("imap", key) for key in ("password_env", "password_file", "password_keyring")}
    assert there - same_for_both == set(KEYS)


@pytest.mark.parametrize(("section", "key"), KEYS, ids=NAMES)
def test_a_key_has_its_default(tmp_path: Path, section: str, key: str) -> None:
    """CONTRACT, "Configuration"."""
    default = KEYS[section, key][0]
    found = of(load(written(tmp_path)), section, key)
    assert found if default is ... else found == default


@pytest.mark.parametrize(("section", "key"), KEYS, ids=NAMES)
def test_a_key_can_be_set_in_the_file(tmp_path: Path, section: str, key: str) -> None:
    _, value, read, _ = KEYS[section, key]
    assert of(load(written(tmp_path, table(section, key, value))), section, key) == read


@pytest.mark.parametrize(("section", "key"), KEYS, ids=NAMES)
def test_a_key_can_be_set_in_the_environment_which_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, section: str, key: str
) -> None:
    """CONTRACT: AFTERWORD_<SECTION>__<KEY>."""
    _, value, read, _ = KEYS[section, key]
    plain = value[1:-1].replace(r"\n", "\n") if value.startswith('"') else value
    monkeypatch.setenv(f"AFTERWORD_{section.upper()}__{key.upper()}", plain)
    assert of(load(written(tmp_path)), section, key) == read


@pytest.mark.parametrize(("section", "key"), KEYS, ids=NAMES)
def test_an_impossible_value_names_the_file_and_the_key(tmp_path: Path, section: str, key: str) -> None:
    text = refused(written(tmp_path, table(section, key, KEYS[section, key][3])))
    if (section, key) == ("smtp", "security"):
        assert "[smtp]" in text  # "none" is possible, but not with that host
    else:
        assert f"[{section}] {key}" in text


# Found by this test: in the environment a list that is no JSON ends in pydantic's SettingsError, a traceback.
@pytest.mark.parametrize(("section", "key"), WRONG, ids=[".".join(place) for place in WRONG])
def test_an_impossible_value_in_the_environment_names_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, section: str, key: str
) -> None:
    monkeypatch.setenv(f"AFTERWORD_{section.upper()}__{key.upper()}", WRONG[section, key])
    text = refused(written(tmp_path))
    assert (f"[{section}]" if (section, key) == ("smtp", "security") else f"[{section}] {key}") in text


# Found by this test: pydantic's lax reading takes a quoted number or a boolean for a number, and 1 or "on" for a boolean.
@pytest.mark.parametrize(
    ("section", "key", "value"),
    [("imap", "port", '"993"'), ("imap", "port", "true"), ("windows", "history_days", '"60"'), ("windows", "check_in", "1"),
     ("notes", "prep", '"off"')],
)  # fmt: skip
def test_a_value_of_another_type_in_the_file_is_an_error(tmp_path: Path, section: str, key: str, value: str) -> None:
    """CONTRACT: a wrong type is a configuration error. (In the environment everything is text.)"""
    assert f"[{section}] {key}" in refused(written(tmp_path, table(section, key, value)))


@pytest.mark.parametrize(
    "section", ["owner", "imap", "smtp", "folders", "delivery", "windows", "notes", "writing", "state"]
)
@pytest.mark.parametrize("value", ['"text"', "7", "[1]", "true"])
def test_a_section_that_is_no_table_is_named(tmp_path: Path, section: str, value: str) -> None:
    others = {"owner": OWNER, "imap": IMAP, "smtp": SMTP}
    others.pop(section, None)
    assert f"[{section}]" in refused(written(tmp_path, f"{section} = {value}\n" + "".join(others.values())))


# ----------------------------------------------------------------------------------------------------- unknown, missing


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        (OWNER + IMAP + "hots = 1", "[imap] hots", "host"),
        (OWNER + IMAP + "[window]\nthank_you_hours = 24", "[window]", "windows"),
        (OWNER + IMAP + "[windows]\nthank_you_hour = 24", "[windows] thank_you_hour", "thank_you_hours"),
        (OWNER + 'adresses = ["a@b.example"]\n' + IMAP, "[owner] adresses", "addresses"),
        (OWNER + IMAP + SMTP + "prot = 25", "[smtp] prot", "port"),
        (OWNER + IMAP + f'password = "{SECRET}"', "[imap] password", "password_"),
        (f'password = "{SECRET}"\n' + OWNER + IMAP, "password", ""),
        (OWNER + IMAP + f'x = {{ y = "{SECRET}" }}', "[imap] x", ""),
    ],
)
def test_an_unknown_key_is_named_with_what_was_meant(tmp_path: Path, text: str, key: str, meant: str) -> None:
    found = refused(written(tmp_path, text))
    assert key in found
    assert "unknown" in found
    assert not meant or f"did you mean {meant}" in found


def test_an_unknown_key_in_the_environment_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_IMAP__HOTS", SECRET)
    assert "hots" in refused(written(tmp_path))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (IMAP, "[owner]: is missing"),
        (OWNER, "[imap]: is missing"),
        ("", "[owner]: is missing"),
        ('[owner]\nname = "Sam"\n' + IMAP, "[owner] addresses"),
        ('[owner]\nname = "Sam"\naddresses = []\n' + IMAP, "[owner] addresses"),
        (OWNER + IMAP.replace('username = "sam@example.com"\n', ""), "username"),
        (OWNER + IMAP.replace('password_command = "pass show sam"\n', ""), "password_command, password_env"),
        (OWNER + IMAP + 'password_env = "SECRET"\n', "password_command, password_env"),
        (OWNER + IMAP + 'security = "none"\n', "[imap]"),
        (OWNER + IMAP + '[delivery]\nmode = "confirm"\n', "[smtp]"),
    ],
)
def test_what_is_missing_or_contradicts_itself_is_named(tmp_path: Path, text: str, says: str) -> None:
    assert says in refused(written(tmp_path, text))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_no_encryption_only_on_this_machine(tmp_path: Path, host: str) -> None:
    text = OWNER + IMAP.replace("imap.example.com", host) + 'security = "none"\n'
    assert load(written(tmp_path, text)).imap.security == "none"


# Found by this test: "@example.com" and "<sam@example.com>" pass for addresses; a blank name passes for a name.
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("addresses", f'["{a}"]')
        for a in ("@example.com", "sam@", "sam", "a@b@c.example", "sam @b.example", "<sam@b.example>", "")
    ]
    + [("name", '""'), ("name", '"  "')],
)
def test_what_is_no_address_or_name_is_refused(tmp_path: Path, key: str, value: str) -> None:
    assert f"[owner] {key}" in refused(written(tmp_path, table("owner", key, value)))


# Found by this test: the error text recommends "DE-BY", but a part of a country is refused.
@pytest.mark.parametrize("code", ["gb", "DE-BY", "US-CA"])
def test_a_country_or_a_part_of_it_has_its_holidays(tmp_path: Path, code: str) -> None:
    from agent import wiring

    settings = load(written(tmp_path, table("owner", "country", f'"{code}"')))
    assert settings.owner.country == code.upper()
    assert date(2026, 12, 25) in wiring.rules(settings).holidays


def test_a_part_that_the_country_does_not_have_is_refused(tmp_path: Path) -> None:
    assert "[owner] country" in refused(written(tmp_path, table("owner", "country", '"DE-XX"')))


# Found by this test: a templates folder that does not exist is taken for one without files, and our own wording used.
def test_a_templates_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    from agent import wiring

    path = written(tmp_path, table("writing", "templates", '"nowhere/"'))
    with pytest.raises(UsageError, match="templates"):
        wiring.wording(load(path))


# ------------------------------------------------------------------------------------------------------------- the file


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[owner\n", "line 1"),
        (b'[owner]\nname = "Sam"\nname = "Bo"\n', "line 3"),
        (b"[imap]\npassword = " + SECRET.encode() + b"\n", "line 2"),
        (b"\xff\xfe\x00[owner]", "UTF-8"),
        (b"\x00\x01\x02\x7fELF", "line 1"),
        (b'[owner]\nname = "\xe9"', "UTF-8"),
    ],
    ids=["torn", "twice", "unquoted-password", "utf-16", "binary", "latin-1"],
)
def test_a_file_that_is_no_toml_is_told_with_the_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    assert says in refused(path)


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    assert "no configuration" in refused(tmp_path / "nowhere.toml")
    assert "directory" in refused(tmp_path)
    written(tmp_path)
    assert "cannot be read" in refused(tmp_path / "config.toml" / "below")


def test_relative_paths_and_tildes_are_meant_from_the_files_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    imap = IMAP.replace('password_command = "pass show sam"', 'password_file = "secret"\nca_file = "ca.pem"')
    text = OWNER + imap + '[writing]\ntemplates = "templates/"\n[state]\npath = "~/state"\n'
    found = load(written(tmp_path, text))
    assert found.imap.password_file == tmp_path / "secret"
    assert found.imap.ca_file == tmp_path / "ca.pem"
    assert found.writing.templates == tmp_path / "templates"
    assert found.state.path == tmp_path / "home" / "state"


# Found by this test: paths of the environment keep their tilde, though those of the file lose it.
def test_a_tilde_in_the_environment_is_the_home_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service manager's Environment= expands nothing."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AFTERWORD_IMAP__CA_FILE", "~/ca.pem")
    assert load(written(tmp_path)).imap.ca_file == tmp_path / "home" / "ca.pem"


def test_the_whole_can_come_from_the_environment_but_for_an_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container."""
    given = {
        "OWNER__NAME": "Sam", "OWNER__ADDRESSES": '["sam@example.com"]', "IMAP__HOST": "imap.example.com", "IMAP__USERNAME": "sam",
        "IMAP__PASSWORD_FILE": "/run/secrets/imap", "STATE__PATH": str(tmp_path / "state"),
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(f"AFTERWORD_{name}", value)
    path = written(tmp_path, "")
    assert load(path).imap.password_file == Path("/run/secrets/imap")
    assert state_path(path) == tmp_path / "state"


def test_the_file_is_found_by_the_environment_or_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert default_path() == tmp_path / "afterword" / "config.toml"
    monkeypatch.setenv("AFTERWORD_CONFIG", str(written(tmp_path)))
    assert load().owner.name == "Sam Rivera"


@pytest.mark.parametrize("text", ["[state]\npath = 7\n", "state = 7\n", "[state\n", "\x00"])
def test_the_quick_way_to_the_state_folder_tells_what_is_wrong_too(tmp_path: Path, text: str) -> None:
    """`status` does not check the whole file, but what it needs of it."""
    with pytest.raises(UsageError, match="config"):
        state_path(written(tmp_path, text))


def test_both_ways_to_the_state_folder_lead_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from agent.wiring import state_folder

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    for extra in ("", '[state]\npath = "here"\n', '[state]\npath = "~/there"\n'):
        path = written(tmp_path, OWNER + IMAP + extra)
        assert state_path(path) == state_folder(load(path))
    monkeypatch.setenv("AFTERWORD_STATE__PATH", "~/elsewhere")
    assert state_path(path) == state_folder(load(path)) == Path("~/elsewhere").expanduser()
