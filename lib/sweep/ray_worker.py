"""A worker process, lib/sweep/worker.ts, on a node of a Ray cluster: started, listened to, and ended."""

import collections
import ctypes
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time

MARK = "sweep "  # in front of a message of worker.ts
TIME_TO_STOP = 30  # seconds that a run has to keep its state
PR_SET_PDEATHSIG = 1


class Died(Exception):
    """The same run may well succeed elsewhere or later."""


def start(deno, project, env):
    """A worker process in a group of its own, which ends with this one, however that ends."""
    libc = ctypes.CDLL(None)  # loaded before the fork

    def die_with_parent():
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    return subprocess.Popen(
        [*deno, "run", "-A", "--no-check", "lib/sweep/worker.ts"],
        cwd=project,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "NO_COLOR": "1", **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent if sys.platform == "linux" else None,
    )


def follow(child, request, silent_epochs, say):
    """Gives a worker its job and listens to it until it ends or is silent for too long."""
    lines, complaint = queue.Queue(), collections.deque(maxlen=20)
    readers = [
        threading.Thread(target=read, args=(child.stdout, lines.put, lambda: lines.put(None)), daemon=True),
        threading.Thread(target=read, args=(child.stderr, complaint.append), daemon=True),
    ]
    patience, last = request["patience"], None
    try:
        for reader in readers:
            reader.start()
        tell_child(child, request["job"])
        heard = time.monotonic()
        while True:
            try:
                line = lines.get(timeout=0.5)  # wakes up: a cancelled task is interrupted between two
            except queue.Empty:
                if time.monotonic() - heard > patience:
                    raise Died(f"it said nothing for {patience:.0f} s and was ended")
                continue
            if line is None:
                break
            message = message_in(line)
            if message is None:
                continue
            heard = time.monotonic()
            if message["type"] in ("finished", "failed"):
                last = message
                continue
            if message["type"] == "epoch":
                patience = max(patience, silent_epochs * message["seconds"])
            say("said", message=message)
        status = child.wait()
        readers[1].join(1)
    except Died:
        kill(child)
        raise
    finally:
        end(child)
    if last is None:
        raise Died(cause_of_death(status, complaint))
    return last


def cause_of_death(status, complaint):
    if status == -signal.SIGKILL:
        return "it was killed (SIGKILL; the system does so when memory is short)"
    if status < 0:
        return f"it was killed ({signal.Signals(-status).name})"
    return f"it ended with status {status}:{last_lines(complaint) or ' without a word'}"


def read(stream, take, at_end=lambda: None):
    for line in stream:
        take(line.rstrip("\n"))
    at_end()


def tell_child(child, job):
    try:
        child.stdin.write(json.dumps(job) + "\n")
        child.stdin.flush()
    except BrokenPipeError:
        pass  # it has ended already


def message_in(line):
    """None if the line is not a message: libraries print, too."""
    if not line.startswith(MARK):
        return None
    try:
        return json.loads(line[len(MARK) :])
    except ValueError:
        return None  # it died in the middle of it


def end(child):
    """The end of its input tells a worker to keep its state and end."""
    try:
        child.stdin.close()
    except BrokenPipeError:
        pass
    try:
        child.wait(TIME_TO_STOP)
    except subprocess.TimeoutExpired:
        kill(child)


def kill(child):
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()


def last_lines(lines, count=6):
    lines = [line.rstrip() for line in lines if line.strip()]
    return "".join(f"\n    {line}" for line in lines[-count:])
