import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { loadBackend } from "ser/backend/load.ts";
import { exists } from "ser/support/files.ts";
import { linesOf } from "ser/support/lines.ts";
import { parseMessage } from "ser/sweep/messages.ts";
import { codeVersion } from "ser/support/code_version.ts";
import { runName } from "ser/training/experiment.ts";
import { inFolder, small } from "./example.ts";

const PROGRAM = fromFileUrl(new URL("../../lib/sweep/ray/node.ts", import.meta.url));
const native = (await loadBackend()).name === "native"; // the others take too long
const { training } = await codeVersion();

/** Does a try of a run in a process as a node has it; `end` ends its input or itself. */
async function tryRun(
  job: Record<string, unknown>,
  onMessage: (type: string, end: { input: () => void; process: () => void }) => void = () => {},
) {
  const child = new Deno.Command(Deno.execPath(), {
    ...{ args: ["run", "-A", "--no-check", PROGRAM], stdin: "piped", stdout: "piped" },
  }).spawn();
  const input = child.stdin.getWriter(), messages: Record<string, unknown>[] = [];
  let open = true;
  const end = {
    input: () => {
      if (open) input.close();
      open = false;
    },
    process: () => child.kill("SIGTERM"), // as PR_SET_PDEATHSIG does
  };
  await input.write(new TextEncoder().encode(`${JSON.stringify(job)}\n`));
  for await (const line of linesOf(child.stdout)) {
    const message = parseMessage(line);
    if (!message) continue;
    messages.push(message);
    onMessage(message.type, end);
  }
  end.input();
  return { messages, code: (await child.status).code };
}

const jobOf = (runs: string, epochs: number) => {
  const experiment = small(0, epochs);
  return {
    ...{ run: runName(experiment), experiment, runs, saveEvery: 0, code: training },
    threads: 1,
    seconds: 9,
  };
};

Deno.test("a node with other code than the sweep's does nothing", async () => {
  const { messages } = await tryRun({ ...jobOf("none", 3), code: "0123456789abcdef" });
  strictEqual(messages.length, 1);
  match(
    String(messages[0].reason),
    /^expected this version of the training code \(0123456789ab\) on the nodes, received [0-9a-f]{12}: bring /,
  );
});

Deno.test({
  name: "a node has a worker do its run, and keeps nothing of it",
  ignore: !native,
  fn: () =>
    inFolder(async (runs) => {
      await Deno.mkdir(join(runs, "half.gone")); // of a node that was killed
      const { messages, code } = await tryRun(jobOf(runs, 3));
      deepStrictEqual([messages[0].type, messages.at(-1)!.type, code], ["started", "finished", 0]);
      ok(messages.every(({ type }) => type !== "loading"));
      deepStrictEqual([...Deno.readDirSync(runs)], []);
    }),
});

Deno.test({
  name: "a node whose input ends, or that is asked to end, stops its worker, which keeps its state",
  ignore: !native,
  fn: async () => {
    for (const how of ["input", "process"] as const) {
      await inFolder(async (runs) => {
        const job = jobOf(runs, 5000);
        const { messages, code } = await tryRun(job, (type, end) => {
          if (type === "epoch") end[how]();
        });
        deepStrictEqual([messages.at(-1)!.type, code], ["epoch", 130]);
        ok(await exists(join(runs, job.run, "checkpoint.bin")));
      });
    }
  },
});
