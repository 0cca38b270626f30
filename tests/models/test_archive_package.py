"""What a check of an archive says, and what a month lacks."""

from pathlib import Path

from app.models.archive_package import BagProblem, BagReport, PackageFile, ProblemKind
from app.models.month import Month
from app.models.monthly import Gap, GapKind, MonthOverview


def report(*problems: BagProblem) -> BagReport:
    return BagReport(Path("bag"), "1.0", ("sha256", "sm3"), 1, 1, problems)


def test_warnings_alone_leave_an_archive_valid() -> None:
    warning = BagProblem(ProblemKind.SYSTEM_FILE, "data/Thumbs.db", warning=True)
    assert report().valid
    assert report(warning, warning).valid
    assert not report(warning, BagProblem(ProblemKind.ALTERED, "data/a.pdf")).valid


def test_a_package_file_knows_its_size_wherever_it_comes_from(tmp_path: Path) -> None:
    stored = tmp_path / "a"
    stored.write_bytes(b"12345")
    assert PackageFile("data/a", "甲", source=stored).size == 5
    assert PackageFile("data/a", "甲", data=b"123").size == 3
    assert PackageFile("data/a", "甲", data=b"").size == 0


def test_a_gap_is_explained_by_its_key_and_only_with_words() -> None:
    gaps = (
        Gap(GapKind.NO_SCAN, "scan:1", "〔2026〕1号", "甲"),
        Gap(GapKind.NO_LINK, "link:2", "〔2026〕2号", "乙"),
        Gap(GapKind.NO_SCREENSHOT, "shot:3", "〔2026〕3号", "丙", must_explain=False),
    )
    month = Month(2026, 10)
    left = MonthOverview(month, 3, 3, 2, gaps, (("scan:1", "原件在送签途中"), ("link:2", "　"))).unexplained
    assert [gap.key for gap in left] == ["link:2"]
