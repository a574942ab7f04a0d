"""`python app.py understand`: one JSON message a line in, one JSON understanding a line out."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bot.brains.offline.understand import Understander


def answer_lines(understander: Understander, lines: Iterable[str]) -> Iterator[str]:
    """For each {"text", "today"} a line {"intent", "slots"}; a malformed line gets an "error" as well."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(understander, line), ensure_ascii=False)


def _answer(understander: Understander, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        text, today = asked["text"], date.fromisoformat(asked["today"])
        if not isinstance(text, str):
            raise TypeError("text is not a string")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return {"intent": None, "slots": {}, "error": f"{type(error).__name__}: {error}"[:200]}
    understood = understander.understand(text, today)
    return {"intent": understood.intent, "slots": understood.slots}
