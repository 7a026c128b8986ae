"""The window. No logic of its own: all it does are the library functions that the commands call, too.

`app` starts it; `window` is its frame, with one page for each thing to do; `album` is what all pages share: the
library, and what is being done to it; `work` runs long functions beside the window; `thumbnails` brings faces from
the photos.
"""
