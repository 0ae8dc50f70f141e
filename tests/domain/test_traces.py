"""What tells where a photo was taken goes; the picture itself stays as it was."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageOps
from reportlab.pdfgen.canvas import Canvas

from station_app.domain.papers import JPEG, PDF, PNG, WEBP, media_type_of, without_traces

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>38,55N</exif:GPSLatitude></x:xmpmeta>'
TOLD = (b"PHONE-7", b"GPSLatitude", b"TAKEN-BY", b"\x00\x00\x00\x37\x00\x00\x00\x01")


def exif(turned: int = 1) -> Image.Exif:
    """What a telephone writes beside a picture: its model, which way is up, and where it was."""
    made = Image.Exif()
    made[0x010F], made[0x0112] = "PHONE-7", turned
    made.get_ifd(0x8825).update({1: "N", 2: (38.0, 55.0, 13.0), 3: "E", 4: (121.0, 38.0, 24.0)})
    return made


def picture(kind: str, turned: int = 1, **more: Any) -> bytes:
    """A picture with a place in it, of the kind that ``Image.save`` calls ``kind``."""
    out, drawn = io.BytesIO(), Image.radial_gradient("L").convert("RGB").resize((320, 180))
    drawn.save(out, kind, exif=exif(turned), **more)
    return out.getvalue()


def pixels(data: bytes) -> bytes:
    """What a viewer shows."""
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB").tobytes()


def test_a_photo_of_a_telephone_keeps_its_picture_and_loses_its_place() -> None:
    progressive = {"progressive": True, "xmp": XMP, "comment": b"TAKEN-BY"}
    # After its end a second picture, with a place of its own, as many telephones write it.
    raw = picture("JPEG", turned=6, **progressive) + picture("JPEG")
    assert media_type_of(raw) == JPEG
    assert dict(Image.open(io.BytesIO(raw)).getexif().get_ifd(0x8825))
    clean = without_traces(raw)
    assert not [one for one in TOLD if one in clean]
    found = Image.open(io.BytesIO(clean))
    assert not found.getexif().get_ifd(0x8825)
    assert dict(found.getexif()) == {0x0112: 6}  # which way is up
    assert pixels(clean) == pixels(raw)
    assert clean.endswith(b"\xff\xd9")
    assert clean.count(b"\xff\xd8\xff") == 1
    assert without_traces(clean) == clean


@pytest.mark.parametrize(
    ("kind", "media_type", "more"),
    [
        ("PNG", PNG, {}),
        ("WEBP", WEBP, {"xmp": XMP}),
        ("WEBP", WEBP, {"xmp": XMP, "lossless": True}),
        ("JPEG", JPEG, {"restart_marker_rows": 1}),
    ],
)
def test_each_kind_of_picture(kind: str, media_type: str, more: dict[str, Any]) -> None:
    raw = picture(kind, **more)
    assert media_type_of(raw) == media_type
    assert any(one in raw for one in TOLD)
    clean = without_traces(raw)
    assert not [one for one in TOLD if one in clean]
    assert not dict(Image.open(io.BytesIO(clean)).getexif())
    assert pixels(clean) == pixels(raw)


def test_a_png_loses_what_is_written_beside_it() -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "TAKEN-BY")
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    raw = picture("PNG", pnginfo=told)
    clean = without_traces(raw + b"TAKEN-BY")
    assert not [one for one in TOLD if one in clean]
    assert pixels(clean) == pixels(raw)


def test_a_colour_profile_stays() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        clean = without_traces(picture(kind, icc_profile=profile))
        assert Image.open(io.BytesIO(clean)).info["icc_profile"] == profile


def scanned() -> bytes:
    """A PDF with the photo of a telephone as it was taken."""
    out = io.BytesIO()
    page = Canvas(out, pageCompression=0)
    page.drawString(100, 700, "Acceptance")
    page.showPage()
    page.save()
    return out.getvalue() + b"\n% " + picture("JPEG") + XMP


def test_a_pdf_keeps_every_offset_and_loses_the_places_of_its_photos() -> None:
    raw = scanned()
    clean = without_traces(raw)
    assert media_type_of(raw) == PDF
    assert len(clean) == len(raw)
    assert not [one for one in TOLD if one in clean]
    assert b"Acceptance" in clean


def test_a_pdf_that_tells_no_place_stays_as_it_was_signed() -> None:
    plain = b"%PDF-1.7 Exif\x00\x00 <x:xmpmeta><dc:title>x</dc:title></x:xmpmeta> \xff\xe1"
    assert without_traces(plain) == plain


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_was_cut_off_is_refused(kind: str) -> None:
    whole = picture(kind)
    for length in (12, 40, len(whole) // 2, len(whole) - 3):
        with pytest.raises(ValueError, match=r"broken|cut off"):
            without_traces(whole[:length])


def test_no_noise_makes_it_fail_otherwise() -> None:
    for head in (b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\x00\x00\x00WEBPVP8X"):
        for start in range(60):
            rough = head + bytes((at * 7919 + at // 3) % 256 for at in range(start, start + 90))
            with pytest.raises(ValueError, match=r"broken|cut off"):
                without_traces(rough)
