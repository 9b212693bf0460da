import { deepStrictEqual, notStrictEqual, strictEqual } from "node:assert/strict";
import { interrupt, interruptSignal } from "ser/notebook/interrupt.ts";

/** Runs a script, sends it SIGINT at each line that it prints, and gives those lines and its end. */
async function interrupted(script: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", script],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let printed = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    printed += text;
    child.kill("SIGINT");
  }
  return { printed, signal: (await child.status).signal };
}

const WAIT = `const timer = setTimeout(() => {}, 20_000); console.log("ready");`;
const onPosix = { ignore: Deno.build.os === "windows" }; // there a signal cannot be sent so

Deno.test("interrupt() aborts the signal given out and the next one is fresh", () => {
  const first = interruptSignal();
  strictEqual(interruptSignal(), first);
  interrupt();
  strictEqual(first.aborted, true);
  strictEqual((first.reason as Error).name, "AbortError");
  const second = interruptSignal();
  notStrictEqual(second, first);
  strictEqual(second.aborted, false);
  interrupt(); // leaves no listener behind
});

Deno.test("a plain script dies of Ctrl-C unless it asks for the signal", onPosix, async () => {
  const plain = `import "ser/notebook/kernel.ts"; ${WAIT}`;
  deepStrictEqual(await interrupted(plain), { printed: "ready\n", signal: "SIGINT" });
});

Deno.test(
  "a script that asks is told of the first Ctrl-C and dies of the second",
  onPosix,
  async () => {
    const asking = `import { interruptSignal } from "ser/notebook/interrupt.ts";
    interruptSignal().addEventListener("abort", () => console.log("told")); ${WAIT}`;
    deepStrictEqual(await interrupted(asking), { printed: "ready\ntold\n", signal: "SIGINT" });
  },
);
