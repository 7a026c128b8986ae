"""How much room something takes, as users read it."""

from PySide6.QtCore import QLocale


def data_size(count: int) -> str:
    """Of so many bytes."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
