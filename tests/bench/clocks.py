"""Clocks and memory of a process, as clocks.ts has them."""

import os
import re
import time


def moment():
    """Seconds of a clock that only goes forward, and processor seconds of all threads."""
    return time.perf_counter(), time.process_time()


def between(start, end):
    """Wall and processor seconds from one moment to another."""
    return end[0] - start[0], end[1] - start[1]


def since(milliseconds):
    """Seconds since a moment in ms since 1970."""
    return time.time() - milliseconds / 1000


def peak_memory():
    """The most memory that this process ever held, in 10^6 bytes; nothing but on Linux."""
    try:
        with open("/proc/self/status", encoding="utf-8") as status:
            kibibytes = re.search(r"^VmHWM:\s*(\d+) kB$", status.read(), re.MULTILINE)[1]
    except FileNotFoundError:
        return {}
    return {"peakMegabytes": int(kibibytes) * 1024 / 1e6}


def all_processor_seconds():
    """Of this process and of its children that have ended."""
    return sum(os.times()[:4])
