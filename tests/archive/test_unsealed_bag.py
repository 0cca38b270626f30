"""A bag that was never sealed is put aside under a name of its own."""

from datetime import UTC, datetime
from pathlib import Path

from app.archive.unsealed_bag import set_aside

LINES = (("Xianshen-Month", "2026-10"),)
AT = datetime(2026, 11, 3, 1, 2, 3, tzinfo=UTC)


def test_bags_that_are_put_aside_in_one_second_all_stay(tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    names = []
    for number in range(3):
        bag.mkdir()
        (bag / "bag-info.txt").write_text("Xianshen-Month: 2026-10\n", "utf-8")
        (bag / "number.txt").write_text(str(number), "utf-8")
        names.append(set_aside(bag, LINES, AT))
    stem = "bag-unsealed-20261103-090203"
    assert names == [stem, f"{stem}-2", f"{stem}-3"]
    assert [(tmp_path / name / "number.txt").read_text("utf-8") for name in names] == ["0", "1", "2"]
    assert not bag.exists()
