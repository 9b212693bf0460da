"""Executes a notebook in a real Deno kernel with nbclient and tells how far it is.

Usage: execute.py JOB, where JOB is a JSON object:
  notebook  path of the .ipynb; its folder is the kernel's working folder
  output    where the executed copy goes, or null
  timeout   seconds that one cell may take
  root      project folder; paths below it are written relative to it in the copy
  limit     the most bytes that the copy may have

Prints one JSON object a line: {"event": "cells" | "cell" | "line" | "failed" | "done", ...}.
Exit status 0 after "done", 1 after "failed". A cell tagged "raises-exception" may fail.
"""

import json
import os
import re
import signal
import sys
import threading

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell

# What lib/notebook/kernel.ts counted in each cell; null if the notebook does not use it.
MARK = "ser.sentOutputs "
COUNTS = f"""console.log("{MARK}" +
  JSON.stringify(globalThis[Symbol.for("ser.sentOutputs")]?.() ?? null))"""

PLOTLY = "application/vnd.plotly.v1+json"
PLACE = "place of a figure"  # in the notebook's text, until the figure is put there

# As Deno's kernel says, without its version: the same in every executed copy.
KERNEL = {"display_name": "Deno", "language": "typescript", "name": "deno"}
LANGUAGE = {
    "file_extension": ".ts",
    "mimetype": "text/x.typescript",
    "name": "typescript",
    "nbconvert_exporter": "script",
    "pygments_lexer": "typescript",
}


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


class Failure(Exception):
    """`cell` counts code cells from 1 and is 0 if the notebook as a whole failed."""

    def __init__(self, reason, cell=0, source=""):
        super().__init__(reason)
        self.reason, self.cell, self.source = reason, cell, source


class Client(NotebookClient):
    """nbclient that counts each cell's messages and passes on what a live line says."""

    received = None  # {"display_data": n, "stream": n, ...} of the running cell
    reply = None  # the kernel's reply to the last cell

    def process_message(self, msg, cell, cell_index):
        kind, content = msg["msg_type"], msg["content"]
        if self.received is not None:
            self.received[kind] = self.received.get(kind, 0) + 1
        text = content.get("data", {}).get("text/plain")
        if (content.get("transient") or {}).get("display_id") and isinstance(text, str):
            tell("line", text=text.strip().split("\n")[-1][:200])
        return super().process_message(msg, cell, cell_index)

    def keep_reply(self, execute_reply, **_):
        self.reply = execute_reply["content"] if execute_reply else {}


def execute(job):
    """The executed notebook. Raises Failure at the first cell that fails."""
    path = os.path.abspath(job["notebook"])
    notebook = read(path)
    cells = [(i, c) for i, c in enumerate(notebook.cells) if is_code(c)]
    client = Client(
        notebook,
        kernel_name="deno",
        timeout=job["timeout"],
        startup_timeout=180,
        iopub_timeout=60,
        allow_errors=True,  # reported by check_cell, with more than the kernel's reply
        record_timing=False,
        resources={"metadata": {"path": os.path.dirname(path)}},
    )
    client.on_cell_executed = client.keep_reply
    tell("cells", total=len(cells))
    received = {}
    with client.setup_kernel():
        end_with_parent(client)
        for number, (index, cell) in enumerate(cells, 1):
            tell("cell", number=number, total=len(cells))
            client.received = received[number] = {}
            run_cell(client, cell, index, number)
        check_complete(cells, received, sent_counts(client, notebook))
    return notebook


def read(path):
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:
        raise Failure(f"not a notebook: {error}") from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("execution", None)
    return notebook


def is_code(cell):
    return cell.cell_type == "code" and cell.source.strip() != ""


def is_allowed_to_fail(cell):
    return "raises-exception" in cell.metadata.get("tags", [])


def run_cell(client, cell, index, number):
    try:
        client.execute_cell(cell, index)
    except CellTimeoutError:
        raise Failure(f"took longer than {client.timeout} s", number, cell.source) from None
    except DeadKernelError:
        raise Failure("the kernel died", number, cell.source) from None
    if is_allowed_to_fail(cell):
        return
    for output in cell.outputs:
        if output.output_type == "error":
            text = "\n".join(output.traceback).strip() or f"{output.ename}: {output.evalue}"
            raise Failure(text, number, cell.source)
    # a syntax error or a failed import can come without an error output
    if client.reply.get("status") == "error":
        text = "\n".join(client.reply.get("traceback") or []).strip()
        raise Failure(
            text or client.reply.get("evalue") or "the kernel reported an error without a text",
            number,
            cell.source,
        )


def sent_counts(client, notebook):
    """What the kernel says that each cell sent, by execution count."""
    client.received = None
    for _ in range(3):
        probe = new_code_cell(COUNTS)
        notebook.cells.append(probe)
        try:
            client.execute_cell(probe, len(notebook.cells) - 1)
        except (CellTimeoutError, DeadKernelError):
            pass
        finally:
            notebook.cells.pop()
        text = "".join(o.text for o in probe.outputs if o.output_type == "stream")
        for line in text.split("\n"):
            if line.startswith(MARK):
                return {count["cell"]: count for count in json.loads(line[len(MARK) :]) or []}
    return {}


def check_complete(cells, received, sent):
    """Compares what arrived in each cell with what the kernel says it sent."""
    first = min(sent, default=None)  # the cell that imported the library
    for number, (_, cell) in enumerate(cells, 1):
        count = sent.get(cell.execution_count)
        if first is None or cell.execution_count < first or is_allowed_to_fail(cell):
            continue
        if count is None:
            reason = "outputs may be missing: the kernel did not wait for this cell to send them"
            raise Failure(reason, number, cell.source)
        for kind, key in (("display_data", "displays"), ("stream", "logs")):
            got = received[number].get(kind, 0)
            if got < count[key]:
                reason = f"outputs are missing: the cell sent {count[key]} ({kind}), {got} arrived"
                raise Failure(reason, number, cell.source)


def write(notebook, job):
    """Writes the copy under a temporary name, then renames it. Links fit the folder that it goes to."""
    up = os.path.relpath(job["root"], os.path.dirname(job["output"])).replace(os.sep, "/")
    notebook.metadata.update(kernelspec=KERNEL, language_info=LANGUAGE)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
        elif cell.cell_type == "markdown":
            cell.source = cell.source.replace("](../", f"]({up}/")
    home = json.dumps(job["root"] + "/")[1:-1]
    outputs = [c.outputs if c.cell_type == "code" else None for c in notebook.cells]
    clean = json.dumps(outputs).replace("file://" + home, "").replace(home, "")
    clean = json.loads(clean.replace('"../data/', f'"{up}/data/'))
    for cell, own in zip(notebook.cells, clean):
        if own is not None:
            cell.outputs = nbformat.from_dict(own)
    text = as_text(notebook)
    size = len(text.encode())
    if size > job["limit"]:
        raise Failure(f"the executed copy has {size} bytes, at most {job['limit']} are allowed")
    os.makedirs(os.path.dirname(job["output"]), exist_ok=True)
    part = f"{job['output']}.{os.getpid()}-{os.uname().nodename}.part"  # as removeParts() expects
    with open(part, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(part, job["output"])


def as_text(notebook):
    """The notebook as JSON, each Plotly figure on one line: indented, its numbers fill the file."""
    figures = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if PLOTLY in output.get("data", {}):
                figures.append(json.dumps(output.data[PLOTLY], separators=(",", ":")))
                output.data[PLOTLY] = {PLACE: len(figures) - 1}
    place = re.compile(r'\{\s*"%s": (\d+)\s*\}' % PLACE)
    return place.sub(lambda found: figures[int(found[1])], nbformat.writes(notebook)) + "\n"


def joined(outputs):
    """Consecutive texts of one stream as one: how they were cut is chance."""
    result = []
    for output in outputs:
        last = result[-1] if result else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            result.append(output)
    return result


def end_with_parent(client):
    """Ends this process and its kernel when whoever started it is gone, or on a signal."""

    def end(*_):
        pid = getattr(getattr(client.km, "provisioner", None), "pid", None)
        if pid:
            os.kill(pid, signal.SIGKILL)
        client.km.cleanup_connection_file()
        os._exit(130)

    def watch():
        while os.read(0, 4096):
            pass
        end()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    threading.Thread(target=watch, daemon=True).start()


def main():
    job = json.loads(sys.argv[1])
    try:
        notebook = execute(job)
        if job["output"]:
            write(notebook, job)
    except Failure as failure:
        tell("failed", cell=failure.cell, source=failure.source, reason=failure.reason)
        return 1
    tell("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
