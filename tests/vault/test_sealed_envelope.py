"""An envelope opens for its custodian, at its place, unaltered; and for nobody else, nowhere else."""

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from Cryptodome.Cipher import AES
from Cryptodome.Protocol.DH import import_x25519_private_key, import_x25519_public_key, key_agreement
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import EnvelopeInvalidError, SecretTooLongError
from app.models.envelope_address import EnvelopeAddress
from app.models.secret import Secret
from app.models.storable import storable
from app.vault.key_pair import new_key_pair, rewrap, unwrap
from app.vault.sealed_envelope import LARGEST, _sealed, open_envelope, seal, utf16_size

LIN = EnvelopeAddress("account", "person-lin")
PRIVATE = X25519PrivateKey.from_private_bytes(bytes(range(32)))
OWN, PUBLIC = PRIVATE.private_bytes_raw(), PRIVATE.public_key().public_bytes_raw()
EPHEMERAL, NONCE = bytes(range(32, 64)), bytes(range(12))

VECTORS = [
    (
        Secret("Xk#9vT!q2mLz"),
        LIN,
        "AAE1gHLWNliA0a7qMprfkSE4OFHtIaKOO3XpZdDSzRZiVAABAgMEBQYHCAkKCw83kJk5WAgMuMtmEfBDTxqhglU7cZ"
        "fy/ll4eEuA2TnD3lfjeGtBPzGSNuVJKFciF7EEtDkAb+TX3lfskv6GXpGXDz76aV8Q4f/u3PG+HvSO",
    ),
    (
        Secret("晋安密码一二三"),
        EnvelopeAddress("账号/一", "人员-林"),
        "AAE1gHLWNliA0a7qMprfkSE4OFHtIaKOO3XpZdDSzRZiVAABAgMEBQYHCAkKC+6bIyQVOgQ3UmudWQG/UTmHb3M9Wk"
        "LfsCGjbmoOn/5h6jidpX5RLYq9LpujkfPAof4wZdciRRPoRJPaUpD5ZFDiWNrEHS6zqatY8kkEWPQs",
    ),
    (
        Secret("x" * 65),
        EnvelopeAddress("", ""),
        "AAE1gHLWNliA0a7qMprfkSE4OFHtIaKOO3XpZdDSzRZiVAABAgMEBQYHCAkKC5PtzOkNKuJzMzoc+yKRrq9DbvznG0"
        "+sV3Lq/jO8FCE6Y0/HcvM8aH912u3Z6Q7Mvv5/kbGzyIYAHC+g0D8rHkj/vNgmajumgaLWhlKBgrR0OVB/gZCeQUmq"
        "WJb175+cIArq3mQOMIW/RVyaVGHudL+nzJKDblGscP2WQ3LTasoR2phCjXtKRovzTJiT3OeGlg==",
    ),
]


def by_another_library(secret: Secret, address: EnvelopeAddress) -> str:
    """Seal by pycryptodomex and a HKDF written out (RFC 5869), as the module's docstring says and nothing else."""
    own = import_x25519_private_key(EPHEMERAL)
    shared = key_agreement(eph_priv=own, eph_pub=import_x25519_public_key(PUBLIC), kdf=lambda agreed: agreed)
    public = own.public_key().export_key(format="raw")
    ids = (address.credential_id.encode(), address.custodian_id.encode())
    bound = b"xianshen-envelope/1" + b"".join(len(one).to_bytes(4, "big") + one for one in ids)
    key = hmac.new(hmac.new(public + PUBLIC, shared, sha256).digest(), bound + b"\x01", sha256).digest()
    plain = secret.reveal().encode()
    cipher = AES.new(key, AES.MODE_GCM, nonce=NONCE)
    cipher.update(bound)
    sealed, tag = cipher.encrypt_and_digest(plain + b"\0" * (-len(plain) % 64))
    return b64encode(b"\x00\x01" + public + NONCE + sealed + tag).decode()


@pytest.mark.parametrize(("secret", "address", "envelope"), VECTORS)
def test_the_vectors_hold_and_another_library_makes_the_same(
    secret: Secret, address: EnvelopeAddress, envelope: str
) -> None:
    made = _sealed(secret, PUBLIC, address, X25519PrivateKey.from_private_bytes(EPHEMERAL), NONCE)
    assert by_another_library(secret, address) == made
    assert made == envelope
    assert open_envelope(envelope, OWN, address) == secret


def test_a_custodian_s_own_pair_opens_it_and_goes_on_to_after_a_change_of_passcode() -> None:
    public, wrapped = new_key_pair("an old passcode 1")
    envelope = seal(Secret("密码 a"), public, LIN)
    changed = rewrap(wrapped, "an old passcode 1", "a new passcode 2")
    assert open_envelope(envelope, unwrap(changed, "a new passcode 2"), LIN) == Secret("密码 a")
    # A reset makes a new pair: the old envelope is lost to it.
    _, other = new_key_pair("an old passcode 1")
    with pytest.raises(EnvelopeInvalidError):
        open_envelope(envelope, unwrap(other, "an old passcode 1"), LIN)


@settings(max_examples=200, deadline=None)
@given(
    st.text(min_size=1, max_size=200).map(storable).filter(lambda t: t and not set("\t\n\r\x85\u2028\u2029") & set(t))
)
def test_what_is_sealed_is_opened_exactly(text: str) -> None:
    assert open_envelope(seal(Secret(text), PUBLIC, LIN), OWN, LIN).reveal() == text


def test_64_letters_make_336_bytes_and_a_shorter_password_as_many() -> None:
    sizes = {utf16_size(seal(Secret("a" * length), PUBLIC, LIN)) for length in range(1, 65)}
    assert sizes == {336}
    assert utf16_size(seal(Secret("a" * 65), PUBLIC, LIN)) == 512


def test_the_largest_password_fills_an_entry_to_the_byte_and_one_more_is_refused() -> None:
    assert utf16_size(seal(Secret("a" * 896), PUBLIC, LIN)) == LARGEST == 2560
    assert utf16_size(seal(Secret("密" * 298), PUBLIC, LIN)) == 2560
    for text in ("a" * 897, "密" * 299):
        with pytest.raises(SecretTooLongError) as told:
            seal(Secret(text), PUBLIC, LIN)
        assert told.value.size > told.value.limit == 2560
        assert text[:20] not in str(told.value)


def test_two_envelopes_of_one_password_have_nothing_in_common() -> None:
    first, second = (b64decode(seal(Secret("a" * 64), PUBLIC, LIN)) for _ in range(2))
    assert first[:2] == second[:2]
    assert sum(a == b for a, b in zip(first[2:], second[2:], strict=True)) < 16


def test_every_altered_byte_and_every_altered_character_is_refused() -> None:
    envelope = seal(Secret("Xk#9vT!q2mLz"), PUBLIC, LIN)
    raw = b64decode(envelope)
    tried = 0
    for place in range(len(raw)):
        for bit in range(8):
            altered = bytearray(raw)
            altered[place] ^= 1 << bit
            with pytest.raises(EnvelopeInvalidError):
                open_envelope(b64encode(altered).decode(), OWN, LIN)
            tried += 1
    for place in range(len(envelope)):
        for sign in set("AB/=\n 密") - {envelope[place]}:
            with pytest.raises(EnvelopeInvalidError):
                open_envelope(envelope[:place] + sign + envelope[place + 1 :], OWN, LIN)
            tried += 1
    print(f"altered envelopes: {tried} trials, 0 violations")
    assert tried > 1000 + len(envelope)


def test_the_bits_that_base64_leaves_over_are_not_left_open() -> None:
    envelope = seal(Secret("a" * 65), PUBLIC, LIN)
    assert envelope.endswith("==")
    last = envelope[-3]
    twins = [sign for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" if sign != last]
    same = [sign for sign in twins if b64decode(envelope[:-3] + sign + "==") == b64decode(envelope)]
    assert len(same) == 15
    for sign in same:
        with pytest.raises(EnvelopeInvalidError):
            open_envelope(envelope[:-3] + sign + "==", OWN, LIN)


@pytest.mark.parametrize("text", ["a", "a" * 64, "a" * 65, "a" * 200])
def test_a_cut_or_lengthened_envelope_is_refused(text: str) -> None:
    envelope = seal(Secret(text), PUBLIC, LIN)
    raw = b64decode(envelope)
    cut = [b64encode(raw[:length]).decode() for length in range(len(raw))]
    longer = [b64encode(raw + b"\0").decode(), b64encode(b"\0" + raw).decode(), envelope + "AAAA", envelope + "\n"]
    for wrong in (*cut, *longer, *(envelope[:length] for length in range(len(envelope)))):
        with pytest.raises(EnvelopeInvalidError):
            open_envelope(wrong, OWN, LIN)


@pytest.mark.parametrize(
    "address",
    [
        EnvelopeAddress("account", "person-chen"),
        EnvelopeAddress("other", "person-lin"),
        EnvelopeAddress("person-lin", "account"),
        EnvelopeAddress("accountperson-lin", ""),
        EnvelopeAddress("account ", "person-lin"),
        EnvelopeAddress("accountp", "erson-lin"),
    ],
)
def test_an_envelope_does_not_open_at_another_account_or_for_another_person(address: EnvelopeAddress) -> None:
    with pytest.raises(EnvelopeInvalidError) as told:
        open_envelope(seal(Secret("a"), PUBLIC, LIN), OWN, address)
    assert told.value.reason == "foreign"


def test_another_key_does_not_open_it() -> None:
    envelope = seal(Secret("a"), PUBLIC, LIN)
    for _ in range(50):
        with pytest.raises(EnvelopeInvalidError) as told:
            open_envelope(envelope, X25519PrivateKey.generate().private_bytes_raw(), LIN)
        assert told.value.reason == "foreign"


def test_what_is_no_envelope_is_told_apart_from_what_a_newer_version_wrote() -> None:
    envelope = seal(Secret("a"), PUBLIC, LIN)
    newer = b64encode(b"\x00\x02" + b64decode(envelope)[2:]).decode()
    for wrong, reason in (
        (newer, "newer"),
        ("", "damaged"),
        ("密码", "damaged"),
        ("hunter2", "damaged"),
        (b64encode(b"\x00\x01").decode(), "damaged"),
        (b64encode(b"\x00\x00" + b64decode(envelope)[2:]).decode(), "damaged"),
    ):
        with pytest.raises(EnvelopeInvalidError) as told:
            open_envelope(wrong, OWN, LIN)
        assert told.value.reason == reason


@pytest.mark.parametrize("key", [b"", b"short", bytes(32), b"\x01" + bytes(31), b"x" * 33])
def test_a_key_to_which_nothing_can_be_sealed_is_refused(key: bytes) -> None:
    """None yet, or one of small order, with which everybody shares the same secret."""
    with pytest.raises(EnvelopeInvalidError) as told:
        seal(Secret("a"), key, LIN)
    assert told.value.reason == "no_key"


def test_an_envelope_with_a_key_of_small_order_is_refused() -> None:
    raw = b64decode(seal(Secret("a"), PUBLIC, LIN))
    for key in (bytes(32), b"\x01" + bytes(31)):
        with pytest.raises(EnvelopeInvalidError) as told:
            open_envelope(b64encode(raw[:2] + key + raw[34:]).decode(), OWN, LIN)
        assert told.value.reason == "foreign"


@pytest.mark.parametrize("plain", [b"\xff\xfe", b"", b"a\nb", b"\xed\xa0\x80"])
def test_what_somebody_else_sealed_and_is_no_password_is_refused(plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class Foreign:
        def reveal(self) -> "Foreign":
            return self

        def encode(self, _encoding: str) -> bytes:
            return plain or b"\0"

    with pytest.raises(EnvelopeInvalidError) as told:
        open_envelope(seal(Foreign(), PUBLIC, LIN), OWN, LIN)  # type: ignore[arg-type]
    assert told.value.reason == "damaged"


def test_no_error_of_opening_holds_the_key_or_the_password() -> None:
    envelope = seal(Secret("kanarie-Mima"), PUBLIC, LIN)
    with pytest.raises(EnvelopeInvalidError) as told:
        open_envelope(envelope, OWN, EnvelopeAddress("account", "x"))
    seen: BaseException | None = told.value
    while seen is not None:
        assert "kanarie" not in repr(seen.args)
        assert OWN not in seen.args
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
