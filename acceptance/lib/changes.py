"""Waits for a file to grow without asking for it all the time."""
import ctypes
import os
import select
import struct
import time

MODIFIED, NONBLOCK = 0x2, os.O_NONBLOCK
LIBC = ctypes.CDLL(None, use_errno=True)


class Changes:
    """Of one file, from the moment at which it is there. Linux only."""

    def __init__(self, file):
        self.file, self.watch = file, None

    def wait(self, limit):
        """Until the file was written to, or for so many seconds."""
        if self.watch is None:
            if not self.file.exists():
                time.sleep(0.001)
                return
            self.watch = LIBC.inotify_init1(NONBLOCK)
            if self.watch < 0 or LIBC.inotify_add_watch(self.watch, os.fsencode(self.file), MODIFIED) < 0:
                raise OSError(ctypes.get_errno(), "no change of the file can be waited for")
            return  # what was written before is read first
        if select.select([self.watch], [], [], limit)[0]:
            os.read(self.watch, 64 * struct.calcsize("iIII"))

    def close(self):
        if self.watch is not None:
            os.close(self.watch)
            self.watch = None
