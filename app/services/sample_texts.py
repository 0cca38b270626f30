"""Made-up texts and tiny pictures for many years of records; the same random numbers give the same."""

import struct
import zlib
from collections.abc import Sequence
from random import Random

from app.models.content import Block, BlockKind

_PLACES = ("示例街道", "晋安河沿线", "社区文化广场", "示例新村", "区图书馆", "政务服务大厅", "示例中学", "北峰片区")
_SUBJECTS = (
    *("用电用气安全", "垃圾分类", "停水检修", "道路施工绕行", "义诊活动", "就业招聘会", "居住证办理", "医保报销"),
    *("防汛演练", "森林防火", "老旧小区改造", "文明养犬", "公交线路调整", "图书漂流", "反诈宣传", "疫苗接种"),
    *(
        "助餐点开放",
        "停车位登记",
        "夜间施工管理",
        "燃气软管更换",
        "学位申请",
        "残疾人服务",
        "公共自行车",
        "窗口延时服务",
    ),
)
_ENDINGS = ("的通知", "温馨提示", "问答", "工作动态", "办理指南", "活动回顾", "一图读懂", "情况说明")
_OPENERS = (
    "为方便群众办事，现将有关事项通知如下。",
    "近日，有居民询问办理的条件和流程，我们整理如下。",
    "连日来，工作人员走进小区，逐户登记了解情况。",
    "按照本月的工作安排，有关事项已经落实。",
    "入冬以来，请大家留意以下几点。",
)
_SENTENCES = (
    "请提前预约，现场凭预约号办理。",
    "办理时请带好本人身份证和居住证明。",
    "活动不收取任何费用，请勿轻信代办的说法。",
    "如遇大雨顺延一周，另行通知。",
    "工作人员在现场引导，老年人可以走绿色通道。",
    "对独居老人和行动不便的居民，由网格员上门服务。",
    "施工期间请绕行，注意沿线的临时标志。",
    "发现隐患请及时告诉物业或社区，不要自行处理。",
    "楼道里不停放电动自行车，不堆放杂物。",
    "使用燃气热水器时开窗通风，外出前关好阀门。",
    "咨询时间为工作日上午八时三十分至十二时，下午二时至五时三十分。",
    "各村和社区对照清单逐户走访，登记后及时回访。",
    "已经登记的事项，三个工作日内答复。",
    "材料不齐的，一次告知需要补充的内容。",
    "请相互转告，感谢理解和支持。",
    "活动现场设有医保、户籍、法律咨询等窗口。",
    "停水前请储好生活用水，恢复后放水片刻再使用。",
    "未成年人由家长陪同参加，注意交通安全。",
    "受理结果以短信通知，也可以到窗口查询。",
    "供水、供电单位派人在现场值守，遇到问题随时联系。",
    "请不要转发未经核实的消息，以本账号发布的为准。",
    "演练结束后，各小组总结经验，完善了预案。",
    "参加活动的居民表示，这样的服务贴心又方便。",
    "下一步将继续听取意见，把好事办好。",
)
VERDICT_WORDS = ("事实已核对。", "同意。", "文字通顺，同意报送。", "", "请注意按时发布。")
RETURN_WORDS = ("请核对时间后再报。", "数字请与承办科室核对。", "请补充咨询方式。", "标题请再简短些。")


def title(rng: Random) -> str:
    """Return a made-up title."""
    return f"{rng.choice(_PLACES)}{rng.choice(_SUBJECTS)}{rng.choice(_ENDINGS)}"


def body(rng: Random) -> list[str]:
    """Return a made-up body of 200 to 5,000 characters as paragraphs; short ones are more frequent."""
    wanted = round(200 * 25 ** (rng.random() ** 1.6) * 0.97) + 8
    paragraphs, written = [rng.choice(_OPENERS)], 0
    written = len(paragraphs[0])
    while written < wanted:
        sentences = ""
        while len(sentences) < 150 and written + len(sentences) < wanted:
            sentences += rng.choice(_SENTENCES)
        paragraphs.append(sentences)
        written += len(sentences)
    return paragraphs


def mended(paragraphs: Sequence[str], rng: Random) -> list[str]:
    """Return a body after its reviewer's wishes: a sentence of one paragraph is another one."""
    changed, place = list(paragraphs), rng.randrange(1, len(paragraphs))
    head = changed[place].partition("。")[2]
    changed[place] = rng.choice(_SENTENCES) + head
    return changed


def blocks(paragraphs: Sequence[str]) -> tuple[Block, ...]:
    """Return paragraphs as blocks."""
    return tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)


def tiny_picture(rng: Random, side: int = 12) -> bytes:
    """Return a PNG of a few random pixels, unlike any other."""
    rows = b"".join(b"\x00" + rng.randbytes(side * 3) for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part)) for kind, part in parts
    )
