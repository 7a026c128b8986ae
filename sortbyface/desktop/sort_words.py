"""What the page of sorting says, in sentences."""

from pathlib import Path

from PySide6.QtCore import QObject

from sortbyface.desktop.data_size import data_size
from sortbyface.jobs.sort import SortOutcome
from sortbyface.jobs.sort_preview import Preview
from sortbyface.jobs.undo import UndoOutcome
from sortbyface.sorting import Done, Mode, Plan
from sortbyface.sorting.groups import Groups
from sortbyface.sorting.obstacles import Obstacle


class SortWords(QObject):
    """In the user's language."""

    def mode(self, mode: Mode) -> tuple[str, str]:
        """What it is called, and what it means."""
        match mode:
            case Mode.COPY:
                return self.tr("Copies"), self.tr("Each photo is there a second time, and takes room a second time.")
            case Mode.HARDLINK:
                return self.tr("Hard links"), self.tr(
                    "A second name for the same photo: takes no room, but whoever edits it edits both."
                )
            case Mode.SYMLINK:
                return self.tr("Symbolic links"), self.tr(
                    "Signposts to the photos: take no room, but lead nowhere once the photos are moved."
                )
        return self.tr("Clones"), self.tr(
            "Copies that take no room until one is edited; plain copies where the drive has no clones."
        )

    def groups(self, groups: Groups) -> tuple[str, str]:
        """What it is called, and what it means."""
        match groups:
            case Groups.EACH:
                return self.tr("With each of them"), self.tr("A photo of Ada and Bob is in Ada's folder and in Bob's.")
            case Groups.FIRST:
                return self.tr("With the largest face"), self.tr("Each photo is there once, with who is closest.")
        return self.tr("Together"), self.tr("A photo of Ada and Bob is in a folder “Ada, Bob”.")

    def obstacle(self, obstacle: Obstacle, folder: Path, preview: Preview | None) -> str:
        """What is in the way, and what to do."""
        match obstacle:
            case Obstacle.IS_A_FILE:
                return self.tr("{} is a file. Choose a folder.").format(folder)
            case Obstacle.HOLDS_THE_PHOTOS:
                return self.tr("{} holds your photos themselves. Choose another folder, or a new one in it.").format(
                    folder
                )
            case Obstacle.NOT_WRITABLE:
                return self.tr("Nothing can be written to {}. Choose another folder, or allow writing there.").format(
                    folder
                )
            case Obstacle.NO_LINKS:
                return self.tr(
                    "Your photos and {} are on drives between which there are no such links. Choose copies instead."
                ).format(folder)
            case Obstacle.GONE:
                return self.tr("{} does not answer any more. Is its drive connected? Then start again.").format(folder)
        if preview is None or preview.room is None:
            return self.tr("The drive of {} is full. Make room, and go on.").format(folder)
        return self.tr(
            "There is room for {} and {} are needed. Make room, choose a folder on another drive, or links instead of"
            " copies."
        ).format(data_size(preview.room.free), data_size(preview.room.needed))

    def remarks(self, preview: Preview) -> list[str]:
        """What is good to know before it is begun."""
        remarks = []
        if preview.goes_on:
            remarks.append(self.tr("The last sort into this folder was stopped; this one goes on with it."))
        if preview.missing:
            remarks.append(
                self.tr(
                    "The folder is not there any more, and %n file(s) were. If it is on a drive, connect it first.",
                    "",
                    preview.missing,
                )
            )
        if preview.outcome and preview.outcome.plan.among_photos:
            remarks.append(self.tr("The folder lies among your photos. It is marked, and never taken for new photos."))
        if preview.outcome and preview.outcome.gone:
            remarks.append(
                self.tr("%n photo(s) are not where they were and are left out.", "", len(preview.outcome.gone))
            )
        return remarks

    def plan(self, plan: Plan) -> str:
        """In one line."""
        room = sum(action.file.source_state.size for action in plan.makes if action.file and action.file.source_state)
        if not plan.files:
            return self.tr("All is in place already: %n photo(s).", "", plan.in_place)
        made = self.tr("%n new photo(s)", "", plan.photos)
        if room and plan.mode in (Mode.COPY, Mode.REFLINK):
            made += f" ({data_size(room)})"
        words = [made] if plan.photos else []
        words += [self.tr("%n in place already", "", plan.in_place)] if plan.in_place else []
        words += [self.tr("%n moved", "", len(plan.moves))] if plan.moves else []
        words += [self.tr("%n taken away", "", len(plan.removals))] if plan.removals else []
        return ", ".join(words)

    def sorted(self, outcome: SortOutcome) -> str:
        """What was done."""
        done = outcome.done or Done()
        words = [self.tr("%n photo(s) sorted into {}", "", done.made).format(outcome.plan.destination)]
        words += [self.tr("%n moved", "", done.moved)] if done.moved else []
        words += [self.tr("%n taken away", "", done.removed)] if done.removed else []
        return ", ".join(words)

    def left_out(self, done: Done) -> str:
        """What could not be done; "" if there is nothing."""
        sentences = []
        if done.failed:
            sentences.append(
                self.tr(
                    "%n photo(s) cannot be read, or have changed: {}. Look at their folder again, then start again.",
                    "",
                    len(done.failed),
                ).format(_named([path for path, _ in done.failed]))
            )
        if done.kept:
            sentences.append(
                self.tr("%n file(s) stay, as you have changed them: {}.", "", len(done.kept)).format(
                    _named([path for path, _ in done.kept])
                )
            )
        return " ".join(sentences)

    def undo(self, outcome: UndoOutcome) -> str:
        """What it will do."""
        kinds = [step.action.kind for step in outcome.plan.steps]
        words = [self.tr("%n file(s) go away", "", kinds.count("remove"))]
        words += [self.tr("%n move back", "", kinds.count("move"))] if "move" in kinds else []
        words += [self.tr("%n come back", "", kinds.count("make"))] if "make" in kinds else []
        words += [self.tr("%n folder(s) go away if nothing else is in them", "", kinds.count("rmdir"))] * (
            "rmdir" in kinds
        )
        words += [self.tr("%n file(s) stay, as they were changed since", "", len(outcome.plan.left))] * bool(
            outcome.plan.left
        )
        start = self.tr("If you take this back, in {}: ").format(outcome.plan.run.destination)
        return start + ", ".join(words) + ". " + self.tr("Your photos themselves are not touched.")


def _named(paths: list[Path]) -> str:
    return ", ".join(path.name for path in paths[:3]) + (", …" if len(paths) > 3 else "")
