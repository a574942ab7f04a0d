"""Who spoke where lately, so that their names can be written and mentioned. In memory: people speak again."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping

from channels.received import keep

_HERE, _PLACES = 200, 1000


class Speakers:
    """`names`: id -> name, of whatever has one."""

    def __init__(self) -> None:
        self.names: OrderedDict[str, str] = OrderedDict()
        self._here: OrderedDict[str, OrderedDict[str, str]] = OrderedDict()

    def seen(self, place: str, people: Iterable[tuple[str, str]]) -> None:
        """(id, name) of those who spoke or were named."""
        here = keep(self._here, place, self._here.get(place, OrderedDict()), _PLACES)
        for id, name in people:
            if id and name and name != id:
                keep(self.names, id, name)
                keep(here, name, id, _HERE)

    def people(self, place: str) -> Mapping[str, str]:
        """Name -> id of those seen here."""
        return self._here.get(place, {})
