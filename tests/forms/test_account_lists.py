"""责任清单, 密码变更记录 and 启封、借用登记 are lists like the others."""

from app.forms.listing import compose_listing
from tests.forms.account_specimens import password_changes, password_loans, responsibility_list
from tests.forms.specimens import fonts, pages_of


def test_the_responsibilities_of_sixteen_accounts_stand_on_one_page_to_be_signed() -> None:
    (page,) = pages_of(compose_listing(responsibility_list(16), fonts()))
    assert "序号账号开设主管审核维护密码保管监看" in page
    assert "16微信公众号“晋安示例16”示例局李副局长王主任陈晓敏陈晓敏、林示例值班员" in page
    assert "主要负责人签字：年月日" in page
    assert "时分" not in page


def test_a_record_of_password_changes_repeats_its_header_and_is_signed_once() -> None:
    pages = pages_of(compose_listing(password_changes(90), fonts()))
    assert len(pages) > 1
    assert all("序号日期账号原因操作人见证人备注" in page for page in pages if "定期更换" in page)
    assert "".join(pages).count("定期更换") == 90
    assert [page.count("签字：") for page in pages if "签字：" in page] == [2]


def test_a_loan_says_when_why_by_whom_and_that_it_is_over() -> None:
    (page,) = pages_of(compose_listing(password_loans(), fonts()))
    assert "1 2026-11-2009:30微信公众号“晋安示例”重大活动值守李副局长林示例2026-11-2118:00☑".replace(" ", "") in page


def test_without_any_loan_the_register_says_none() -> None:
    (page,) = pages_of(compose_listing(password_loans(0), fonts()))
    assert "启封、借用登记无" in page
