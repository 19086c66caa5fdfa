"""A request from a file is the one that came: its body to the byte, its headers as API Gateway has them."""

import json
from base64 import b64encode

import pytest

from hookline.saved import read

MESSAGE = b"POST /in/a?b=c HTTP/1.1\r\nHost: hooks.example.com\r\nX-A: 1\r\nx-a: 2\r\nX-B:  v \r\n\r\n"


def test_a_message_as_it_came_over_the_wire() -> None:
    request = read(MESSAGE + b'{"a": 1}\r\n')
    assert (request.method, request.path, request.query) == ("POST", "/in/a", "b=c")
    assert request.url == "https://hooks.example.com/in/a?b=c"
    assert request.headers == {"host": "hooks.example.com", "x-a": "1,2", "x-b": "v"}
    assert request.body == b'{"a": 1}\r\n'


def test_line_ends_without_a_carriage_return() -> None:
    request = read(MESSAGE.replace(b"\r\n", b"\n") + b"a\r\n\r\nb")
    assert request.headers["x-b"] == "v"
    assert request.body == b"a\r\n\r\nb"


@pytest.mark.parametrize(
    ("told", "body", "kept"),
    [
        (3, b"abc\n", b"abc"),
        (3, b"abc\r\n", b"abc"),
        (4, b"abc\n", b"abc\n"),
        (3, b"abcd", b"abcd"),
        (9, b"ab", b"ab"),
    ],
)
def test_a_newline_that_an_editor_added_is_left_out(told: int, body: bytes, kept: bytes) -> None:
    head = f"POST / HTTP/1.1\nContent-Length: {told}\n\n".encode()
    assert read(head + body).body == kept


def test_the_url_may_be_said_otherwise() -> None:
    assert read(MESSAGE, "https://public.example.com").url == "https://public.example.com/in/a?b=c"
    absolute = MESSAGE.replace(b"POST /in", b"POST https://other.example.com/in")
    assert read(absolute).url == "https://other.example.com/in/a?b=c"


def test_json() -> None:
    document = {"method": "put", "url": "https://h.example.com/p?q=1", "headers": {"X-A": "1"}, "body": "Zoë"}
    request = read(json.dumps(document).encode())
    assert (request.method, request.url, request.query) == ("PUT", "https://h.example.com/p?q=1", "q=1")
    assert request.body == "Zoë".encode()
    binary = {
        **document,
        "body_base64": b64encode(b"\xff\x00").decode(),
        "headers": [["X-A", "1"], ["x-a", "2"]],
    }
    assert read(json.dumps(binary).encode()).body == b"\xff\x00"
    assert read(json.dumps(binary).encode()).headers == {"x-a": "1,2"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GET\n",
        b"POST / HTTP/1.1\nnothing\n\n",
        b"POST / HTTP/1.1\nX A : 1\n :2\n\n",
        b"{",
        b"{}",
        b'{"url": 1, "headers": {}}',
        b'{"url": "https://a.example.com", "headers": 5}',
        b'{"url": "https://a.example.com", "headers": {"a": 5}}',
    ],
)
def test_what_is_no_request_is_told(content: bytes) -> None:
    with pytest.raises(ValueError, match="file"):
        read(content)
