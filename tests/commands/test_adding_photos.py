"""Photos that come later join the people who are there; whoever was sorted stays where they are."""

from pathlib import Path

from tests.conftest import Run, folders, look_again


def hide(home: Path) -> tuple[Path, Path]:
    """Take a photo of Hopper out of the album; gives where it is and where it was."""
    photo, hidden = home / "Album" / "portraits" / "H" / "dark.jpg", home / "kept.jpg"
    photo.rename(hidden)
    return hidden, photo


def test_new_photos_join_the_people_of_the_last_sort(run: Run, home: Path) -> None:
    hidden, place = hide(home)
    look_again(home)
    run("sort_images.py")
    before = folders(home / "Sorted-pictures")
    hidden.rename(place)
    look_again(home)

    done = run("sort_images.py")

    after = folders(home / "Sorted-pictures")
    assert set(after) == set(before)
    (joined,) = (folder for folder in after if after[folder] != before[folder])
    assert len(after[joined]) == len(before[joined]) + 1
    assert "1 copied, 19 in place already" in done.out


def test_another_threshold_groups_anew_and_so_does_regroup(run: Run, home: Path) -> None:
    """At a threshold that only a face itself passes, everybody is alone; a later sort with the default finds them."""
    run("sort_images.py", "-t", 1)
    alone = folders(home / "Sorted-pictures")
    assert set(alone) == {"Others"}

    run("sort_images.py")
    people = folders(home / "Sorted-pictures")
    assert set(people) == {"Person 1", "Person 2"}

    done = run("sort_images.py", "--regroup")
    assert "0 copied, 20 in place already" in done.out
    assert folders(home / "Sorted-pictures") == people


def test_a_dry_run_is_not_remembered(run: Run, home: Path) -> None:
    """A photo that comes between a dry run and a sort is grouped with all others."""
    hidden, place = hide(home)
    look_again(home)
    run("sort_images.py", "--dry-run")
    hidden.rename(place)
    look_again(home)

    assert "20 copied" in run("sort_images.py").out
