"""Files that somebody sent: faces, or one message; never a traceback, another file's content, or a long wait."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from sortbyface.errors import SidecarUnreadable
from sortbyface.exchange.sidecars import read_embedded, read_picasa, read_sidecar, write_sidecar
from tests.exchange.sidecars.pictures import EVERY_KIND
from tests.exchange.sidecars.samples import ADA, EVERY_PROGRAM, LAYOUT, region, sidecar

GOOD = sidecar(region(0.325, 0.25, 0.15, 0.1))


def refusal(folder: Path, content: bytes) -> str:
    """The message for such a sidecar, which is the same for reading and for writing; it is left as it is."""
    path = folder / "photo.jpg.xmp"
    path.write_bytes(content)
    with pytest.raises(SidecarUnreadable) as reading:
        read_sidecar(path, LAYOUT)
    with pytest.raises(SidecarUnreadable) as writing:
        write_sidecar(folder / "photo.jpg", [ADA])
    assert str(reading.value) == str(writing.value)
    assert path.read_bytes() == content
    return str(reading.value)


def laughs() -> str:
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))]
    return f"<!DOCTYPE x [{''.join(lines)}]>" + GOOD.replace('"Bob"', '"&a11;"')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize(
    "document",
    [
        laughs(),
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + GOOD.replace('"Bob"', '"Bob">&e;<b a="'),
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + GOOD,
        "<!DOCTYPE x>" + GOOD,
    ],
    ids=["billion laughs", "external entity", "external type", "empty type"],
)
def test_a_document_type_is_refused_whatever_it_declares(document: str, encoding: str, tmp_path: Path) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-le")}"?>' + document
    assert "not a readable XMP sidecar (it declares a document type)" in refusal(tmp_path, declared.encode(encoding))


def test_a_document_type_in_an_encoding_that_hides_it(tmp_path: Path) -> None:
    hidden = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x []>' + GOOD
    assert "(it declares a document type)" in refusal(tmp_path, hidden.encode())


def test_a_sidecar_that_is_too_large(tmp_path: Path) -> None:
    assert "larger than 16,777,216 bytes" in refusal(tmp_path, GOOD.encode() + b" " * (16 << 20))


def test_elements_in_elements_in_elements(tmp_path: Path) -> None:
    refusal(tmp_path, sidecar("<rdf:li>" * 100_000 + "</rdf:li>" * 100_000).encode())


@pytest.mark.parametrize("encoding", ["no-such-encoding", "utf-7", "ascii"])
def test_encodings_that_do_not_hold(encoding: str, tmp_path: Path) -> None:
    refusal(tmp_path, f'<?xml version="1.0" encoding="{encoding}"?>{GOOD.replace("Bob", "Zoë")}'.encode())


def test_many_regions_are_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg.xmp"
    path.write_text(sidecar("".join(region(0.5, 0.5, 0.1, 0.1, f"N{n}") for n in range(3000))), encoding="utf-8")
    assert len(read_sidecar(path, LAYOUT)) == 3000


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Cut off, or with some bits flipped, some bytes zeroed, a part left out or doubled."""
    data = bytearray(content)
    at = chance.randrange(len(data))
    end = at + chance.randint(1, 200)
    match chance.randrange(5):
        case 0:
            return bytes(data[:at])
        case 1:
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 2:
            data[at:end] = bytes(len(data[at:end]))
        case 3:
            del data[at:end]
        case _:
            data[at:at] = data[at:end]
    return bytes(data)


def sidecar_files() -> dict[str, bytes]:
    return {f"{program}.jpg.xmp": content.encode() for program, content in EVERY_PROGRAM.items()}


def picture_files() -> dict[str, bytes]:
    return {f"photo.{kind}": make(GOOD) for kind, make in EVERY_KIND.items()}


PICASA = b"[a.jpg]\nfaces=rect64(3f845bcb59418507),8e62398ebda8c1a5\n[Contacts2]\n8e62398ebda8c1a5=Ada;;\n"


@pytest.mark.parametrize(
    ("files", "read", "rounds"),
    [
        (sidecar_files(), lambda path: read_sidecar(path, LAYOUT), 60),
        (sidecar_files(), lambda path: write_sidecar(path.with_suffix(""), [ADA]), 30),
        (picture_files(), lambda path: read_embedded(path, LAYOUT), 40),
        ({".picasa.ini": PICASA}, lambda path: read_picasa(path).faces_of("a.jpg", LAYOUT), 100),
    ],
    ids=["read", "written", "pictures", "picasa"],
)
def test_damaged_files_give_faces_or_a_message(
    files: dict[str, bytes], read: Callable[[Path], object], rounds: int, tmp_path: Path
) -> None:
    """More than 700 in all; the message is one line and names the file."""
    chance = random.Random(20_240_521)
    rounds_read = 0
    messages: dict[str, str] = {}
    for name, content in files.items():
        path = tmp_path / name
        for _ in range(rounds):
            path.write_bytes(mutated(content, chance))
            try:
                read(path)
                rounds_read += 1
            except SidecarUnreadable as error:
                messages[str(error)] = str(path)
    assert rounds_read > 0
    assert bool(messages) == (".picasa.ini" not in files)
    assert all(path in message and len(message.splitlines()) == 1 for message, path in messages.items())
