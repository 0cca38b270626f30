"""Holding a bag against what the unit's records kept of it at 封存: a bag that is whole may still be another one."""

from dataclasses import replace
from pathlib import Path

from app.archive.bag_verifier import verify_bag
from app.models.archive_package import BagProblem, BagReport, ProblemKind, ProgressReport, SealedAs
from app.models.monthly import ArchiveRecord
from app.services.archive_package_files import package_name
from app.services.record_room import RecordRoom

_LISTS = {"sha256": "manifest-sha256.txt", "sm3": "manifest-sm3.txt"}


class SealedBags:
    """Verifies bags with the records of a unit at hand; nothing is changed in either."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def verify(self, folder: Path, report: ProgressReport | None = None) -> BagReport:
        """Verify any bag; one of this unit must have the manifests that its sealing recorded. Errors as `verify_bag`.

        What was sealed otherwise is no longer valid (`not_as_sealed`); what was never sealed is warned of
        (`not_sealed`); a bag of somebody else is left to its own lists.
        """
        found = verify_bag(folder, report)
        with self._room.store.reading() as unit:
            own, records = unit.units.get(), unit.months.all_archives()
        return _against(found, own.code, records)


def _against(found: BagReport, own_code: str, records: tuple[ArchiveRecord, ...]) -> BagReport:
    info, digests = dict(found.info), dict(found.list_digests)
    code = info.get("Xianshen-Unit-Code", "")
    name = package_name(code, info.get("Xianshen-Month", ""), info.get("Xianshen-Version", ""))
    record = next((r for r in records if r.folder_name == name), None)
    if record is None:
        record = next((r for r in records if r.sha256_manifest_digest == digests.get("sha256")), None)
        if record is not None:
            # The lists are ours, what the bag says of itself is not.
            return _wrong(found, "bag-info.txt", record)
        if code != own_code:
            return found
        missing = BagProblem(ProblemKind.NOT_SEALED, _LISTS["sha256"], warning=True)
        return replace(found, problems=(*found.problems, missing))
    kept = {"sha256": record.sha256_manifest_digest, "sm3": record.sm3_manifest_digest}
    for algorithm, digest in kept.items():
        if digests.get(algorithm) != digest:
            return _wrong(found, _LISTS[algorithm], record)
    return replace(found, sealed=SealedAs(record.number, record.version))


def _wrong(found: BagReport, file: str, record: ArchiveRecord) -> BagReport:
    problem = BagProblem(ProblemKind.NOT_AS_SEALED, file, f"{record.number}第{record.version}版")
    return replace(found, problems=(problem, *found.problems))
