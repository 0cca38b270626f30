"""Marks of secrecy, and the many sentences that only speak of secrets."""

from collections.abc import Callable

import pytest

from app.models.finding import Finding, RuleKind, Severity
from app.textcheck.secrecy_rule import HEAD_LINES, find_secrecy_marks

Found = Callable[[str, str], list[str]]

MARKED = [
    ("机密★1年", "机密★1年"),
    ("绝密★长期", "绝密★长期"),
    ("秘密★", "秘密★"),
    ("机　密★１年", "机　密★１年"),
    ("机 密 ★ 20 年", "机 密 ★ 20 年"),
    ("秘密☆6个月", "秘密☆6个月"),
    ("绝密⭐启用前", "绝密⭐启用前"),
    ("绝密★启用前", "绝密★启用前"),
    ("机密（★5年）", "机密（★5年"),
    ("機密★十年", "機密★十年"),
    ("机密级★10年", "机密级★10年"),
    ("机密\n★20年", "机密\n★20年"),
    ("机\u200b密★", "机\u200b密★"),
    ("附件上印有“秘密★3年”字样", "秘密★3年"),
    ("商业秘密★5年", "秘密★5年"),
    ("机密", "机密"),
    ("  机　密  ", "机　密"),
    ("机密\n福州市晋安区人民政府文件", "机密"),
    ("福州市晋安区人民政府文件\n秘密\n关于做好防汛工作的通知", "秘密"),
    ("000001\n机密\n特急", "机密"),
    ("000001　机密", "机密"),
    ("特急　机密", "机密"),
    ("机密　特急", "机密"),
    ("密级：秘密", "秘密"),
    ("密　级: 机 密", "机 密"),
    ("【机密】关于防汛工作的通知", "机密"),
    ("（秘密）关于防汛工作的通知", "秘密"),
    ("关于防汛工作的通知（机密）", "机密"),
    ("机密.docx", "机密"),
    ("机密 5年", "机密 5年"),
    ("秘密（长期）", "秘密（长期"),
    ("正文第一段。\n" * 30 + "秘密　3年\n", "秘密　3年"),
    ("正文第一段。\n" * 30 + "秘密★\n", "秘密★"),
    ("密级：秘密　保密期限：5年", "秘密　保密期限：5年"),
    ("密级：秘密　　保密期限：5年", "秘密　　保密期限：5年"),
    ("密级:机密，保密期限10年", "机密，保密期限10年"),
    ("秘密（保密期限：长期）", "秘密（保密期限：长期"),
    ("正文第一段。\n" * 30 + "密级：秘密　保密期限：5年\n", "秘密　保密期限：5年"),
    ("密级：秘密　份号：000001", "秘密"),
    ("保密等级：机密", "机密"),
    ("保密级别：机密级", "机密级"),
    ("定密：秘密", "秘密"),
    ("定密级别：秘密", "秘密"),
    ("文件密级：秘密", "秘密"),
    ("密级标志：机密", "机密"),
    ("★机密", "机密"),
    ("★ 机密 ★", "机密 ★"),
    ("正文第一段。\n" * 30 + "★机密\n", "机密"),
    ("★机密★1年", "机密★1年"),
    ("机密*", "机密"),
    ("**机密**", "机密"),
    ("机密*1年", "机密*1年"),
    ("机密＊长期", "机密＊长期"),
    ("秘密▲3年", "秘密▲3年"),
    ("机密※", "机密"),
    ("机密/10年", "机密/10年"),
    ("机密★福州市晋安区人民政府文件", "机密★"),
    ("秘密★福州市晋安区人民政府文件", "秘密★"),
    ("本件密级为机密★请勿外传", "机密★"),
    ("商业秘密★特急", "秘密★"),
    ("附件1：秘密★关于防汛的情况", "秘密★"),
]

PLAIN = [
    "国家秘密",
    "保守国家秘密是每个公民的义务。",
    "秘密侦查",
    "机密要求",
    "机密文件不得在连接互联网的计算机上存储、处理。",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "绝密级国家秘密是最重要的国家秘密。",
    "泄露商业秘密、个人隐私的，依法追究责任。",
    "他严守秘密，一守就是六十年。",
    "揭开大熊猫的秘密",
    "大自然的秘密：萤火虫为什么会发光",
    "健康的秘密",
    "中共中央办公厅机要局原机密室",
    "保密★★★★★",
    "★保密工作小贴士★",
    "推荐指数：★★★★★",
    "★秘密武器大揭秘",
    "机密性、完整性和可用性是信息安全的三个要素。",
    "《中华人民共和国保守国家秘密法》第十四条",
    "不得在互联网上发布涉密信息，严禁涉密不上网、上网不涉密。",
    "会议要求，全体干部要树牢“保密就是保安全”的意识。",
    "密级、保密期限和知悉范围应当一并确定。",
    "本稿不涉及国家秘密、工作秘密。",
    "秘密等级",
    "绝密飞行",
    "电影《绝密押运》今日上映",
    "机密码由专人保管",
    "她把秘密藏在心里3年",
    "秘密举行 5年后",
    "工作秘密 5项",
    "绝密任务",
    "精密仪器★",
    "紧密★结合",
    "严密、周密、保密",
    "第十条 发布信息必须符合国家保密规定，不得涉及国家秘密。",
    "密级",
    "秘密战线展览",
    "“秘密”一词的来历",
    "机关机密\n管理",
    "商业秘密★五星好评",
    "商业机密★大公开",
    "揭秘：秘密☆花园",
    "她的秘密★★★★★",
    "国家秘密★知识竞赛",
    "密级：绝密、机密、秘密三级",
    "密级：秘密 机密 绝密",
    "密级：□秘密　□机密　□绝密",
    "保密等级：机密性、完整性和可用性",
    "定密：秘密级以上事项由定密责任人确定",
    "密级：秘密级以下",
    "★秘密花园",
    "* 秘密等级说明",
    "秘密*花园",
    "秘密的保密期限：5年",
]


@pytest.mark.parametrize(("text", "mark"), MARKED)
def test_a_mark_is_found(text: str, mark: str, found: Found) -> None:
    assert found("secrecy_mark", text) == [mark]


@pytest.mark.parametrize("text", PLAIN)
def test_speaking_of_secrets_is_no_mark(text: str, found: Found) -> None:
    assert found("secrecy_mark", text) == []


@pytest.mark.parametrize("text", PLAIN)
def test_speaking_of_secrets_in_a_running_text_is_no_mark(text: str, found: Found) -> None:
    assert found("secrecy_mark", f"关于开展保密宣传教育的通知\n各街道：\n{text}，请遵照执行。\n") == []


def test_a_mark_alone_counts_only_at_the_head() -> None:
    body = "正文。\n" * HEAD_LINES
    assert find_secrecy_marks(body + "秘密\n", head=True) == []
    assert len(find_secrecy_marks("正文。\n" * (HEAD_LINES - 1) + "\n \n秘密\n", head=True)) == 1
    assert find_secrecy_marks("秘密", head=False) == []
    assert len(find_secrecy_marks("秘密★", head=False)) == 1


def test_a_mark_has_its_own_way_out_and_is_not_quoted(findings: Callable[[str], tuple[Finding, ...]]) -> None:
    [mark] = findings("机密★1年\n关于防汛工作的通知")
    assert (mark.kind, mark.severity, mark.replacement) == (RuleKind.SECRECY_MARK, Severity.BLOCK, None)
    assert mark.masked == "机****"
    assert "立即清除" in mark.suggestion
    assert "误报" in mark.suggestion
    assert "第九条、第十条" in mark.message
