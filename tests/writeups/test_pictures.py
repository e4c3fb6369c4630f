"""Pictures taken in: written anew, made smaller, without what else the file held; and what is refused."""

import hashlib
import io
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image, ImageCms

from eventsite.writeups.pictures import MOST_PIXELS, PreparedPicture, UnreadablePicture, prepare_picture


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    result = io.BytesIO()
    image.save(result, kind, **options)
    return result.getvalue()


def opened(picture: PreparedPicture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


def photograph(width: int = 60, height: int = 40) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_of_a_usual_kind_becomes_webp(kind: str) -> None:
    picture = prepare_picture(encoded(photograph(), kind))
    assert (picture.media_type, picture.width, picture.height) == ("image/webp", 60, 40)
    assert (opened(picture).format, opened(picture).size) == ("WEBP", (60, 40))
    assert picture.digest == hashlib.sha256(picture.content).hexdigest()


def test_the_same_picture_twice_has_the_same_digest() -> None:
    content = encoded(photograph(), "JPEG")
    assert prepare_picture(content) == prepare_picture(content)


def test_a_wide_picture_is_made_1600_pixels_wide_and_a_tall_one_keeps_its_shape() -> None:
    wide = prepare_picture(encoded(photograph(3200, 1000), "JPEG"))
    assert (wide.width, wide.height) == (1600, 500)
    assert opened(wide).size == (1600, 500)


def test_a_photograph_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CANARY camera"
    exif.get_ifd(0x8825)[2] = (53.0, 44.0, 30.0)
    picture = prepare_picture(encoded(photograph(60, 40), "JPEG", exif=exif, comment=b"CANARY comment"))
    assert (picture.width, picture.height) == (40, 60)
    assert len(opened(picture).getexif()) == 0
    assert b"CANARY" not in picture.content


def test_a_tall_photograph_that_lies_on_its_side_is_wide_once_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    picture = prepare_picture(encoded(photograph(1000, 3200), "JPEG", exif=exif))
    assert (picture.width, picture.height) == (1600, 500)


def test_text_hidden_behind_a_picture_does_not_come_through() -> None:
    polyglot = encoded(photograph(), "PNG") + b"<script>CANARY</script>"
    assert b"CANARY" not in prepare_picture(polyglot).content


def test_a_colour_profile_is_worked_into_the_colours() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = prepare_picture(encoded(photograph(), "PNG", icc_profile=profile))
    assert "icc_profile" not in opened(picture).info


def test_a_broken_colour_profile_does_no_harm() -> None:
    picture = prepare_picture(encoded(photograph(), "PNG", icc_profile=b"no profile at all"))
    assert picture.width == 60


def test_what_is_clear_stays_clear() -> None:
    picture = prepare_picture(encoded(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG"))
    assert opened(picture).convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_a_drawing_keeps_its_sharp_edges() -> None:
    drawing = Image.new("RGB", (200, 100), "white")
    drawing.paste((0, 94, 184), (0, 0, 7, 100))
    assert opened(prepare_picture(encoded(drawing, "PNG"))).convert("RGB").tobytes() == drawing.tobytes()


def test_drawings_in_svg_are_refused_in_words() -> None:
    for content in (
        b"<svg xmlns='x'/>",
        b"\xef\xbb\xbf <?xml version='1.0'?><svg/>",
        b"<!-- x --><SVG onload=alert(1)>",
    ):
        with pytest.raises(UnreadablePicture, match="SVG drawings are not taken"):
            prepare_picture(content)


def test_a_picture_of_too_many_pixels_is_refused_before_they_are_unpacked() -> None:
    with pytest.raises(UnreadablePicture, match=f"more than {MOST_PIXELS // 1_000_000} million pixels"):
        prepare_picture(png_that_claims(40_000, 40_000))


def test_a_picture_above_ten_megabytes_is_refused() -> None:
    with pytest.raises(UnreadablePicture, match="larger than 10 MB"):
        prepare_picture(encoded(photograph(), "PNG") + b"\0" * 10 * 1024 * 1024)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"%PDF-1.7",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"BM" + b"\0" * 60,
    ],
)
def test_what_is_no_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadablePicture, match="not a picture that can be read"):
        prepare_picture(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_cut_off_anywhere_is_read_or_refused_and_nothing_else(kind: str) -> None:
    whole = encoded(photograph(200, 100), kind)
    for length in range(0, len(whole), max(1, len(whole) // 40)):
        with suppress(UnreadablePicture):
            assert prepare_picture(whole[:length]).media_type == "image/webp"


def png_that_claims(width: int, height: int) -> bytes:
    """A small PNG file whose head says that it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
