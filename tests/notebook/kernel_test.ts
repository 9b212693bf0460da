import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { installHook, type KernelInternals, sentOutputs, traceOf } from "ser/notebook/kernel.ts";
import { fakeJupyter } from "./fake_jupyter.ts";

/** A kernel with the hook in it, and what happened in it in order. */
function hookedKernel() {
  const log: string[] = [], { jupyter, sent, broadcasts } = fakeJupyter();
  const print = (name: string) => (...values: unknown[]) => void log.push(`${name} ${values}`);
  const names = ["log", "info", "debug", "warn", "error", "table", "dir", "trace"] as const;
  const console = Object.fromEntries(names.map((name) => [name, print(name)])) as Record<
    typeof names[number],
    (...values: unknown[]) => void
  >;
  const internals: KernelInternals = {
    broadcastResult: (cell, result) => {
      log.push(`result ${cell} ${result}`);
      return Promise.resolve();
    },
  };
  const parts = {
    jupyter,
    internals,
    console,
    sleep: (ms: number) => {
      log.push(`sleep ${Math.round(ms)}`);
      return Promise.resolve();
    },
  };
  return { ...parts, parts, log, sent, broadcasts, installed: installHook(parts) };
}

Deno.test("installHook() ends a cell only after a wait that grows with what it sent", async () => {
  const { internals, console, jupyter, log, sent, installed } = hookedKernel();
  strictEqual(installed, true);
  console.log("a", 1);
  console.warn("b");
  await jupyter.display({ "text/plain": "x" }, { raw: true });
  await internals.broadcastResult(7, 42);
  deepStrictEqual(log, ["log a,1", "warn b", "result 7 42", "sleep 39"]); // 30 + 3 messages x 3 ms
  deepStrictEqual(sent, [{ bundle: { "text/plain": "x" }, options: { raw: true } }]);
});

Deno.test("installHook() waits longer for large outputs, but at most 3 s", async () => {
  const { internals, jupyter, log } = hookedKernel();
  await jupyter.display({ "image/png": "x".repeat(400_000) }, { raw: true });
  await internals.broadcastResult(1, undefined);
  ok(log.includes("sleep 53")); // 30 + 3 + 400,000 / 20,000
  for (let i = 0; i < 2000; i++) await jupyter.display({}, { raw: true });
  await internals.broadcastResult(2, undefined);
  ok(log.includes("sleep 3000"));
});

Deno.test("sentOutputs() counts displays, updates and logs of each cell", async () => {
  const before = sentOutputs().length, { internals, console, jupyter } = hookedKernel();
  console.log("one");
  await jupyter.display({}, { raw: true, display_id: "a" });
  await jupyter.display({}, { raw: true, display_id: "a", update: true });
  await jupyter.broadcast("display_data", {});
  await internals.broadcastResult(1, undefined);
  await internals.broadcastResult(2, undefined);
  deepStrictEqual(sentOutputs().slice(before), [
    { cell: 1, displays: 2, updates: 1, logs: 1 },
    { cell: 2, displays: 0, updates: 0, logs: 0 },
  ]);
});

Deno.test("installHook() installs once and leaves an unknown kernel alone", () => {
  const { parts, console } = hookedKernel();
  const log = console.log;
  strictEqual(installHook(parts), false);
  strictEqual(console.log, log);
  strictEqual(installHook({ ...parts, internals: {} as KernelInternals }), false);
  strictEqual(console.log, log);
});

Deno.test("importing the hook in a plain script says nothing and changes nothing", async () => {
  const script = `const log = console.log;
    await import("ser/notebook/kernel.ts");
    if (console.log !== log || Symbol.for("ser.sentOutputs") in globalThis) throw new Error("changed");`;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", script],
  }).output();
  deepStrictEqual([success, stdout.length, new TextDecoder().decode(stderr)], [true, 0, ""]);
});

Deno.test("traceOf() gives the project's own errors one line, and others their places", () => {
  const ours = new RangeError("Cannot frame the signal: need at least 400 samples, received 120");
  strictEqual(traceOf(ours, ["frame (frame.ts:9)"]), `RangeError: ${ours.message}`);
  const gone = new Deno.errors.NotFound("No such file");
  strictEqual(traceOf(gone, ["<anonymous>:1:1"]), "NotFound: No such file");
  const fault = new TypeError("x is not a function");
  strictEqual(
    traceOf(fault, ["f (<anonymous>:1:2)", "<anonymous>:4:1"]),
    "TypeError: x is not a function\n    at f (<anonymous>:1:2)\n    at <anonymous>:4:1",
  );
});
