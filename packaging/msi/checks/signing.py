"""Signing with a certificate made for the test, and the installation of what was signed."""

import os
import subprocess
from pathlib import Path

import expected
import packages
import timestamps
from timestamps import openssl

SIGN = expected.REPOSITORY / "packaging" / "msi" / "sign"
CODE_SIGNING = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n"
PASSWORD = "only for the test\n"


def all_of_them(wine, report, version, dist, folder):
    """A signed package and signed programs in it."""
    folder.mkdir()
    root, signer, key = certificates(folder)
    environment = {"SIRU_SIGN_CERTIFICATE": str(signer), "SIRU_SIGN_KEY": str(key), "SIRU_SIGN_ROOTS": str(root)}
    package = packages.build(folder, dist, version, **environment)
    report.check("the signed package verifies", verifies(package, root))
    report.check("to nobody who does not trust the signer", not verifies(package, other_root(folder)))
    changed = bytearray(package.read_bytes())
    place = changed.index(b"MSCF") + 5000
    changed[place] ^= 1
    spoilt = folder / "spoilt.msi"
    spoilt.write_bytes(changed)
    report.check("changed, it does not verify", not verifies(spoilt, root))
    code = wine.install(package)
    report.check("the signed package installs", code == 0, code)
    for name in [*expected.PROGRAMS, expected.MODULE, expected.MINIDRIVER]:
        installed = wine.drive / expected.FOLDER / name
        report.check(f"{name} verifies as installed", installed.is_file() and verifies(installed, root))
    report.check("the signed package is removed", wine.remove(package) == 0)
    by_pkcs12(report, dist, folder, root, signer, key)
    with_a_time(report, dist, folder, root, signer, key)


def by_pkcs12(report, dist, folder, root, signer, key):
    """The other form of a certificate, whose password comes from a file."""
    bundle, password = folder / "signer.p12", folder / "password"
    password.write_text(PASSWORD)
    openssl("pkcs12", "-export", "-in", signer, "-inkey", key, "-out", bundle, "-passout", f"file:{password}")
    program = folder / "program.exe"
    program.write_bytes((Path(dist) / "Siru.exe").read_bytes())
    environment = {**os.environ, "SIRU_SIGN_CERTIFICATE": str(bundle), "SIRU_SIGN_PASSWORD_FILE": str(password),
                   "SIRU_SIGN_ROOTS": str(root)}
    done = subprocess.run([SIGN, program], env=environment, capture_output=True, text=True, check=False)
    report.check("PKCS #12 with a password signs", done.returncode == 0 and verifies(program, root), done.stderr)
    password.write_text("another\n")
    before = program.read_bytes()
    done = subprocess.run([SIGN, program], env=environment, capture_output=True, text=True, check=False)
    report.check("a wrong password is an error and leaves the file alone",
                 done.returncode != 0 and program.read_bytes() == before, done.stdout)


def with_a_time(report, dist, folder, root, signer, key):
    """A timestamp that holds, and one by a service that nobody knows."""
    for clock, holds in [("root", True), ("other", False)]:
        program = folder / f"timed by {clock}.exe"
        program.write_bytes((Path(dist) / "bin" / "siru.exe").read_bytes())
        before = program.read_bytes()
        with timestamps.service(folder / f"{clock}.pem", folder / f"{clock}.key") as address:
            environment = {**os.environ, "SIRU_SIGN_CERTIFICATE": str(signer), "SIRU_SIGN_KEY": str(key),
                           "SIRU_SIGN_ROOTS": str(root), "SIRU_SIGN_TIMESTAMP": address}
            done = subprocess.run([SIGN, program], env=environment, capture_output=True, text=True, check=False)
        told = done.stdout + done.stderr
        if holds:
            report.check("a timestamp is added", done.returncode == 0 and verifies(program, root), told)
            report.check("and its time is in the file", b"Siru test clock" in program.read_bytes())
        else:
            refused = done.returncode != 0 and program.read_bytes() == before
            report.check("a timestamp of an unknown service is an error and leaves the file alone", refused, told)


def certificates(folder):
    """A root, a certificate for signing programs under it, and its key."""
    root, root_key = self_signed(folder, "root")
    key, request, signer = folder / "signer.key", folder / "signer.csr", folder / "signer.pem"
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request, "-subj", "/CN=Siru test signer")
    extensions = folder / "extensions"
    extensions.write_text(CODE_SIGNING)
    openssl("x509", "-req", "-in", request, "-CA", root, "-CAkey", root_key, "-CAcreateserial", "-days", "2",
            "-extfile", extensions, "-out", signer)
    return root, signer, key


def other_root(folder):
    """A root that signed nothing."""
    return self_signed(folder, "other")[0]


def self_signed(folder, name):
    """A root of its own, and its key."""
    root, key = folder / f"{name}.pem", folder / f"{name}.key"
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", root, "-days", "2",
            "-subj", f"/CN=Siru test {name}")
    return root, key


def verifies(path, root):
    """Whether the signature of a file holds under a root."""
    done = subprocess.run(["osslsigncode", "verify", "-CAfile", root, "-in", path], capture_output=True, check=False)
    return done.returncode == 0
