"""A throw-away Dovecot on loopback ports: any user name with one password (and AWKWARD ones), Maildir, TLS by an authority of the tests.

Runs as root (mail then belongs to nobody) and as an ordinary user. Everything lies in one folder that goes with it.
"""

from __future__ import annotations

import contextlib
import grp
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from agent.shell.imap import Account
from tests.servers import AWKWARD, Stored
from tests.servers.certificates import OPENSSL, Authority
from tests.servers.over_imap import stored

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin") or ""
HOST, PASSWORD = "127.0.0.1", "open-sesame"
START_SECONDS = 15.0
LONGEST_PATH = 60  # names of local sockets end at some 104 characters
ROLES = ("Drafts", "Sent", "Trash", "Junk", "Archive")
BARE = "IMAP4rev1 LITERAL+ NAMESPACE UNSELECT"

SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
instance_name = {folder.name}
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_failure_delay = 0 secs
auth_username_chars =
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_uid = {mail_uid}
mail_gid = {mail_gid}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 100
imap_capability = {capability}
shutdown_clients = yes
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service imap {{
  process_min_avail = 2
}}
service auth {{
  user = {internal}
}}
service auth-worker {{
  user = {internal}
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail_uid} gid={mail_gid} home={folder}/home/%u
}}
{more}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
{boxes}
}}
"""
QUOTA = """
mail_plugins = quota
plugin {{
  quota = count:everything
  quota_rule = *:storage={storage}
  quota_vsizes = yes
}}
"""
BOX = "  mailbox {name} {{\n    auto = subscribe\n{use}  }}"


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]


class Dovecot:
    """The server: `with Dovecot() as server: mailbox = server.mailbox("sam")`.

    `bare`: none of the extensions that we use is offered, no SPECIAL-USE, and folders lie below INBOX as with Courier.
    `quota`: what each user may store, as "50k".
    """

    def __init__(self, bare: bool = False, tls: bool = False, quota: str = "") -> None:
        self.bare, self.tls, self.quota = bare, tls, quota
        self.separator, self.prefix = (".", "INBOX.") if bare else ("/", "")
        self.port, self.tls_port = free_ports(2)
        self.process: subprocess.Popen[bytes] | None = None
        self.folder = working_folder()
        self.home = self.folder / "home"
        for each in (self.home, self.folder / "run"):
            each.mkdir()
        self.authority = Authority(self.folder / "authority") if tls else None
        self.owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self.own(self.home)
        self.settings = self.folder / "dovecot.conf"
        self.settings.write_text(self.configured())
        (self.folder / "users").write_text("".join(f"{user}:{{PLAIN}}{word}\n" for user, word in AWKWARD.items()))
        self.users = itertools.count(1)

    def configured(self) -> str:
        me = self.owner.pw_name
        group = "dovecot" if os.geteuid() == 0 else grp.getgrgid(os.getegid()).gr_name
        internal, login = ("dovecot", "dovenull") if os.geteuid() == 0 else (me, me)
        boxes = [BOX.format(name=r, use="" if self.bare else f"    special_use = \\{r}\n") for r in ROLES]
        more = ["ssl = no"]
        if self.authority is not None:
            certificate, key = self.authority.certificate("dovecot")
            more = ["ssl = yes", f"ssl_cert = <{certificate}", f"ssl_key = <{key}", "ssl_min_protocol = TLSv1.2"]
        if self.quota:
            more.append(QUOTA.format(storage=self.quota))
        return SETTINGS.format(
            folder=self.folder, internal=internal, group=group, login=login, mail_uid=self.owner.pw_uid,
            mail_gid=self.owner.pw_gid, capability=BARE if self.bare else "", port=self.port,
            tls_port=self.tls_port if self.tls else 0, password=PASSWORD, more="\n".join(more),
            separator=self.separator, prefix=self.prefix, boxes="\n".join(boxes),
        )  # fmt: skip

    def own(self, path: Path) -> None:
        """Give a file that a test run by root has made to the user whose mail it is."""
        if os.geteuid() == 0:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    # ------------------------------------------------------------------------------------------------ start and stop

    def __enter__(self) -> Dovecot:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and wait until it greets. Where setpriv is there, it ends with this process, however that ends."""
        guard = shutil.which("setpriv")
        with_us = [guard, "--pdeathsig", "TERM", "--"] if guard else []
        command = [*with_us, PROGRAM, "-F", "-c", str(self.settings)]
        with (self.folder / "said").open("wb") as said:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
            )
        end = time.monotonic() + START_SECONDS
        while not self.greets():
            if self.process.poll() is not None or time.monotonic() > end:
                told = self.log()
                self.stop()
                raise RuntimeError(f"dovecot did not start: {told}")
            time.sleep(0.01)

    def greets(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), 1.0) as connection:
                return connection.recv(16).startswith(b"* OK")
        except OSError:
            return False

    def log(self) -> str:
        """What it told, for a test that failed."""
        files = (self.folder / "said", self.folder / "log")
        return "".join(f.read_text(errors="replace") for f in files if f.exists())

    def kill(self) -> None:
        """End at once, as in a power cut; `start` brings it back with what it held."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5.0)
        self.process = None

    def stop(self) -> None:
        """End and leave nothing. Dovecot's own way takes a second; nothing here needs it."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --------------------------------------------------------------------------------------------------------- users

    def mailbox(self, user: str = "") -> DovecotMailbox:
        """A user's mailbox; without a name, that of one who was never there before."""
        return DovecotMailbox(self, user or f"user{next(self.users)}")


class DovecotMailbox:
    """One user of a Dovecot. `MailServer`."""

    delivered = itertools.count(1)

    def __init__(self, server: Dovecot, user: str) -> None:
        self.server, self.user = server, user
        self.home = server.home / user

    @property
    def account(self) -> Account:
        return Account(HOST, self.server.port, "none", self.user, lambda: AWKWARD.get(self.user, PASSWORD))

    def secured(self, security: str) -> Account:
        """The same by "tls" or "starttls"."""
        assert self.server.authority is not None
        port = self.server.tls_port if security == "tls" else self.server.port
        return replace(self.account, port=port, security=security, ca_file=self.server.authority.file)

    def named(self, folder: str) -> str:
        return folder if folder == "INBOX" else self.server.prefix + folder.replace("/", self.server.separator)

    def maildir(self, folder: str) -> Path:
        base = self.home / "Maildir"
        if folder == "INBOX":
            return base
        return base / ("." + folder.removeprefix(self.server.prefix).replace(self.server.separator, "."))

    def deliver(self, raw: bytes, folder: str = "INBOX") -> None:
        place = self.maildir(folder)
        for part in ("tmp", "new", "cur"):
            if not (place / part).exists():
                (place / part).mkdir(parents=True)
                for made in (place / part, place, place.parent, self.home):
                    self.server.own(made)
        name = f"{int(time.time())}.M{next(self.delivered)}P{os.getpid()}.test"
        (place / "tmp" / name).write_bytes(raw)
        self.server.own(place / "tmp" / name)
        (place / "tmp" / name).rename(place / "new" / name)

    def messages(self, folder: str = "INBOX") -> list[Stored]:
        return stored(self.account, folder)

    def kick(self) -> None:
        admin = Path(PROGRAM).with_name("doveadm")
        admin = admin if admin.exists() else Path(shutil.which("doveadm") or "doveadm")
        subprocess.run([admin, "-c", self.server.settings, "kick", self.user], check=True, capture_output=True)


def working_folder() -> Path:
    """A folder that the mail user can enter, with a path short enough for the names of sockets."""
    made = Path(tempfile.mkdtemp(prefix="dovecot-")).resolve()
    if len(str(made)) > LONGEST_PATH:
        made.rmdir()
        made = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))
    made.chmod(0o755)
    return made


def missing() -> str:
    """Why it cannot be used here; "" where it can."""
    if not PROGRAM:
        return "dovecot is not installed (Debian: dovecot-imapd)"
    return "" if OPENSSL else "openssl is not installed"
