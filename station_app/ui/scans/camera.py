"""The camera of this PC as a row of pictures; only where Qt's multimedia part is installed.

It is an optional extra (``camera`` in pyproject.toml) and loaded when somebody asks for it.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QImage

from station_app.i18n import tr

_PART = "PySide6.QtMultimedia"


def camera_installed() -> bool:
    """Whether the optional part is there; it is not loaded for that."""
    return find_spec(_PART) is not None


class Pictures(Protocol):
    """What shows pictures one after the other: ``came`` carries each, ``failed`` a sentence."""

    came: SignalInstance
    failed: SignalInstance

    def start(self) -> None:
        """Show pictures until ``stop``."""

    def stop(self) -> None:
        """Show no more."""

    def other(self) -> None:
        """Go on with the next camera."""

    @property
    def count(self) -> int:
        """How many cameras there are."""


class Camera(QObject):
    """The cameras that the system knows, the default one first."""

    came = Signal(QImage)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: list[Any] = []
        self._at, self._lacks = 0, ""
        self._camera: Any = None
        try:
            self._qt: Any = import_module(_PART)
        except ImportError as error:  # it takes libraries of the system, as libpulse.so.0
            self._lacks = str(error).partition(":")[0]
            return
        self._sink = self._qt.QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._frame)
        self._session = self._qt.QMediaCaptureSession(self)
        self._session.setVideoSink(self._sink)
        first = self._qt.QMediaDevices.defaultVideoInput()
        known = list(self._qt.QMediaDevices.videoInputs())
        self._devices = sorted(known, key=lambda one: one.id() != first.id())

    @property
    def count(self) -> int:
        """How many cameras there are."""
        return len(self._devices)

    def start(self) -> None:
        """Show pictures until ``stop``; without a camera say so."""
        if self._lacks:
            text = tr("The camera needs something of the system that is missing: {name}. Ask the"
                      " administrator.", name=self._lacks)  # fmt: skip
            self.failed.emit(text)
            return
        if not self._devices:
            self.failed.emit(tr("No camera was found. Plug it in and open this window again."))
            return
        self._camera = self._qt.QCamera(self._devices[self._at], self)
        self._camera.errorOccurred.connect(self._error)
        self._session.setCamera(self._camera)
        self._camera.start()

    def stop(self) -> None:
        """Let the camera go, so that its light goes out."""
        if self._camera is not None:
            self._camera.stop()
            self._session.setCamera(None)
            self._camera.deleteLater()
            self._camera = None

    def other(self) -> None:
        """Go on with the next camera."""
        self.stop()
        self._at = (self._at + 1) % max(1, self.count)
        self.start()

    def _frame(self, frame: Any) -> None:
        image = frame.toImage()
        if not image.isNull():
            self.came.emit(image)

    def _error(self, *_: object) -> None:
        self.stop()
        text = tr("The camera cannot be used. Close other programs that use it, and allow it here.")
        self.failed.emit(text)
