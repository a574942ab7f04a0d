"""What is held as a zip: a page to read, JSON for machines, and the files. Made in a worker thread."""

import html
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from bot.codec import to_plain
from bot.model import Blob
from bot.privacy.texts import say

_STYLE = (
    "body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "td{vertical-align:top;padding:.1rem .6rem .1rem 0}td:first-child{color:#666}"
    "article{border-top:1px solid #ddd;padding:.4rem 0}"
)

Sections = Mapping[str, Sequence[Any]]


def zipped(sections: Sections, at: str) -> bytes:
    """index.html, one JSON file a section, and every Blob under files/. `at`: when, as people read it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", _page(sections, at))
        for title, rows in sections.items():
            told = [_plain(row) for row in rows]
            archive.writestr(f"{_slug(title)}.json", json.dumps(told, indent=2, ensure_ascii=False))
        for n, blob in enumerate(_blobs(sections), 1):
            archive.writestr(f"files/{n}-{_file_name(blob.name)}", blob.data)
    return made.getvalue()


def _blobs(sections: Sections) -> list[Blob]:
    return [row for rows in sections.values() for row in rows if isinstance(row, Blob)]


def _plain(row: Any) -> Any:
    if isinstance(row, Blob):
        return {"name": row.name, "mime": row.mime, "bytes": len(row.data)}
    plain = to_plain(row)
    return {k: v for k, v in plain.items() if k != "version"} if isinstance(plain, dict) else plain


def _page(sections: Sections, at: str) -> str:
    parts = [f"<h1>{html.escape(say('title'))}</h1><p>{html.escape(at)}</p>"]
    for title, rows in sections.items():
        parts.append(f"<h2>{html.escape(title)} ({len(rows)})</h2>")
        parts += [f"<article>{_row(_plain(row))}</article>" for row in rows]
    body = "\n".join(parts)
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Caravan</title><style>{_STYLE}</style>{body}'


def _row(value: Any) -> str:
    if isinstance(value, dict):
        told = {k: v for k, v in value.items() if v not in (None, "", [], {})}
        return "<table>" + "".join(f"<tr><td>{html.escape(k)}</td><td>{_row(v)}</td></tr>" for k, v in told.items()) \
            + "</table>"  # fmt: skip
    if isinstance(value, list):
        return "<br>".join(_row(v) for v in value)
    return html.escape(str(value)).replace("\n", "<br>")


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title.casefold()).strip("-") or "section"


def _file_name(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name).lstrip(".")[-80:] or "file"
