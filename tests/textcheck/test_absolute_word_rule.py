"""Absolute advertising words: found in advertisements, not in the prose of an office."""

from collections.abc import Callable

import pytest

from app.textcheck.lexicon import Lexicon

Found = Callable[[str, str], list[str]]

ADVERTISING = [
    ("打造最佳品质", "最佳"),
    ("我们的服务最佳", "最佳"),
    ("国家级美味等你来", "国家级"),
    ("享受国家级待遇", "国家级"),
    ("顶级享受", "顶级"),
    ("顶尖配方", "顶尖"),
    ("销量第一的茉莉花茶", "销量第一"),
    ("全国第一的鱼丸", "全国第一"),
    ("福州鱼丸，天下第一", "天下第一"),
    ("第一品牌", "第一品牌"),
    ("全网最低价", "全网最低"),
    ("史上最低折扣", "史上最低"),
    ("最先进的设备", "最先进"),
    ("最优惠的价格", "最优惠"),
    ("独一无二的口感", "独一无二"),
    ("包治百病的神茶", "包治百病"),
    ("100%有效", "100%有效"),
    ("国宴专供茶叶", "国宴专供"),
    ("世界级享受", "世界级"),
    ("最低价抢购", "最低价"),
]

OFFICE = [
    "第一时间赶赴现场，第一书记带头包保。",
    "第一季度，全区地区生产总值增长6.1%。",
    "第一批、第二批主题教育衔接联动。",
    "全国第一批海绵城市试点，全国第一个乡村振兴示范区。",
    "福州市第一医院、福州第一中学、晋安区第一中心小学。",
    "安全第一、预防为主；人民至上、生命至上。",
    "党政主要负责人是第一责任人，发展是第一要务，人才是第一资源，创新是第一动力。",
    "中国第一历史档案馆、中国第一汽车集团。",
    "国家级自然保护区、国家级非物质文化遗产代表性项目、国家级经济技术开发区。",
    "鼓山国家级风景名胜区，鼓岭国家级旅游度假区。",
    "获评国家级高新技术企业，入选国家级专精特新“小巨人”企业。",
    "国家级、省级和市级",
    "转载稿件568篇，其中国家级52篇，省级197篇。",
    "长春高新技术产业开发区（国家级）",
    "荣誉级别：国家级",
    "国家级媒体点赞我区基层治理做法。",
    "打造世界级湾区、世界级难题攻关。",
    "邀请国内顶尖的海洋装备专家授课。",
    "国家级和省级文物保护单位",
    "国家级卫生乡镇、国家级文明村镇",
    "最高人民法院、最高人民检察院联合发布司法解释。",
    "今日最高气温36℃，最低气温27℃。",
    "最低生活保障标准、最低工资标准上调。",
    "首个工作日，区行政服务中心秩序井然。",
    "最大限度减少损失，最大程度方便群众。",
    "荣获最佳组织奖、最佳人气奖，获评全国最佳案例。",
    "鼓岭赏花进入最佳观赏期，上午是最佳时段。",
    "急救“黄金四分钟”是最佳抢救时间。",
    "世界级城市群、世界级先进制造业集群。",
    "采用经评审的最低价中标法。",
    "顶级期刊、顶尖人才团队",
    "打击制售“机关特供”酒违法行为。",
    "最高级别响应、提级响应",
    "最新消息、最近几天、最后一公里、最美志愿者、最难的时候",
    "唯一依据、独家经营权",
    "极端天气、极易引发次生灾害、积极参与",
    "最先进入现场的是消防救援人员。",
    "全网最低调的英雄",
]


@pytest.mark.parametrize(("text", "word"), ADVERTISING)
def test_an_absolute_word_is_found(text: str, word: str, found: Found) -> None:
    assert found("absolute_word", text) == [word]


@pytest.mark.parametrize("text", OFFICE)
def test_office_prose_gives_no_alarm(text: str, found: Found) -> None:
    assert found("absolute_word", text) == []


def test_a_context_makes_one_place_harmless_not_all(found: Found) -> None:
    assert found("absolute_word", "国家级自然保护区里有国家级美味。") == ["国家级"]


def test_the_lists_name_no_word_twice_and_explain_themselves(lexicon: Lexicon) -> None:
    assert len(lexicon.words) > 50
    assert all(word.text.strip() == word.text and word.suggestion.endswith("。") for word in lexicon.words)
    assert all(neighbour for word in lexicon.words for neighbour in (*word.before, *word.after, *word.only_before))
