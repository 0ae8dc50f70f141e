"""PDFs read back with another library than the one that made them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from ctypes import create_string_buffer
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image, ImageFilter


@dataclass(frozen=True)
class Read:
    """What a finished PDF holds: the text of each page, its metadata and its fonts."""

    pages: tuple[str, ...]
    metadata: dict[str, str]
    sizes: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        """All pages with every blank and line end gone: line breaks are no part of the text."""
        return "".join("".join(self.pages).split())


def read(pdf: bytes) -> Read:
    """The text layer and the metadata of ``pdf``."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages, sizes = [], []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            sizes.append((round(page.get_width()), round(page.get_height())))
        return Read(tuple(pages), document.get_metadata_dict(), tuple(sizes))


def text_fonts(pdf: bytes) -> set[tuple[str, bool]]:
    """(name, embedded) of every font that draws text."""
    found = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(item.raw)
                name = create_string_buffer(pdfium.FPDFFont_GetBaseFontName(font, None, 0))
                pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
                found.add((name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))))
    return found


def ink_boxes(pdf: bytes) -> Iterator[list[tuple[str, float, float, float, float]]]:
    """For each page (character, left, bottom, right, top) of every drawn character, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = []
            for place in range(text.count_chars()):
                character = text.get_text_range(place, 1)
                if character.strip() and not pdfium.FPDFText_IsGenerated(text.raw, place):
                    boxes.append((character, *text.get_charbox(place)))
            yield boxes


def page_image(pdf: bytes, page: int = 0, *, dpi: int = 150) -> Image.Image:
    """One page as a grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=dpi / 72, grayscale=True)
        image: Image.Image = bitmap.to_pil().convert("L").copy()
        return image


def noisy(image: Image.Image, *, degrees: float) -> Image.Image:
    """As a worn scanner sees the upper right corner: turned, grainy, one pixel in 500 wrong."""
    corner = image.crop((image.width * 2 // 3, 0, image.width, image.height // 6))
    turned = corner.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    source = random.Random(7)
    grain = source.choices(
        [round(source.gauss(0, 28)) for _ in range(997)], k=turned.width * turned.height
    )
    pixels = bytearray(
        min(255, max(0, one + shift)) for one, shift in zip(turned.tobytes(), grain, strict=True)
    )
    for _ in range(len(pixels) // 500):
        place = source.randrange(len(pixels))
        pixels[place] = 255 - pixels[place]
    return Image.frombytes("L", turned.size, bytes(pixels))


QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes(image: Image.Image) -> list[str]:
    """The texts of all QR codes on ``image``; where none is read, once more without the grain."""
    return _codes(image) or _codes(image.filter(ImageFilter.MedianFilter(3)))


def _codes(image: Image.Image) -> list[str]:
    data = image.tobytes()  # the view does not keep it alive
    view = zxingcpp.ImageView(data, image.width, image.height, zxingcpp.ImageFormat.Lum)
    return [found.text for found in zxingcpp.read_barcodes(view, QR)]


Box = tuple[str, float, float, float, float]


def overlapping(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """The pairs of drawn characters that lie over each other."""
    return [pair for pair in _neighbours(boxes) if _overlap(*pair)]


def _neighbours(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs of characters that share some height, each pair once."""
    ordered = sorted(boxes, key=lambda box: box[1])
    pairs = []
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other[1] >= one[3]:
                break
            pairs.append((one, other))
    return pairs


def _overlap(one: Box, other: Box) -> bool:
    """Whether the ink boxes meet by more than a hair: kerned glyphs may touch by their sides."""
    wide = min(one[3], other[3]) - max(one[1], other[1])
    high = min(one[4], other[4]) - max(one[2], other[2])
    return wide > 1.2 and high > 1.2
