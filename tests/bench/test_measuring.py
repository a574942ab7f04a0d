"""The measuring tools themselves: what is cut from a stream, what a percentile is, what a tracer counted."""

from pathlib import Path

import pytest

from bench.generator import Load, Said, percentile
from bench.receiver import Receiver
from bench.syncs import COMMITS, traced_syncs
from bench.wire import Client, Messages

REQUEST = b"POST /send HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_requests_are_cut_from_a_stream_however_it_arrives(size: int) -> None:
    stream = REQUEST * 3
    messages = Messages()
    cut = [m for start in range(0, len(stream), size) for m in messages.feed(stream[start : start + size])]
    assert [body for _, body in cut] == [b"{}"] * 3


def test_an_answer_without_a_length_has_no_body() -> None:
    assert Messages().feed(b"HTTP/1.1 204 -\r\n\r\n") == [(b"HTTP/1.1 204 -", b"")]


def test_a_percentile_is_the_nearest_rank() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50.0, 95.0, 99.0, 100.0]
    assert percentile([7.0], 0.5) == 7.0


def test_the_traced_fsyncs_of_a_program_are_added_up(tmp_path: Path) -> None:
    summary = tmp_path / "syncs"
    summary.write_text(
        "% time     seconds  usecs/call     calls    errors syscall\n"
        "------ ----------- ----------- --------- --------- ----------------\n"
        " 99.00    0.100364          72      1205           fdatasync\n"
        "  1.00    0.000364          72         5         1 fsync\n"
        "100.00    0.100728          72      1210           total\n"
    )
    assert traced_syncs(summary) == 1210


def test_the_commits_of_a_store_are_read_from_its_metrics() -> None:
    page = b"# TYPE caravan_store_commits_total counter\ncaravan_store_commits_total 42.0\n"
    assert COMMITS.findall(page) == [b"42.0"]


def test_messages_of_a_load_go_round_the_chats_and_are_numbered_in_each() -> None:
    turns = Load(Client(1), "chat", 2)._turns
    assert [next(turns) for _ in range(3)] == [
        Said(chat="chat0", number=0),
        Said(chat="chat1", number=0),
        Said(chat="chat0", number=1),
    ]


async def test_the_receiver_tells_what_it_got() -> None:
    receiver = Receiver()
    address = await receiver.open()
    client = Client(int(address.rpartition(":")[2].removesuffix("/send")))
    for _ in range(2):
        await client.post("/send", b'{"delivery": "d1", "place": "p", "text": "pong"}')
    assert await client.get("/record") == (200, b'{"received": 1, "repeated": 1}')
    client.close()
    await receiver.close()
