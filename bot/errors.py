"""The few ways things go wrong, named after the reaction they call for."""

from dataclasses import dataclass


class CaravanError(Exception):
    """Root of our own errors; adapters translate vendors' errors into these and keep the cause."""


class Explain(CaravanError):
    """Tell the person kindly: the argument is a sentence for them."""


class Overtaken(Explain):
    """What it was made from has been changed since: nothing was done, and the same asked again may work."""


class AskAgain(CaravanError):
    """An argument is wrong; a person or a model may correct it.

    `parameter` is the parameter's name, `text` the sentence that says what is wrong; `known`: other arguments, as they
    hold from now on.
    """

    def __init__(self, parameter: str, text: str, **known: str) -> None:
        super().__init__(text)
        self.parameter = parameter
        self.text = text
        self.known = known


class NotAllowed(CaravanError):
    """The asking person lacks the right; the argument is a sentence for them."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Which operation of a commit did not hold: `why` is exists, missing, version or unique."""

    kind: str
    id: str
    why: str


class Conflict(CaravanError):
    """A commit was refused as a whole because a document is not as expected; nothing was written."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(f"{clash.kind}/{clash.id}: {clash.why}")
        self.clash = clash


class RetryLater(CaravanError):
    """The other side is busy or limits us: try again after `after` seconds. Nothing took effect."""

    def __init__(self, after: float, why: str = "") -> None:
        super().__init__(why or f"retry after {after} s")
        self.after = after


class Unknown(CaravanError):
    """No answer came back: it may or may not have taken effect. Look up before anything else."""


class Undeliverable(CaravanError):
    """It will never work as asked (blocked, gone, too large): the argument says why, for the log.

    `gone`: what is closed to us beyond this one message: "place" (blocked, kicked, deleted), "account" (its token was
    revoked), "" if only the message could not be sent."""

    def __init__(self, why: str = "", *, gone: str = "") -> None:
        super().__init__(why)
        self.gone = gone


class Waits(CaravanError):
    """Nothing can be said there until the person opens the way again; nothing was sent. It is kept and goes then.

    `asked`: they were asked to. If not, another way to them is taken where there is one."""

    def __init__(self, why: str, *, asked: bool = False) -> None:
        super().__init__(why)
        self.asked = asked


class Misconfigured(CaravanError):
    """Stop at start: the argument is one line that names the setting."""
