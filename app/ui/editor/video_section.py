"""视频: named by file, size, digest and cover; the file itself stays where it is."""

from dataclasses import replace

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.models.content import Video
from app.ui.editor.file_row import FileRow
from app.ui.editor.section import Section
from app.ui.theme import px
from app.ui.widgets.file_drop import FileDrop

DROP_WORDS = "松开鼠标，用作视频或封面"
VIDEO_SUFFIXES = (".mp4", ".mov", ".avi", ".wmv", ".mkv", ".flv", ".m4v", ".mpg", ".mpeg", ".webm")
_LONGEST = 24 * 3600


class VideoSection(Section):
    """One video: file, duration, cover."""

    choose_wanted = Signal()
    cover_wanted = Signal()
    dropped = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("视频", parent)
        self.video: Video | None = None
        self._file = QVBoxLayout()
        self.column.addLayout(self._file)
        self.digest = self.note("")
        self.minutes, self.seconds = QSpinBox(), QSpinBox()
        for spin, name, most, suffix in (
            (self.minutes, "时长（分）", _LONGEST // 60, " 分"),
            (self.seconds, "时长（秒）", 59, " 秒"),
        ):
            spin.setRange(0, most)
            spin.setSuffix(suffix)
            spin.setAccessibleName(name)
            spin.valueChanged.connect(self._timed)
        self._length = QWidget()
        row = QHBoxLayout(self._length)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(QLabel("时长"))
        row.addWidget(self.minutes, 1)
        row.addWidget(self.seconds, 1)
        self.column.addWidget(self._length)
        self.cover = QLabel()
        self.cover.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.cover)
        self.choose = QPushButton("选择视频文件")
        self.choose.setToolTip("只读取文件名、大小和校验值，视频文件留在原处不动；也可以拖到这里")
        self.choose.clicked.connect(lambda _checked=False: self.choose_wanted.emit())
        self.choose_cover = QPushButton("选择封面")
        self.choose_cover.clicked.connect(lambda _checked=False: self.cover_wanted.emit())
        self.column.addWidget(self.choose)
        self.column.addWidget(self.choose_cover)
        self._loading = False
        self.drop = FileDrop(self, lambda _paths, _place: DROP_WORDS, lambda paths, _place: self.dropped.emit(paths))
        self.load(None)

    def load(self, video: Video | None) -> None:
        """Show a video, or that there is none."""
        self.video, self._loading = video, True
        while (item := self._file.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if video is not None:
            self._file.addWidget(FileRow(video.name, video.size, lambda: self._take(None)))
            self.digest.setText(f"校验值 {video.sha256[:16]}……")
            self.digest.setToolTip(f"SHA-256：{video.sha256}")
            self.minutes.setValue((video.seconds or 0) // 60)
            self.seconds.setValue((video.seconds or 0) % 60)
        self.digest.setVisible(video is not None)
        self._length.setVisible(video is not None)
        self.choose_cover.setVisible(video is not None)
        self.choose_cover.setText("更换封面" if video and video.cover_sha256 else "选择封面")
        self.choose.setText("更换视频文件" if video else "选择视频文件")
        if video is None or not video.cover_sha256:
            self.cover.clear()
        self.cover.setVisible(bool(video and video.cover_sha256))
        self._loading = False

    def show_cover(self, view: bytes) -> None:
        """Show the cover's small PNG."""
        shown = QPixmap()
        shown.loadFromData(QByteArray(view))
        self.cover.setPixmap(shown.scaledToHeight(px(90), Qt.TransformationMode.SmoothTransformation))

    def take_video(self, video: Video) -> None:
        """Name another file; its cover stays."""
        kept = self.video.cover_sha256 if self.video else ""
        self._take(replace(video, cover_sha256=kept))

    def take_cover(self, sha256: str) -> None:
        """Name another cover."""
        if self.video is not None:
            self._take(replace(self.video, cover_sha256=sha256))

    def _take(self, video: Video | None) -> None:
        self.load(video)
        self.complain("")
        self.edited.emit()

    def _timed(self, _value: int) -> None:
        if self.video is not None and not self._loading:
            seconds = self.minutes.value() * 60 + self.seconds.value()
            self.video = replace(self.video, seconds=seconds or None)
            self.edited.emit()
