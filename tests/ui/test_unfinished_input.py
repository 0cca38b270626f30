"""What was typed and not done is given back once."""

from app.ui.unfinished_input import UnfinishedInput


def test_what_was_kept_is_given_back_once_and_to_its_own_dialog_only() -> None:
    kept = UnfinishedInput()
    kept.keep("record", "d", "typed")
    assert kept.take("decide", "d") is None
    assert kept.take("record", "e") is None
    assert kept.take("record", "d") == "typed"
    assert kept.take("record", "d") is None


def test_nothing_typed_forgets_what_was_kept() -> None:
    kept = UnfinishedInput()
    kept.keep("record", "d", "typed")
    kept.keep("record", "d", None)
    assert kept.take("record", "d") is None


def test_what_another_person_typed_is_forgotten() -> None:
    kept = UnfinishedInput()
    kept.serve("one")
    kept.keep("record", "d", "typed")
    kept.serve("one")
    assert kept.take("record", "d") == "typed"
    kept.keep("record", "d", "typed")
    kept.serve("two")
    kept.serve("one")
    assert kept.take("record", "d") is None
