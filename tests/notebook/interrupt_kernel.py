"""Stops a training by the kernel's interrupt, as the stop button does, and goes on.

usage: interrupt_kernel.py RUNS_FOLDER   (prints one JSON object)
"""

import json
import os
import sys
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

TRAIN = """
{
  const run = () => ser.trainOrLoad(
    ser.experiment({ corpus: "emodb", epochs: 6, seed: SEED }), dataset,
    { folder: FOLDER, signal: ser.interruptSignal(), onBatch: () => console.log("batch") },
  );
  try {
    const { run: { history } } = await run();
    console.log("history " + JSON.stringify(history, (key, v) => key === "seconds" ? undefined : v));
  } catch (error) {
    console.log(error.name + ": " + error.message);
  }
}
"""


ORDINARY = """
console.log("batch"); await new Promise((r) => setTimeout(r, 1500)); console.log("done")
"""
HERE = """
setTimeout(() => Deno.kill(Deno.pid, "SIGINT"), 100);
await ser.trainOrLoad(
  ser.experiment({ corpus: "emodb", model: "cnn", epochs: 9000, seed: 6 }), dataset,
  { folder: FOLDER, signal: ser.interruptSignal() },
);
"""
OURS = 'ser.experiment({ corpus: "emobd" })'
THEIRS = "const f = (x) => x.y; f(null)"


class Kernel:
    def __init__(self):
        notebooks = Path(__file__).resolve().parents[2] / "notebooks"
        self.manager, self.client = start_new_kernel(kernel_name="deno", cwd=str(notebooks))

    def run(self, code, stop_after=None):
        """The text that the code prints; interrupts after so many batches."""
        message, text = self.client.execute(code), ""
        while True:
            got = self.client.get_iopub_msg(timeout=120)
            if got["parent_header"].get("msg_id") != message:
                continue
            kind, content = got["msg_type"], got["content"]
            if kind == "stream":
                text += content["text"]
            if kind == "error":
                raise RuntimeError("\n".join(content["traceback"]))
            if stop_after is not None and text.count("batch") >= stop_after:
                self.manager.interrupt_kernel()
                stop_after = None
            if kind == "status" and content["execution_state"] == "idle":
                return text


    def trace_of(self, code):
        try:
            return self.run(code)
        except RuntimeError as error:
            return str(error)


def last(text):
    return [line for line in text.strip().split("\n") if line != "batch"][-1]


def main():
    kernel, folder = Kernel(), json.dumps(sys.argv[1])
    started = time.time()
    kernel.run('import * as ser from "ser";')
    kernel.run('const dataset = await ser.loadDataset("emodb"); let SEED = 5; globalThis.kept = 41;')
    pid = kernel.run("console.log(Deno.pid)").strip()
    whole = last(kernel.run(TRAIN.replace("FOLDER", json.dumps(sys.argv[1] + "/whole"))))
    train = TRAIN.replace("FOLDER", folder)
    stopped = [last(kernel.run(train, stop_after=n)) for n in (7, 8)]
    resumed = last(kernel.run(train))
    alive = kernel.run("console.log(Deno.pid, globalThis.kept + 1)").strip()
    ordinary = kernel.run(ORDINARY, stop_after=1).strip().split("\n")
    traces = [kernel.trace_of(code) for code in (HERE.replace("FOLDER", folder), OURS, THEIRS)]
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)
    result = {"ordinary": ordinary, "traces": traces, "stopped": stopped, "same": resumed == whole, "resumed": resumed[:60]}
    print(json.dumps({**result, "alive": alive == f"{pid} 42", "seconds": time.time() - started}))
    os._exit(0)


if __name__ == "__main__":
    main()
