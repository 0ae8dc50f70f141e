"""The sample booklet: one of every form with invented records, as small pictures for the texts."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PIL import Image

from db.vocabulary import StationKind
from station_app.domain.station import StationRecord
from station_app.printing.catalogue import Form, form_name
from station_app.printing.examples import example
from station_app.printing.preview import PdfPages

DPI = 84
#: A page of a form needs no more greys.
GREYS = 16
STATION = StationRecord(
    UUID(int=1), "葵英街道", "KY", StationKind.STATION, "人大代表联络站", "滨城市中山区",
    "中山区葵英街12号一楼", "每月10日 9:00–11:30", "0411-83600001", "A",
)  # fmt: skip
_HEAD = """# 表单样本

以下是系统打印的各种表单，内容均为虚构。打印出来是矢量文字，可以放大、复制、检索；每页右上角的二维码
用来在系统里找到这条记录。表单的标题、字句和页脚可以在“设置—表单”中修改。

本页由 `run.py shots --booklet` 生成。
"""


def write(folder: Path) -> None:
    """Every page of every form into ``folder``, and the page that shows them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    told = [_HEAD]
    for form in Form:
        told.append(f"## {form_name(form)}\n")
        for name, picture in _pages(form):
            picture.save(folder / f"{name}.png", optimize=True)
            told.append(f"![{form_name(form)}]({name}.png)\n")
    (folder / "README.md").write_text("\n".join(told), encoding="utf-8")


def _pages(form: Form) -> list[tuple[str, Image.Image]]:
    with PdfPages(example(form, STATION)) as pages:
        shown = range(1 if form is Form.BLANK_FORMS else len(pages))
        images = [pages.image(page, dpi=DPI, grey=True) for page in shown]
    made = []
    for place, one in enumerate(images, start=1):
        whole = Image.frombytes("L", (one.width, one.height), one.data, "raw", "L", one.stride)
        name = form.value.replace("_", "-") + (f"-{place}" if len(images) > 1 else "")
        made.append((name, whole.quantize(GREYS, dither=Image.Dither.NONE)))
    return made
