"""The words of 信息发布审核表: from records to plain values for the printed form (domain.md 3.4)."""

from collections import Counter
from collections.abc import Callable

from app.labels import label, long_date, long_moment
from app.models.clock import beijing_day
from app.models.content import Content, Origin
from app.models.draft import Draft, Revision, Urgency
from app.models.paper import Field, PaperHead, PlacedPicture, ReviewSheet, SignatureBox, VariantText
from app.models.review import STEP_VERDICTS, Decision, DecisionWay, ReviewStep
from app.services.account_names import account_names
from app.services.text_checks import FieldFinding
from app.storage.unit_of_work import UnitOfWork
from app.textcheck.rules import CARDS


def review_sheet(
    unit: UnitOfWork,
    draft: Draft,
    revision: Revision,
    head: PaperHead,
    picture: Callable[[str], bytes],
    findings: tuple[FieldFinding, ...],
) -> ReviewSheet:
    """Gather what stands on the sheet of one revision; `findings` are those of the text check in its content."""
    content = revision.content
    names = account_names(unit)
    called = {a: names.caption(a, revision.submitted_at) for a in names.accounts}
    captions = [called[a] for a in content.account_ids if a in called]
    author = unit.people.get(draft.author_id)
    name = unit.people.name_on(author.id, beijing_day(revision.submitted_at))
    decisions = unit.reviews.decisions(draft.id, revision.number)
    fields = [
        Field("标题", content.title, wide=True),
        Field("发布账号", "、".join(captions), wide=len("、".join(captions)) > 40),
        Field("拟发布时间", long_moment(draft.planned_at) if draft.planned_at else "审批后即发"),
        Field("信息员", f"{name}（{author.department}）" if author.department else name),
        Field("审核等级", label(revision.review_class) + ("（加急）" if draft.urgency is Urgency.URGENT else "")),
        Field("信息来源", _source(content), wide=content.source.origin is Origin.REPOST),
        Field("形式栏目", "、".join(part for part in (label(content.form), draft.category) if part)),
        Field("附件", _attachments(content)),
        Field("申请日期", long_date(revision.submitted_at)),
    ]
    pictures = {p.sha256: PlacedPicture(picture(p.sha256), p.caption, p.licence) for p in content.pictures()}
    return ReviewSheet(
        head=head,
        fields=tuple(fields),
        summary=content.summary,
        body=content.blocks,
        pictures=pictures,
        variants=tuple(
            VariantText(called.get(v.account_id, ""), v.title, v.blocks)
            for v in content.variants
            if v.title or v.blocks
        ),
        checks=_checks(revision, findings),
        steps=tuple(_box(unit, step, decisions) for step in unit.reviews.steps(draft.id, revision.number)),
        footnote=f"本表与第{revision.number}稿内容一一对应，内容改动后本表作废。",
    )


def _source(content: Content) -> str:
    if content.source.origin is Origin.ORIGINAL:
        return "原创"
    source = content.source
    return f"转载自{source.unit}《{source.original_title}》，{source.link_or_paper}"


def _attachments(content: Content) -> str:
    pictures = sum(1 for block in content.blocks if block.picture)
    parts = [f"图片{pictures}幅"] if pictures else []
    parts += [f"附件{len(content.attachments)}个"] if content.attachments else []
    if content.video:
        minutes = f"，时长{content.video.seconds}秒" if content.video.seconds else ""
        size = content.video.size / 1_000_000
        parts.append(
            f"视频“{content.video.name}”（{size:.1f} MB{minutes}，SHA-256 {content.video.sha256[:16].upper()}）"
        )
    parts += [f"账号单独文案{len(content.variants)}份"] if content.variants else []
    return "、".join(parts) or "无"


def _checks(revision: Revision, findings: tuple[FieldFinding, ...]) -> tuple[str, ...]:
    declared = revision.content.declarations
    lines = [
        f"涉及国家秘密、工作秘密：{'否' if declared.no_secrets else '未声明'}　　"
        f"含个人信息：{'是，可以公开' if declared.personal_data else '否'}",
        f"含人工智能生成内容：{'是，已声明' if declared.ai_made else '否'}　　"
        f"含地图：{'是，审图号' + declared.map_number if declared.map_number else '否'}",
    ]
    for key, reason in revision.silenced:
        rule, _, words = key.partition(":")
        lines.append(f"机器检查提示“{label_of_rule(rule)}{words}”，说明：{reason}")
    answered = {key for key, _ in revision.silenced}
    standing = Counter(label_of_rule(found.finding.rule) for found in findings if found.answer_key not in answered)
    told = "、".join(f"{title} {count} 处" for title, count in standing.items())
    # Who signs has to know what the check asked about and nobody answered.
    version = f"词表版本 {revision.lexicon_version}"
    if told:
        lines.append(f"机器检查：提醒没有说明的有 {told}，请签批人留意（{version}）")
    else:
        lines.append(version if revision.silenced else f"机器检查：无未处理事项（{version}）")
    return tuple(lines)


def label_of_rule(rule: str) -> str:
    """Name a check rule as its card does."""
    return next((card.title for card in CARDS if card.name == rule), rule)


def _box(unit: UnitOfWork, step: ReviewStep, decisions: tuple[Decision, ...]) -> SignatureBox:
    standing = [d for d in decisions if d.position == step.position and d.voided_at is None]
    on_screen = [d for d in standing if d.way is DecisionWay.SCREEN]
    decided = "；".join(_decided(unit, step, d) for d in on_screen)
    return SignatureBox(
        label=label(step.kind),
        choices=tuple(label(verdict) for verdict in STEP_VERDICTS[step.kind]),
        # Only what was decided on screen is printed; what is signed by hand stays white until it is signed.
        ticked=label(on_screen[0].verdict) if on_screen else "",
        opinion="；".join(d.opinion for d in on_screen if d.opinion),
        decided=decided,
        signers=step.quorum,
    )


def _decided(unit: UnitOfWork, step: ReviewStep, decision: Decision) -> str:
    word = "同意" if decision.verdict is STEP_VERDICTS[step.kind][0] else label(decision.verdict)
    name = unit.people.name_on(decision.decided_by, decision.decided_on)
    name += "（受托）" if decision.authorization_id else ""
    return f"系统内{word}　{name}　{long_moment(decision.decided_at or decision.recorded_at)}"
