"""The keepers' commands that the conversation core itself brings."""

from bot.admin.auditing import Auditing
from bot.admin.console import Console
from bot.admin.deliveries import DeliveriesAdmin
from bot.admin.jobs import JobsAdmin
from bot.admin.pausing import Pausing
from bot.admin.people import PeopleAdmin
from bot.admin.threads import ThreadsAdmin
from bot.core import Core
from bot.ports import Store


def admin_services(store: Store, core: Core) -> tuple[object, ...]:
    """To be registered under the topic "admin", before those of other packages."""
    return (
        Console(core.registry), PeopleAdmin(store), ThreadsAdmin(store, core.pauses), DeliveriesAdmin(store),
        JobsAdmin(store), Pausing(store, core.registry, core.pauses),
        Auditing(store, core.audit, core.pseudonyms),
    )  # fmt: skip
