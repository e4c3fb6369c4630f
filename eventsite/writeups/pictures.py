"""Pictures as the site serves them: decoded and written anew, so that nothing but the picture itself comes through."""

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventsite.errors import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image

WIDEST = 1600
LARGEST_FILE = 10 * 1024 * 1024
# A JPEG is made smaller while it is read; of any other kind all pixels lie in memory, and twice where some are clear.
MOST_PIXELS_OF_JPEG, MOST_PIXELS = 25_000_000, 16_000_000
_ORIENTATION, _SIDEWAYS = 0x0112, (5, 6, 7, 8)
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 82
_NOT_A_PICTURE = "This file is not a picture that can be read: use a JPEG, PNG, WebP or GIF file."


class UnreadablePicture(Refusal):
    """This file is not a picture that can be used."""


@dataclass(frozen=True)
class PreparedPicture:
    """A picture ready to be stored and served. `digest` is the SHA-256 of `content`, 64 hexadecimal characters."""

    content: bytes
    media_type: str
    width: int
    height: int
    digest: str


def prepare_picture(content: bytes) -> PreparedPicture:
    """The picture as WebP in sRGB, turned upright, at most 1600 pixels wide, without what the camera wrote into it.

    Takes JPEG, PNG, WebP and the first frame of GIF. Takes up to a second, so call it in a thread. Raises
    `UnreadablePicture` for anything else, for drawings in SVG (they can hold scripts), for files above 10 MB and for
    more than 16 million pixels (JPEG: 25 million).
    """
    _ensure_worth_opening(content)
    image = _opened(content)
    encoded = _encoded(image, lossless_too=image.format in ("PNG", "GIF"))
    return PreparedPicture(encoded[0], "image/webp", *encoded[1], hashlib.sha256(encoded[0]).hexdigest())


def _ensure_worth_opening(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise UnreadablePicture("This picture is larger than 10 MB: make it smaller and try again.")
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in head:
        raise UnreadablePicture(
            "SVG drawings are not taken, since they can hold scripts: save it as PNG and try again."
        )


def _opened(content: bytes) -> "Image":
    """The picture with its pixels not yet read, once its size is known to be harmless."""
    from PIL import Image  # costs 10 MB, and the site seldom takes a picture in

    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(MOST_PIXELS) from error
    except Exception as error:  # a damaged file can make a decoder raise nearly anything
        raise UnreadablePicture(_NOT_A_PICTURE) from error
    most = MOST_PIXELS_OF_JPEG if image.format == "JPEG" else MOST_PIXELS
    if image.width * image.height > most:
        raise _too_many_pixels(most)
    return image


def _too_many_pixels(most: int) -> UnreadablePicture:
    return UnreadablePicture(f"This picture has more than {most // 1_000_000} million pixels: make it smaller.")


def _encoded(image: "Image", *, lossless_too: bool) -> tuple[bytes, tuple[int, int]]:
    """The bytes and the size in pixels. A drawing or a screenshot is often smaller and always sharper without loss."""
    try:
        upright = _upright_in_srgb(image)
        lossy = _webp(upright, lossless=False)
        lossless = _webp(upright, lossless=True) if lossless_too else lossy
    except Exception as error:  # a damaged file can make a decoder raise nearly anything
        raise UnreadablePicture(_NOT_A_PICTURE) from error
    return min(lossless, lossy, key=len), upright.size


def _upright_in_srgb(image: "Image") -> "Image":
    from PIL import ImageOps

    profile = image.info.get("icc_profile")
    has_gaps = "A" in image.getbands() or "transparency" in image.info
    if image.mode in ("P", "PA", "1"):
        image = image.convert("RGBA" if has_gaps else "RGB")
    image.thumbnail(_box(image))
    ImageOps.exif_transpose(image, in_place=True)
    return _in_srgb(image.convert("RGBA" if has_gaps else "RGB"), profile)


def _box(image: "Image") -> tuple[int, int]:
    """The size to make it smaller to, so that it is 1600 pixels wide once it stands upright."""
    is_sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
    scale = min(1.0, WIDEST / (image.height if is_sideways else image.width))
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def _in_srgb(image: "Image", profile: bytes | None) -> "Image":
    """The same colours without the profile; a profile that fits no RGB picture is left out of account."""
    from PIL import ImageCms

    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _webp(image: "Image", *, lossless: bool) -> bytes:
    result = io.BytesIO()
    image.save(result, "WEBP", lossless=lossless, quality=_QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return result.getvalue()
