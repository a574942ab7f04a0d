"""No kind of document is stored that no package answers for when a person asks what is held, or to be erased."""

from collections import Counter
from pathlib import Path

import app
from bot.settings import Settings


def test_every_stored_kind_is_in_one_list_of_holdings(tmp_path: Path) -> None:
    base = app.base(Settings(data_dir=tmp_path, secret_key="a secret of some length", simulator=True))
    stored = {kind.name for kind in app.STORED}
    stored |= {kind.name for channel in base.channels.values() for kind in getattr(channel, "kinds", ())}
    answered = Counter(kind for held in app.holdings(base) for kind in held.kinds)
    assert stored - set(answered) == set(), "add the kind to the `kinds` of its package's holdings, and erase it there"
    assert set(answered) - stored == set()
    assert [kind for kind, lists in answered.items() if lists > 1] == []
