"""Addresses as QR codes, drawn into the page: no picture is fetched from anywhere."""

import io

import segno
from markupsafe import Markup


def qr_code(address: str, *, light: bool = False) -> Markup:
    """The code of an address as SVG for a page, dark on a white ground; `light` has the wider margin of a dark page."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        written, kind="svg", border=4 if light else 2, dark="#13282c", light="#fff", xmldecl=False, svgns=False,
        omitsize=True, svgclass="qr", lineclass=None, nl=False,
    )  # fmt: skip
    return Markup(written.getvalue().decode())  # noqa: S704  -- made of an address that we signed ourselves
