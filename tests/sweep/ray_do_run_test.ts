import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { runCommand } from "ser/setup/command.ts";
import { exists } from "ser/support/files.ts";
import { formatMessage, type WorkerMessage } from "ser/sweep/messages.ts";
import type { RayOutcome, RayRunMessage } from "ser/sweep/ray_messages.ts";
import { resultOf } from "ser/sweep/result.ts";
import { runName } from "ser/training/experiment.ts";
import { exampleResult, inFolder, small } from "./example.ts";

const PROGRAM = fromFileUrl(new URL("./ray_do_run.py", import.meta.url));
const DRIVER = fromFileUrl(new URL("../../lib/sweep", import.meta.url));
const python = (await runCommand(["python3", "-c", "import fcntl"])).code === 0;

/** What a shell says as a worker. */
const says = (message: WorkerMessage) => `printf '%s' '${formatMessage(message)}'`;

/** Does a run with a shell script in place of Deno. */
async function doRun(script: string, folder: string, options: { patience?: number } = {}) {
  const deno = join(folder, "bin", "deno"), worker = join(folder, "lib", "sweep", "worker.ts");
  await Deno.mkdir(join(folder, "bin"), { recursive: true });
  await Deno.writeTextFile(deno, `#!/bin/sh\nread job\n${script}\n`, { mode: 0o755 });
  await Deno.mkdir(join(folder, "lib", "sweep"), { recursive: true });
  await Deno.writeTextFile(worker, "");
  const experiment = small(0), run = runName(experiment);
  const { patience = 60 } = options;
  const request = { run, attempt: 2, job: { experiment, saveEvery: 20 }, patience };
  const told = {
    project: folder,
    send: null,
    env: { OF_OURS: "7" },
    deno: "2.9.6",
    silentEpochs: 10,
  };
  const { stdout, stderr } = await runCommand([
    ...["python3", PROGRAM, DRIVER, JSON.stringify(request), JSON.stringify(told)],
  ], { env: { PATH: `${join(folder, "bin")}:${Deno.env.get("PATH")}` } });
  ok(stdout !== "", stderr);
  return JSON.parse(stdout) as { outcome: RayOutcome; letters: RayRunMessage[] };
}

/** A test of what runs on the nodes; without Python it is skipped. */
const test = (name: string, fn: (folder: string) => Promise<void>) =>
  Deno.test({
    name: python ? name : `${name}: skipped, no python3 here`,
    ignore: !python,
    fn: () => inFolder(fn),
  });

test("a node passes on what a worker says, and its result; what it keeps of the run goes", async (folder) => {
  const result = resultOf(await exampleResult(small(0)));
  for (const storedBefore of [false, true]) {
    const kept = join(folder, "outputs", "mine", "runs", runName(small(0)));
    await Deno.mkdir(kept, { recursive: true });
    const epoch = { type: "epoch", epoch: 1, epochs: 3, seconds: 1, secondsLeft: 2 } as const;
    const script = `echo a library prints; ${says(epoch)}; ${
      says({ type: "finished", result, storedBefore })
    }`;
    const { outcome, letters } = await doRun(script, folder);
    deepStrictEqual(outcome, { type: "finished", result, storedBefore });
    const of = { run: runName(small(0)), attempt: 2 };
    deepStrictEqual(letters, [
      { type: "started", ...of, node: "10.0.0.1" },
      { type: "said", ...of, message: epoch },
    ]);
    strictEqual(await exists(kept), storedBefore);
  }
});

test("a worker gets its job and our environment", async (folder) => {
  const script = 'printf "%s" "$job" > job.json; echo "$OF_OURS $*" > rest; exit 3';
  await doRun(script, folder);
  const job = JSON.parse(await Deno.readTextFile(join(folder, "job.json")));
  deepStrictEqual(job, { experiment: small(0), saveEvery: 20 });
  const rest = await Deno.readTextFile(join(folder, "rest"));
  strictEqual(rest, "7 run -A --no-check lib/sweep/worker.ts\n");
});

test("an error that a worker tells is its outcome", async (folder) => {
  const failed: WorkerMessage = { type: "failed", reason: "the loss is NaN", diskFull: false };
  deepStrictEqual((await doRun(says(failed), folder)).outcome, failed);
});

test("a worker that is killed or ends without a word has died", async (folder) => {
  const { outcome: killed } = await doRun("kill -9 $$", folder);
  strictEqual(
    killed.type === "died" && killed.reason,
    "on 10.0.0.1, it was killed (SIGKILL; the system does so when memory is short)",
  );
  const { outcome: ended } = await doRun("echo no such library >&2; exit 3", folder);
  ok(ended.type === "died");
  strictEqual(ended.reason, "on 10.0.0.1, it ended with status 3:\n    no such library");
});

test("a worker that hangs is ended with all that it has started", async (folder) => {
  const script = `sh -c 'echo $$ > ${folder}/pid; exec sleep 61'`;
  const { outcome } = await doRun(script, folder, { patience: 1 });
  ok(outcome.type === "died");
  match(outcome.reason, /^on 10\.0\.0\.1, it said nothing for 1 s and was ended$/);
  const pid = (await Deno.readTextFile(join(folder, "pid"))).trim();
  const state = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => "gone"); // or not yet buried
  match(state, /^gone$|\) Z /);
});

test("a node without the project has none of its runs", async (folder) => {
  await Deno.mkdir(join(folder, "bin"));
  const request = { run: "a", attempt: 0, job: {}, patience: 1 };
  const options = { project: join(folder, "none"), send: null, env: {}, deno: "2.9.6" };
  const { stdout } = await runCommand([
    ...["python3", PROGRAM, DRIVER, JSON.stringify(request), JSON.stringify(options)],
  ]);
  match(JSON.parse(stdout).outcome.reason, /^on 10\.0\.0\.1, the project is not in ".*none"$/);
});
