"""A certificate authority of the tests, made by the openssl program, and certificates that are right or wrong in one way each."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

OPENSSL = shutil.which("openssl") or ""
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
HERE = "IP:127.0.0.1,DNS:localhost"
LONG_AGO = ("20240101000000Z", "20240201000000Z")
NOW_AND_LATER = ("20240101000000Z", "20491231000000Z")
AUTHORITY = """
[ca]
default_ca = ours
[ours]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = none
unique_subject = no
[any]
commonName = supplied
"""


class Authority:
    """Signs server certificates. `file` is what a client trusts; all files lie in `folder`."""

    def __init__(self, folder: Path, name: str = "Test authority") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.file, self.key = folder / "authority.pem", folder / "authority.key"
        self.settings = folder / "authority.cnf"
        self.settings.write_text(AUTHORITY.format(folder=folder))
        (folder / "index.txt").touch()
        sign = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
        run(
            "req", "-x509", *KEY, "-days", "3650", "-subj", f"/CN={name}", *sign, "-keyout", self.key, "-out", self.file
        )

    def certificate(
        self, name: str, names: str = HERE, valid: tuple[str, str] = NOW_AND_LATER, chain: bool = False
    ) -> tuple[Path, Path]:
        """(certificate, key) for a server that is called `names`; `chain` adds the authority's own certificate."""
        made, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        request, more = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        run("req", *KEY, "-subj", "/CN=test server", "-keyout", key, "-out", request)
        more.write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
        own = ("-config", self.settings, "-cert", self.file, "-keyfile", self.key, "-extfile", more)
        span = ("-startdate", valid[0], "-enddate", valid[1])
        run("ca", "-batch", "-notext", *own, *span, "-in", request, "-out", made)
        if chain:
            made.write_bytes(made.read_bytes() + self.file.read_bytes())
        return made, key

    def self_signed(self, name: str, names: str = HERE) -> tuple[Path, Path]:
        """(certificate, key) of a server that vouches for itself."""
        made, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        extra = ("-addext", f"subjectAltName={names}", "-addext", "basicConstraints=critical,CA:FALSE")
        run("req", "-x509", *KEY, "-days", "30", "-subj", "/CN=test server", *extra, "-keyout", key, "-out", made)
        return made, key


def run(*arguments: str | Path) -> None:
    done = subprocess.run([OPENSSL, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"openssl {arguments[0]}: {done.stderr}"


def serving(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """The context of a server with this certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context
