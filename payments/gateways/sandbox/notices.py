"""What the sandbox service tells by itself: signed notices, late, doubled or lost on demand."""

import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from hashlib import blake2b, sha256

from bot.clock import Clock
from bot.controls import SandboxControls
from bot.errors import NotAllowed
from bot.model import Job
from payments.gateways.sandbox.books import Held
from payments.ports import Notice

SIGNATURE = "caravan-sandbox-signature"
TOLERANCE = 300
_TROUBLES = ("lost_notice", "doubled_notice", "late_notice")


class Notices:
    """Makes them as Jobs, signs them when they go, verifies them when they come."""

    def __init__(self, controls: SandboxControls, clock: Clock, secret: str) -> None:
        self._controls, self._clock = controls, clock
        self._key = blake2b(secret.encode(), person=b"sandbox notice").digest()

    async def of(self, held: Held, call: str, key: str = "") -> list[Job]:
        """The Jobs that tell of a change; `call` is what changed it, `key` sets apart changes of one kind."""
        fault = await self._controls.take("payments", call, held.title, kinds=_TROUBLES)
        kind = fault.kind if fault else ""
        if kind == "lost_notice":
            return []
        due = self._clock.now() + timedelta(seconds=fault.by if fault and kind == "late_notice" else 0)
        id = f"evt_{blake2b(f'{held.id}|{held.version}|{call}|{key}'.encode(), digest_size=10).hexdigest()}"
        args = {"id": id, "payment": held.id, "type": f"payment.{held.state}", "about": dict(held.about)}
        first = Job(
            id=f"{id}-1", name="sandbox_notice", thread=held.about.get("thread", ""), due_at=due, args=args,
            busy=kind != "late_notice",
        )  # fmt: skip
        if kind != "doubled_notice":
            return [first]
        again = Job(id=f"{id}-2", name="sandbox_notice", thread=first.thread, due_at=due, args=args, busy=True)
        return [first, again]

    def signed(self, job: Job) -> tuple[dict[str, str], bytes]:
        """A notice as it goes over the wire: headers and raw body."""
        at = int(self._clock.now().timestamp())
        body = json.dumps({**{k: job.args[k] for k in ("id", "payment", "type", "about")}, "created": at}).encode()
        return {SIGNATURE: f"t={at},v1={self._proof(at, body)}"}, body

    def read(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """NotAllowed unless it was signed by the service over these very bytes in the last five minutes."""
        parts = dict(p.split("=", 1) for p in headers.get(SIGNATURE, "").split(",") if "=" in p)
        at = int(parts["t"]) if parts.get("t", "").isdecimal() and len(parts["t"]) < 13 else 0
        if not hmac.compare_digest(parts.get("v1", "").encode(errors="replace"), self._proof(at, body).encode()):
            raise NotAllowed("the signature is not the sandbox's")
        if abs(self._clock.now().timestamp() - at) > TOLERANCE:
            raise NotAllowed("the notice is stale")
        told = json.loads(body)
        return Notice(id=told["id"], payment=told["payment"], about=told["about"])

    def _proof(self, at: int, body: bytes) -> str:
        return hmac.new(self._key, f"{at}.".encode() + body, sha256).hexdigest()
