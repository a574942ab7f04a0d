"""How the simulated network says no: an HTTP status, a code for programs and a sentence for people."""


class Refusal(Exception):
    """Nothing happened. `status`: HTTP status; `code`: short name; the argument is the sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def malformed(message: str) -> Refusal:
    """400: the request cannot be understood."""
    return Refusal(400, "malformed", message)


def too_large(message: str) -> Refusal:
    """413: more than is taken."""
    return Refusal(413, "too_large", message)


def no_place(place: str) -> Refusal:
    """404: there is no such place."""
    return Refusal(404, "unknown_place", f"There is no place {place[:100]!r}.")


def not_here(person: str) -> Refusal:
    """403: the person is not in the place."""
    return Refusal(403, "not_in_place", f"{person} is not in this place.")


def no_message(message: str) -> Refusal:
    """404: that person sees no such message there."""
    return Refusal(404, "unknown_message", f"There is no message {message[:100]!r} here.")


def gone() -> Refusal:
    """410: the message was deleted."""
    return Refusal(410, "deleted", "That message has been deleted.")


def not_author() -> Refusal:
    """403: somebody else said it."""
    return Refusal(403, "not_yours", "Only the person who said it can change that.")
