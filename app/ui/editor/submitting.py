"""Submitting from the editor, and what is told when a step has nobody who could sign it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.labels import label
from app.models.draft import Draft
from app.services.office import Services
from app.services.signers import ShortStep

SHORT_HEADING = "已提交，但有的环节现在没有人能签"


@dataclass(frozen=True)
class Submitted:
    """A draft that was just submitted, and the steps that nobody, or too few people, could sign today."""

    draft: Draft
    short: tuple[ShortStep, ...]


def submitting(services: Services, saving: Callable[[], Draft]) -> Callable[[], Submitted]:
    """Return the job that saves and submits; it belongs into the records lane."""

    def job() -> Submitted:
        saved = saving()
        services.drafts.submit(saved.id, saved.version)
        return Submitted(saved, services.reviews.short_steps(saved.id))

    return job


def short_words(short: Sequence[ShortStep]) -> str:
    """Say which steps nobody could sign, and what to do about it."""
    lines = [
        f"{label(found.step.kind)}：要 {found.step.quorum} 位{label(found.step.role)}签，现在只有 {found.able} 位能签。"
        if found.able
        else f"{label(found.step.kind)}：现在没有{label(found.step.role)}能签这件稿件（作者本人不算）。"
        for found in short
    ]
    todo = "请系统管理员在“设置”的“人员与角色”里指定；指定以后就能签，不用重新提交。"
    return "\n".join((*lines, todo))
