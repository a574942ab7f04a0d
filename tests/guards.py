"""What no test may do: reach beyond this machine, run with a live key, or be skipped unnoticed on the build machine."""

import ipaddress
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

LIVE_KEYS = (
    "AMADEUS_CLIENT_SECRET",
    "ANTHROPIC_API_KEY",
    "DISCORD_TOKEN",
    "DUFFEL_TOKEN",
    "PAYPAL_CLIENT_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_SECRET",
    "STRIPE_SECRET_KEY",
    "TELEGRAM_TOKEN",
    "TICKETMASTER_KEY",
    "TWILIO_AUTH_TOKEN",
)
# Where the reason of a skip names this folder, the machine simply has no copy of it.
EXCUSED = "../shared"


class NetworkRefused(RuntimeError):
    """A test tried to leave the machine."""


def refuse_live_keys() -> None:
    """Stops the run where a vendor's key is in the environment."""
    if held := [name for name in LIVE_KEYS if os.environ.get(name)]:
        raise pytest.UsageError(f"tests do not run with live keys: unset {', '.join(held)}")


def refuse_network() -> None:
    """From here on this process connects, sends and looks names up on loopback only."""
    sys.addaudithook(_watch)


def is_loopback(host: object) -> bool:
    """Whether a host, as given to the socket module, is this machine."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not is_loopback(host):
        raise NetworkRefused(f"tests stay on this machine; {event} went to {host!r}")


def skip_reasons(reporter: pytest.TerminalReporter) -> Counter[str]:
    """Why tests were skipped, and how many for each reason."""
    reasons: Counter[str] = Counter()
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    return reasons


def forbidden_skips(reasons: Counter[str]) -> list[str]:
    """The reasons that make a run on the build machine (CI is set) fail."""
    if os.environ.get("CI", "").lower() in ("", "0", "false"):
        return []
    return sorted(reason for reason in reasons if EXCUSED not in reason)


def shared_folder() -> Path:
    """The material beside the checkout that scores are measured with. Skips the test where it is absent."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared beside this checkout")
    return folder
