"""Playing the provider: which sample is sent, and what goes over the wire."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from gateway.verification import Verified, verify
from hookline.config.load import load
from hookline.config.schema import Configuration
from hookline.local.emulator import free_port
from hookline.local.trouble import Trouble
from hookline.samples import samples
from hookline.sender import choose, post, signed
from tests.sources import source

NOW = 1_795_435_200
KEY = "whsec_" + "c2VjcmV0" * 4
PUBLIC = "https://hooks.example.com"


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    config = tmp_path / "hookline.yaml"
    config.write_text(
        "sources:\n  github: {provider: github}\n"
        "subscribers:\n  releases: {events: {type: [release]}, queue: {}}\n"
    )
    return load(config).configuration


def test_a_sample_that_some_subscriber_asks_for_is_preferred(configuration: Configuration) -> None:
    chosen = choose(source("github"), samples()["github"], configuration)
    assert chosen is not None
    assert chosen.name == "release"


@pytest.mark.parametrize("provider", ["slack", "discord", "discord-events"])
def test_a_handshake_is_never_chosen(provider: str, configuration: Configuration) -> None:
    chosen = choose(source(provider), samples()[provider], configuration)
    assert chosen is not None
    assert chosen.name not in ("url_verification", "ping")


def test_without_samples_nothing_is_chosen(configuration: Configuration) -> None:
    assert choose(source("github"), {}, configuration) is None


def test_what_is_signed_is_the_public_url_and_verifies() -> None:
    known, sample = source("twilio"), samples()["twilio"]["incoming_sms"]
    request = signed(known, sample, "key", public_url=PUBLIC, now=NOW, identifier="i")
    assert request.url == f"{PUBLIC}/twilio"
    assert isinstance(verify(known, ["key"], request, NOW), Verified)


def test_the_bytes_and_the_headers_arrive_as_they_were_signed(listener: "Listener") -> None:
    known, sample = source("stripe"), samples()["stripe"]["payment_intent.succeeded"]
    request = signed(known, sample, KEY, public_url=PUBLIC, now=NOW, identifier="i")
    answered = post(request, f"http://127.0.0.1:{listener.port}/_aws/execute-api/abc")
    assert answered.status == 202
    assert answered.body == b"thanks"
    assert listener.path == "/_aws/execute-api/abc/stripe"
    assert listener.body == request.body
    assert request.headers.items() <= listener.headers.items()


def test_nobody_at_the_other_end_is_told_in_one_line() -> None:
    request = samples()["github"]["push"].request(PUBLIC, "/github")
    with pytest.raises(Trouble, match=r"^no answer from http://127"):
        post(request, f"http://127.0.0.1:{free_port()}")


class Listener:
    """Takes requests and remembers the last."""

    def __init__(self) -> None:
        self.path, self.body, self.headers = "", b"", dict[str, str]()
        heard = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                heard.path = self.path
                heard.body = self.rfile.read(int(self.headers["Content-Length"]))
                heard.headers = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(202)
                self.send_header("Content-Length", "6")
                self.end_headers()
                self.wfile.write(b"thanks")

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    thread = threading.Thread(target=listener.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield listener
    listener.server.shutdown()
    thread.join()
    listener.server.server_close()
