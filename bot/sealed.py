"""Sealing what must not be readable in the Store (names as on documents), with a key drawn from the secret."""

from base64 import urlsafe_b64encode
from hashlib import blake2b

from cryptography.fernet import Fernet, InvalidToken


class Sealer:
    """Seals and opens texts. Another `secret` opens nothing."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(
            urlsafe_b64encode(blake2b(secret.encode(), digest_size=32, person=b"caravan sealed").digest())
        )

    def seal(self, text: str) -> str:
        """The text as it may be stored; another one each time."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """The text again; None if it was sealed with another secret or changed since."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None
