"""How a face, or a photo, of a person is drawn in a list, with what is to be thought of it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sortbyface.desktop.faces_model import TILE, Tile
from sortbyface.desktop.portrait_icon import ROUNDNESS, draw_face
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.library.portraits import Scene

_FACE, _PHOTO = QSize(112, 112), QSize(192, 150)

_GAP = 14
"""Between two tiles."""

_PHOTO_RADIUS = 10
_BADGE = 22
_DOUBT = 0.45
"""How much is seen of a doubtful face."""

_STAR = [(0, -6), (1.5, -2), (5.7, -1.9), (2.4, 0.8), (3.5, 4.9), (0, 2.5), (-3.5, 4.9), (-2.4, 0.8), (-5.7, -1.9)]
_STAR += [(-1.5, -2)]
_TICK = [(-5, 0), (-1.5, 3.5), (5, -3.5)]


def tile_size(*, whole_photos: bool) -> QSize:
    """With the room around it."""
    return (_PHOTO if whole_photos else _FACE) + QSize(_GAP, _GAP)


class FacesDelegate(QStyledItemDelegate):
    """Draws the tiles of a FacesModel. Asks for the thumbnails of those that are seen, and of no others."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(  # noqa: N802 (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        tile: Tile = index.data(TILE)
        return tile_size(whole_photos=tile.whole)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tile: Tile = index.data(TILE)
        palette = option.palette
        state = option.state
        place = QRectF(QPointF(0, 0), QSizeF(_PHOTO if tile.whole else _FACE))
        place.moveCenter(QRectF(option.rect).center())
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(_DOUBT if tile.doubtful else 1)
        wish = tile.wish
        if isinstance(wish, Scene):
            place = _fitted(place, wish)
            _draw_photo(painter, place, self._thumbnails.photo(wish), palette)
        else:
            draw_face(painter, place, self._thumbnails.face(wish), palette)
        painter.setOpacity(1)
        radius = _PHOTO_RADIUS if tile.whole else place.width() * ROUNDNESS
        if state & QStyle.StateFlag.State_Selected:
            _ring(painter, place.adjusted(-3, -3, 3, 3), radius + 3, palette.color(QPalette.ColorRole.Highlight), 3)
        elif state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
            _ring(painter, place.adjusted(-2, -2, 2, 2), radius + 2, palette.color(QPalette.ColorRole.Mid), 2)
        _draw_badges(painter, place, tile, palette)
        painter.restore()


def _fitted(place: QRectF, scene: Scene) -> QRectF:
    """A rectangle in the middle, of the photo's proportions."""
    size = QSizeF(scene.width, scene.height).scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRectF(QPointF(0, 0), size)
    fitted.moveCenter(place.center())
    return fitted


def _draw_photo(painter: QPainter, place: QRectF, photo: QPixmap | None, palette: QPalette) -> None:
    painter.save()
    outline = QPainterPath()
    outline.addRoundedRect(place, _PHOTO_RADIUS, _PHOTO_RADIUS)
    painter.setClipPath(outline)
    if photo is None or photo.isNull():
        painter.fillRect(place, palette.color(QPalette.ColorRole.Mid))
    else:
        painter.drawPixmap(place, photo, QRectF(photo.rect()))
    painter.restore()


def _ring(painter: QPainter, place: QRectF, radius: float, colour: QColor, width: float) -> None:
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, radius, radius)


def _draw_badges(painter: QPainter, place: QRectF, tile: Tile, palette: QPalette) -> None:
    """At the lower right whose it is for sure, beside it what stands for the person, and a doubt at the upper left."""
    at = place.bottomRight() - QPointF(_BADGE / 2 + 5, _BADGE / 2 + 5)
    accent, on_accent = palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.HighlightedText)
    if tile.confirmed:
        _disc(painter, at, accent, palette)
        painter.setPen(QPen(on_accent, 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF([at + QPointF(x, y) for x, y in _TICK]))
        at -= QPointF(_BADGE + 3, 0)
    if tile.cover:
        _disc(painter, at, accent, palette)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(on_accent)
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in _STAR]))
    if tile.doubtful:
        at = place.topLeft() + QPointF(_BADGE / 2 + 5, _BADGE / 2 + 5)
        _disc(painter, at, palette.color(QPalette.ColorRole.ToolTipBase), palette)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
        painter.drawText(_around(at), Qt.AlignmentFlag.AlignCenter, "?")


def _disc(painter: QPainter, middle: QPointF, colour: QColor, palette: QPalette) -> None:
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Window), 2))
    painter.setBrush(colour)
    painter.drawEllipse(_around(middle))


def _around(middle: QPointF) -> QRectF:
    return QRectF(middle.x() - _BADGE / 2, middle.y() - _BADGE / 2, _BADGE, _BADGE)
