"""A password sealed to one custodian's public key: whoever holds the public key seals, only the custodian opens.

Version 1, in Base64: version (2), ephemeral X25519 key (32), nonce (12), AES-256-GCM ciphertext with tag (16).
The key is HKDF-SHA256 of the shared secret, salted with both public keys. Key and ciphertext are bound to the
credential and the custodian, so that an envelope opens nowhere but where it was put. The password is padded with
NUL to the next 64 bytes: the envelope does not tell how long it is. 64 letters make 336 bytes in UTF-16.
"""

import binascii
import secrets
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import EnvelopeInvalidError, FieldInvalidError, MissingFieldError, SecretTooLongError
from app.models.envelope_address import EnvelopeAddress
from app.models.secret import Secret

LARGEST = 2560
"""Bytes of an envelope in UTF-16: Windows keeps no more in one entry, and no other system is asked to."""

_TAG = b"xianshen-envelope/1"
_VERSION = b"\x00\x01"
_KEY, _NONCE, _BLOCK = 32, 12, 64
_HEAD = len(_VERSION) + _KEY + _NONCE


def seal(secret: Secret, public_key: bytes, address: EnvelopeAddress) -> str:
    """Seal a password to a custodian's public key (32 bytes); return the envelope as ASCII text.

    Raises `SecretTooLongError` (more than 896 bytes in UTF-8) and `EnvelopeInvalidError` (`no_key`).
    """
    return _sealed(secret, public_key, address, X25519PrivateKey.generate(), secrets.token_bytes(_NONCE))


def open_envelope(envelope: str, private_key: bytes, address: EnvelopeAddress) -> Secret:
    """Open an envelope with the custodian's private key (32 bytes).

    Raises `EnvelopeInvalidError`: `damaged` (no envelope), `newer` (of a newer version), or `foreign` (sealed to
    another key, put at another address, or altered: these cannot be told apart).
    """
    raw = _raw(envelope)
    ephemeral, nonce, sealed = raw[len(_VERSION) : _HEAD - _NONCE], raw[_HEAD - _NONCE : _HEAD], raw[_HEAD:]
    private = X25519PrivateKey.from_private_bytes(private_key)
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        key = _derived(shared, ephemeral, private.public_key().public_bytes_raw(), address)
        padded = AESGCM(key).decrypt(nonce, sealed, _bound(address))
    except (InvalidTag, ValueError):
        # ValueError: a key of small order shares the same secret with everybody.
        raise EnvelopeInvalidError("foreign") from None
    try:
        return Secret(padded.rstrip(b"\0").decode("utf-8"))
    except (UnicodeDecodeError, MissingFieldError, FieldInvalidError):
        # Anybody can seal anything to a public key.
        raise EnvelopeInvalidError("damaged") from None


def utf16_size(text: str) -> int:
    """Return how many bytes a text takes in UTF-16 without a mark."""
    return len(text.encode("utf-16-le"))


def _sealed(
    secret: Secret, public_key: bytes, address: EnvelopeAddress, ephemeral: X25519PrivateKey, nonce: bytes
) -> str:
    plain = secret.reveal().encode("utf-8")
    padded = plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK, b"\0")
    own = ephemeral.public_key().public_bytes_raw()
    try:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    except ValueError:
        raise EnvelopeInvalidError("no_key") from None
    key = _derived(shared, own, public_key, address)
    envelope = b64encode(_VERSION + own + nonce + AESGCM(key).encrypt(nonce, padded, _bound(address))).decode("ascii")
    if utf16_size(envelope) > LARGEST:
        raise SecretTooLongError(utf16_size(envelope), LARGEST)
    return envelope


def _raw(envelope: str) -> bytes:
    try:
        raw = b64decode(envelope, validate=True)
    except (binascii.Error, ValueError):
        raise EnvelopeInvalidError("damaged") from None
    # Base64 has several spellings of the same bytes; only ours is ours.
    if b64encode(raw).decode("ascii") != envelope or len(raw) <= _HEAD:
        raise EnvelopeInvalidError("damaged")
    if raw[: len(_VERSION)] != _VERSION:
        raise EnvelopeInvalidError("newer" if raw[: len(_VERSION)] > _VERSION else "damaged")
    return raw


def _derived(shared: bytes, ephemeral: bytes, public: bytes, address: EnvelopeAddress) -> bytes:
    return HKDF(SHA256(), _KEY, salt=ephemeral + public, info=_bound(address)).derive(shared)


def _bound(address: EnvelopeAddress) -> bytes:
    """Return tag, credential and custodian as bytes, each id behind its length: no two addresses give the same."""
    ids = (address.credential_id.encode("utf-8"), address.custodian_id.encode("utf-8"))
    return _TAG + b"".join(len(one).to_bytes(4, "big") + one for one in ids)
