"""What can be said of the faces that are selected: buttons, and a key for each."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from sortbyface.desktop.page import labelled


class FaceActions(QWidget):
    """A row of buttons, of no use until `select` has told how many faces are selected."""

    confirmed = Signal()
    rejected = Signal()
    moved = Signal()
    """To somebody who has yet to be chosen."""

    split = Signal()
    cover_chosen = Signal()

    def __init__(self, keys_in: QWidget) -> None:
        """keys_in: where the keys count."""
        super().__init__()
        self._keys_in = keys_in
        self._hint = labelled("", "note")
        self._hint.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._hint)
        row.addStretch(1)
        self.confirm = self._button(self.tr("Confirm"), "C", self.confirmed)
        self.reject = self._button(self.tr("Not this person"), "Del", self.rejected)
        self.move_to = self._button(self.tr("Another person…"), "M", self.moved)
        self.split_off = self._button(self.tr("New person"), "N", self.split)
        self.cover = self._button(self.tr("Use as cover"), "K", self.cover_chosen)
        for button in (self.confirm, self.reject, self.move_to, self.split_off, self.cover):
            row.addWidget(button)
        self.select(0)

    def select(self, faces: int) -> None:
        """So many faces are selected."""
        if faces == 0:
            self._hint.setText(self.tr("Select faces to say who they are."))
        elif faces == 1:
            self._hint.setText(self.tr("1 face selected"))
        else:
            self._hint.setText(self.tr("{:,} faces selected").format(faces))
        for button in (self.confirm, self.reject, self.move_to, self.split_off):
            button.setEnabled(faces > 0)
        self.cover.setEnabled(faces == 1)

    def _button(self, text: str, key: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        keys = QKeySequence(key)
        button.setToolTip(f"{text} ({keys.toString(QKeySequence.SequenceFormat.NativeText)})")
        button.setAccessibleName(text)
        button.clicked.connect(signal)
        shortcut = QShortcut(keys, self._keys_in, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(button.click)  # which does nothing while the button is disabled
        return button
