"""What a sort may not do to files, and what has to be where afterwards."""

from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from sortbyface.people import UNKNOWN, Names
from sortbyface.sorting.foldernames import folder_names
from sortbyface.sorting.groups import OTHERS, Groups
from tests.promises.archive import Archive
from tests.promises.people_kept import PeopleKnown
from tests.promises.states import rows


def check_folders(archive: Archive, users: dict[str, bytes], groups: Groups, min_photos: int) -> None:
    """Every photo that is there, of somebody who has a folder, is in it once.

    users: path -> bytes of what the user has put into the folders, or changed there.
    """
    shown, folder_of = _wanted(archive, min_photos)
    found = _found(archive, users)
    stand_ins = _changed_by_user(archive, users)
    for photo, people in shown.items():
        wanted = {folder_of[person] for person in people}
        ours = [folder for folder in found[photo, False] if folder not in (OTHERS, UNKNOWN)]
        anywhere = set(ours) | set(found[photo, True]) | stand_ins[photo]
        assert len(ours) == len(set(ours)), "a photo is twice in a folder"
        if groups is Groups.EACH:
            assert set(ours) <= wanted <= anywhere
        else:
            assert len(ours) <= 1
            assert anywhere


def check_users_files(archive: Archive, users: dict[str, bytes]) -> None:
    """They are as the user has left them."""
    there = {path: archive.sorted / path for path in users}
    assert {path: file.read_bytes() if file.is_file() else None for path, file in there.items()} == users


def check_nothing_unfinished(archive: Archive) -> None:
    assert [path for path in archive.sorted_files() if path.name.startswith(".")] == []


def _wanted(archive: Archive, min_photos: int) -> tuple[dict[bytes, set[int]], dict[int, str]]:
    """Photo -> the people who have a folder and are on it; person -> folder."""
    known, present = PeopleKnown.of(archive.library), archive.present()
    photos: defaultdict[int, set[bytes]] = defaultdict(set)
    for (photo, *_), (person, _) in known.whose.items():
        if photo in present:
            photos[person].add(photo)  # type: ignore[arg-type]
    names = {person: name for person, (name, _) in known.names.items()}
    shown: defaultdict[bytes, set[int]] = defaultdict(set)
    for person, theirs in photos.items():
        name, hidden = known.names[person]
        if not hidden and (name is not None or len(theirs) >= min_photos):
            for photo in theirs:
                shown[photo].add(person)
    return shown, folder_names(names, unnamed=Names().__getitem__, ours=[OTHERS, UNKNOWN])


def _found(archive: Archive, users: dict[str, bytes]) -> defaultdict[tuple[bytes, bool], list[str]]:
    """Photo, and whether the user has put it there -> the folders that hold it."""
    found: defaultdict[tuple[bytes, bool], list[str]] = defaultdict(list)
    for file in archive.sorted_files():
        if file.is_file():
            path = file.relative_to(archive.sorted)
            found[sha256(file.read_bytes()).digest(), str(path) in users].append(path.parts[0])
    return found


def _changed_by_user(archive: Archive, users: dict[str, bytes]) -> defaultdict[bytes, set[str]]:
    """Photo -> folders in which the user has changed ours of it, which stays as it is."""
    changed: defaultdict[bytes, set[str]] = defaultdict(set)
    for _, path, photo, *_ in rows(archive.library, "copies")["copies"]:
        if path in users:
            changed[photo].add(Path(str(path)).parts[0])  # type: ignore[index]
    return changed
