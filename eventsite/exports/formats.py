"""Rows as files: CSV (RFC 4180, UTF-8), an Excel workbook, JSON (RFC 8259). None of them runs anything.

A spreadsheet takes a cell that begins with certain characters for a formula: in CSV an apostrophe goes before it, in a
workbook every text is written as a text.
"""

import csv
import io
import json
import tempfile
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

import xlsxwriter

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Row = dict[str, Any]


class Format(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
}


class Writer(Protocol):
    """Takes rows page by page and writes a file; memory does not grow with it."""

    def add(self, rows: Iterable[Row]) -> None:
        """Writes some more rows."""

    def end(self) -> None:
        """Writes what ends the file."""


def writer_of(wanted: Format, fields: tuple[str, ...], out: BinaryIO, *, title: str) -> Writer:
    """A writer of that format, its fields in this order; `title` names a workbook's sheet."""
    if wanted is Format.CSV:
        return _Csv(fields, out)
    return _Xlsx(fields, out, title) if wanted is Format.XLSX else _Json(out)


class _Csv:
    def __init__(self, fields: tuple[str, ...], out: BinaryIO) -> None:
        self._fields = fields
        self._out = out
        self._put([list(fields)])

    def add(self, rows: Iterable[Row]) -> None:
        self._put([[_harmless(_cell(row[name])) for name in self._fields] for row in rows])

    def end(self) -> None:
        """Nothing ends a CSV file."""

    def _put(self, lines: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(lines)
        self._out.write(text.getvalue().encode())


class _Json:
    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._is_first = True

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._out.write(b"[\n" if self._is_first else b",\n")
            self._is_first = False
            self._out.write(json.dumps(row, ensure_ascii=False, default=_moment).encode())

    def end(self) -> None:
        self._out.write(b"[]\n" if self._is_first else b"\n]\n")


class _Xlsx:
    def __init__(self, fields: tuple[str, ...], out: BinaryIO, title: str) -> None:
        self._fields = fields
        self._out = out
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed at the end
        self._book = xlsxwriter.Workbook(self._file, {"constant_memory": True})
        self._sheet = self._book.add_worksheet(title)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(fields) - 1, 24)
        bold = self._book.add_format({"bold": True})
        for column, name in enumerate(fields):
            self._sheet.write_string(0, column, name, bold)
        self._next = 1

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            for column, name in enumerate(self._fields):
                self._write(column, row[name])
            self._next += 1

    def end(self) -> None:
        self._book.close()
        self._file.seek(0)
        while part := self._file.read(1 << 16):
            self._out.write(part)
        self._file.close()

    def _write(self, column: int, value: Any) -> None:
        if isinstance(value, int) and not isinstance(value, bool):
            self._sheet.write_number(self._next, column, value)
        elif value is not None:
            self._sheet.write_string(self._next, column, _cell(value))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")
