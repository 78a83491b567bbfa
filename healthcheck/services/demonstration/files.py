"""A few small files that made-up employers attach as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.services.attachments import Upload
from healthcheck.services.demonstration.texts import drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.services.demonstration.country import House

AREAS = ("Assessment", "Safeguarding", "Long-term support", "Reviews", "Hospital")


def uploads(house: House, service: str, year: int) -> Mapping[str, tuple[Upload, ...]]:
    """Return the files that an employer attaches, by question; most attach none."""
    kinds = {
        0: {"workload-safe-levels": _levels(house, service, year)},
        1: {"wellbeing-staff-voice": _minutes(house)},
        2: {"workload-agreed-scheme": _scheme(house)},
    }
    chosen = kinds.get(drawn(0, 5, house.key, service, "files"), {})
    return {question: (file,) for question, file in chosen.items()}


def _levels(house: House, service: str, year: int) -> Upload:
    lines = [
        "Service area,Safe level (points),Average last month (points)",
        *(f"{area},100,{drawn(84, 109, house.key, service, area, year)}" for area in AREAS),
    ]
    return Upload("safe-levels.csv", ("\n".join(lines) + "\n").encode())


def _minutes(house: House) -> Upload:
    text = f"""{house.name}
Open forum with the head of service: what was said and what will be done

1. Parking at the main office. Eleven more permits from April. Owner: facilities.
2. Duty twice in one week. The rota is changed so that this cannot happen. Owner: team managers.
3. Recording on Fridays. The system is slow after two. The supplier comes on the 9th.
4. What will not change: the open-plan floor. There is no money for walls this year.
"""
    return Upload("forum-notes.txt", text.encode())


def _scheme(house: House) -> Upload:
    lines = (
        f"{house.name}: how workload is scored",
        "Each case scores 1 to 5 points for complexity and risk.",
        "Court work, travel of over an hour and a student add 2 points each.",
        "A full-time worker is at the safe level with 100 points in a month.",
        "Agreed with practitioners, team managers and the union. Reviewed every year.",
    )
    return Upload("workload-scheme.pdf", one_page(lines))


def one_page(lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one page with these lines in it."""
    drawn_lines = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    page = f"BT /F1 12 Tf 18 TL 60 770 Td {drawn_lines} ET".encode("cp1252", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%s"
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(made))
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
