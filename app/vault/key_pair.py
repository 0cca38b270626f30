"""The X25519 pair of a person who signs in: envelopes are sealed to its public half.

The private half lies in the database under Argon2id of the passcode: salt (16) + nonce (12) + AES-256-GCM
ciphertext. Changing a passcode re-wraps it; a reset makes a new pair.
"""

import secrets

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.errors import SignInRefusedError
from app.models.storable import storable

_SALT, _NONCE = 16, 12
_TAG = b"xianshen-private-key/1"


def new_key_pair(passcode: str) -> tuple[bytes, bytes]:
    """Make a pair; return the public key (32 bytes) and the private key wrapped under the passcode."""
    private = X25519PrivateKey.generate()
    return private.public_key().public_bytes_raw(), _wrap(private.private_bytes_raw(), passcode)


def rewrap(wrapped: bytes, old_passcode: str, new_passcode: str) -> bytes:
    """Wrap a private key under a new passcode, or refuse with `SignInRefusedError`."""
    return _wrap(unwrap(wrapped, old_passcode), new_passcode)


def unwrap(wrapped: bytes, passcode: str) -> bytes:
    """Return the private key (32 bytes), or refuse with `SignInRefusedError`."""
    salt, nonce, sealed = wrapped[:_SALT], wrapped[_SALT : _SALT + _NONCE], wrapped[_SALT + _NONCE :]
    try:
        return AESGCM(_key(passcode, salt)).decrypt(nonce, sealed, _TAG)
    except InvalidTag as wrong:
        raise SignInRefusedError from wrong


def _wrap(private: bytes, passcode: str) -> bytes:
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    return salt + nonce + AESGCM(_key(passcode, salt)).encrypt(nonce, private, _TAG)


def _key(passcode: str, salt: bytes) -> bytes:
    secret = storable(passcode).encode("utf-8")
    return hash_secret_raw(secret, salt, time_cost=3, memory_cost=65536, parallelism=4, hash_len=32, type=Type.ID)
