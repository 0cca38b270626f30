"""Whose copy of which credential an envelope holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EnvelopeAddress:
    """The credential (the id of what an account opens with) and the custodian (a person's id) of one envelope."""

    credential_id: str
    custodian_id: str
