"""What the README and the how-tos show is what happens."""

import json
import re
import shlex
from pathlib import Path

from tests.stories.caravan import Caravan

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
HOW_TO = (ROOT / "docs/how-to/drive-the-simulator.md").read_text()


def test_the_readmes_transcript_is_an_excerpt_of_the_one_that_was_told() -> None:
    excerpt = README.split("<!-- transcript: make story -->")[1].split("<!-- /transcript -->")[0]
    told = (ROOT / "docs/transcript.txt").read_text().splitlines()
    lines = [line for line in excerpt.splitlines() if line and not line.startswith("```")]
    assert len(lines) > 10
    assert [line for line in lines if line not in told] == []
    assert re.search(r"\d+ facts were held against", told[-1])


def test_every_make_target_and_file_that_is_named_exists() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = re.findall(r"`make ([a-z]+)", README) + re.findall(r"^make ([a-z]+)", README, re.MULTILINE)
    assert set(named) <= set(targets)
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_setting_that_is_named_is_read() -> None:
    from bot.settings import Settings

    table = README.split("| Setting |")[1].split("\n\n")[0]
    named = {name.lower() for row in table.splitlines()[2:] for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}
    assert named == set(Settings.model_fields) - {"public_url"}


async def test_the_how_tos_requests_are_answered(own_caravan: Caravan) -> None:
    [commands] = re.findall(r"```sh\n(.*?)```", HOW_TO, re.DOTALL)
    calls = [shlex.split(c.replace("\\\n", " "), comments=True) for c in re.split(r"\n(?=curl)", commands)]
    answers = []
    for call in calls:
        address = next(part for part in call if "localhost:8080/simulator/" in part)
        what, _, query = address.partition("/simulator/")[2].partition("?")
        if "-d" in call:
            answers.append(await own_caravan.post(what, **json.loads(call[call.index("-d") + 1])))
        else:
            answers.append(await own_caravan.get(what, **dict(pair.split("=") for pair in query.split("&"))))
    assert answers[0]["place"] == "simulator:main:coast"
    assert answers[1]["entry"]
    assert answers[2]["entries"]
