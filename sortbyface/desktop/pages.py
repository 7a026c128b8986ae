"""The pages, in the order in which they are listed."""

from sortbyface.desktop.album import Album
from sortbyface.desktop.camera import usual_camera
from sortbyface.desktop.find_page import FindPage
from sortbyface.desktop.page import Page
from sortbyface.desktop.people_page import PeoplePage
from sortbyface.desktop.photos_page import PhotosPage
from sortbyface.desktop.sort_page import SortPage
from sortbyface.desktop.suggestions_page import SuggestionsPage
from sortbyface.desktop.tuning_page import TuningPage


def pages_of(album: Album) -> list[Page]:
    """One of each."""
    people, find = PeoplePage(album), FindPage(album, usual_camera())
    find.person_wanted.connect(people.show_person)
    return [
        PhotosPage(album),
        people,
        SuggestionsPage(album),
        find,
        TuningPage(album),
        SortPage(album),
    ]
