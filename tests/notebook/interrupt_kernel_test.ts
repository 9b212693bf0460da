import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { setUpPython } from "ser/setup/python.ts";

const SCRIPT = fromFileUrl(new URL("./interrupt_kernel.py", import.meta.url));

Deno.test("a training in a real kernel stops by the stop button and goes on to the same history; what cannot stop says so; errors are calm", async () => {
  const { python, jupyterPath } = await setUpPython("notebook");
  const folder = await Deno.makeTempDir();
  try {
    const { code, stdout, stderr } = await new Deno.Command(python, {
      args: [SCRIPT, folder],
      env: { JUPYTER_PATH: jupyterPath, JUPYTER_PREFER_ENV_PATH: "1", PYTHONPATH: "" },
    }).output();
    strictEqual(code, 0, new TextDecoder().decode(stderr));
    const result = JSON.parse(new TextDecoder().decode(stdout));
    for (const text of result.stopped) {
      match(
        text,
        /^TrainingInterrupted: Training stopped after \d of 6 epochs: the state after them is kept in/,
      );
    }
    match(result.resumed, /^history \{"loss":\[/);
    const runsOn =
      "Interrupted, but nothing here can stop between two steps: this cell runs on. Restart the kernel to end it.";
    deepStrictEqual(result.ordinary, ["batch", runsOn, "done"]);
    const [stopped, ours, theirs] = result.traces;
    match(
      stopped,
      /^TrainingInterrupted: Training stopped after .*: run the same again to start over$/,
    );
    match(ours, /^RangeError: Cannot describe .* received "emobd" \(did you mean "emodb"\?\)$/);
    match(theirs, /^TypeError: Cannot read .*\n +at f \(/); // the reader's own fault keeps its place
    deepStrictEqual([result.same, result.alive], [true, true]); // bit by bit; same process, state kept
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
