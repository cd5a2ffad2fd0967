"""A timestamp service (RFC 3161) of the tests' own, by openssl, on this computer."""

import http.server
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

SETTINGS = """[tsa]
default_tsa = service
[service]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""
EXTENSIONS = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n" \
             "extendedKeyUsage=critical,timeStamping\n"


@contextmanager
def service(root, root_key):
    """The address of a service whose certificate is under `root`, as long as it runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "settings").write_text(SETTINGS.format(folder=folder))
        (folder / "extensions").write_text(EXTENSIONS)
        (folder / "serial").write_text("01\n")
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key", "-out", folder / "request",
                "-subj", "/CN=Siru test clock")
        openssl("x509", "-req", "-in", folder / "request", "-CA", root, "-CAkey", root_key, "-CAcreateserial",
                "-days", "2", "-extfile", folder / "extensions", "-out", folder / "certificate")

        class Answer(http.server.BaseHTTPRequestHandler):
            """One question, one answer."""

            def do_POST(self):
                (folder / "question").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
                openssl("ts", "-reply", "-config", folder / "settings", "-queryfile", folder / "question",
                        "-inkey", folder / "key", "-signer", folder / "certificate", "-chain", root,
                        "-out", folder / "answer")
                answer = (folder / "answer").read_bytes()
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                """Nothing."""

        server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def openssl(*arguments):
    """Runs openssl, which talks only when it fails."""
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
