"""What can go wrong, as one small family: each says what happened, to which file, and what to do next."""


class SortByFaceError(Exception):
    """Something could not be done. The message is one line, meant for the user."""


class SourceEmpty(SortByFaceError):
    """There is no such folder, or it holds no photo: perhaps a drive that is not connected."""


class PhotoUnreadable(SortByFaceError):
    """One photo cannot be used; the run goes on.

    Its message is the reason alone: whoever reports it knows which file was asked for.
    """


class PhotoOutOfReach(PhotoUnreadable):
    """The file could not be read at all (permissions, a broken disk): worth another try on the next run."""


class ModelUnusable(SortByFaceError):
    """A weights file is missing, damaged, or not of the network that was asked for."""


class LibraryUnusable(SortByFaceError):
    """The library cannot be opened: not a library, made by a newer version, damaged, or not there yet."""


class LibraryBusy(SortByFaceError):
    """Another run holds the library."""


class EmbeddingsUnreadable(SortByFaceError):
    """An embeddings file is damaged, of an unknown form, or holds more than numbers and text."""


class SidecarUnreadable(SortByFaceError):
    """What another program says of a photo's faces (XMP, `.picasa.ini`) is damaged or unsafe: nothing of it is used."""


class PeopleFileUnusable(SortByFaceError):
    """A file of exported people is damaged, of a newer version, or says what cannot be: nothing of it is used."""


class QueryUnusable(SortByFaceError):
    """The picture of the person to look for does not show exactly one face, or is too small."""


class NobodyFound(SortByFaceError):
    """No photo in the library shows the person, or nobody has been sorted yet."""


class Stopped(SortByFaceError):
    """The user asked a run to stop; what was done is kept, and it can go on from there."""


class CorrectionRefused(SortByFaceError):
    """What the user asked of people cannot be done: nobody has this name, somebody else has it, no such face."""


class ClusterUnusable(SortByFaceError):
    """There is no such cluster, it has been lost, or none of its workers can do the work."""


class DestinationUnusable(SortByFaceError):
    """Photos cannot be copied to where they were asked for."""


class NothingToUndo(SortByFaceError):
    """There is no such run of a sort, or a later one is to be undone first."""


class WindowUnusable(SortByFaceError):
    """No window can be shown: no screen, or Qt or something that it needs is not installed."""


class PairsUnusable(SortByFaceError):
    """The pairs of a benchmark cannot be read, or their pictures are not there."""


class LabelsUnusable(SortByFaceError):
    """Who is in which photo cannot be told: the table is not one, or its photos are not there."""
