/**
 * Kill -9 at random moments of a training that has written checkpoints, and of `deno task paper`; takes
 * minutes: SER_KILL_TESTS=1 deno test -A tests/training/kill_test.ts
 * SER_KILLS=N kills N times (default 3). It prints its seed; SER_KILL_SEED=N draws the same moments again.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { basename, fromFileUrl, join } from "@std/path";
import { filesBelow, PROJECT_ROOT } from "ser/support/files.ts";
import { linesOf } from "ser/support/lines.ts";
import { RandomState } from "ser/support/random.ts";
import { readRun } from "ser/training/stored_run.ts";
import { type Checkout, makeCheckout, TEMPORARY } from "../tasks/checkout.ts";
import { numbersOf } from "./small.ts";

const TIMES = Number(Deno.env.get("SER_KILLS") ?? 3), EPOCHS = 8;
const SEED = Number(Deno.env.get("SER_KILL_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const random = new RandomState(SEED);
const ignore = Deno.env.get("SER_KILL_TESTS") !== "1";
const sleep = (seconds: number) => new Promise((done) => setTimeout(done, 1000 * seconds));

/** What train_once.ts prints: epochs and warnings, then its result. */
type Line = { epoch?: number; warning?: string; name?: string };

/** Starts train_once.ts; calls back for each line of it. */
async function train(folder: string, onLine: (line: Line, child: Deno.ChildProcess) => void) {
  const program = fromFileUrl(new URL("train_once.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, folder, String(EPOCHS)],
    ...{ cwd: PROJECT_ROOT, stdin: "null", stdout: "piped", stderr: "null" },
  }).spawn();
  const lines: Line[] = [];
  for await (const text of linesOf(child.stdout)) {
    lines.push(JSON.parse(text));
    onLine(lines.at(-1)!, child);
  }
  return { lines, ...await child.status };
}

const namesIn = async (folder: string): Promise<string[]> =>
  (await filesBelow(folder)).map((path) => basename(path).replace(/-[0-9a-f]{8}/, "")).sort();

Deno.test({
  name: `a training killed ${TIMES} times after its first checkpoint, SER_KILL_SEED=${SEED}`,
  ignore,
  fn: async (t) => {
    const folder = await Deno.makeTempDir({ prefix: "ser-test-" });
    let before = performance.now(), seconds = 0;
    const whole = await train(join(folder, "whole"), ({ epoch }) => {
      seconds = (performance.now() - before) / 1000;
      if (epoch) before = performance.now();
    });
    for (let kill = 1; kill <= TIMES; kill++) {
      await t.step(`kill ${kill}`, async () => {
        const runs = join(folder, String(kill)), last = 2 + random.integer(EPOCHS - 3);
        const delay = random.uniform() * seconds * 3; // into the checkpoint, the next epoch or the one after
        const killed = await train(runs, async ({ epoch }, child) => {
          if (epoch !== last) return;
          await sleep(delay);
          try {
            child.kill("SIGKILL");
          } catch { /* it was done before */ }
        });
        const left = await namesIn(runs);
        const again = await train(runs, () => {});
        const from = again.lines.find(({ epoch }) => epoch)?.epoch;
        console.log(
          `    killed ${delay.toFixed(2)} s after epoch ${last}, leaving ${left.join(", ")}; ` +
            `went on with epoch ${from ?? "none"}`,
        );
        if (killed.signal === "SIGKILL" && !left.includes("run.json")) {
          ok(from! >= last && from! > 1, `${from}`);
        }
        deepStrictEqual(again.lines.at(-1), whole.lines.at(-1));
        ok(!again.lines.some(({ warning }) => warning));
        deepStrictEqual(await namesIn(runs), ["lock", "run.json", "weights.bin"]);
      });
    }
    await Deno.remove(folder, { recursive: true });
  },
});

/** Processes whose working folder or command line is of a checkout. */
function processesOf(root: string): string[] {
  return [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name)).flatMap(
    ({ name }) => {
      try {
        const command = Deno.readTextFileSync(`/proc/${name}/cmdline`).replaceAll("\0", " ");
        const inside = Deno.readLinkSync(`/proc/${name}/cwd`).startsWith(root);
        return inside || command.includes(root) ? [`${name} ${command}`] : [];
      } catch {
        return []; // it has ended
      }
    },
  );
}

/** What a notebook in quick mode comes to: the numbers of its runs and its figures. */
async function outcome({ root }: Checkout) {
  const mine = join(root, "outputs", "mine"), runs: unknown[] = [];
  for (const { name } of [...Deno.readDirSync(join(mine, "runs"))].sort(byName)) {
    const { history, predictions, data } = (await readRun(join(mine, "runs", name)))!;
    runs.push({ name, history: numbersOf(history), predictions, data });
  }
  const { cells } = JSON.parse(await Deno.readTextFile(join(mine, "quick", NOTEBOOK)));
  const outputs = (cells as { outputs?: { data?: Record<string, unknown> }[] }[])
    .flatMap(({ outputs = [] }) => outputs);
  const figures = outputs.flatMap(({ data }) => data?.["application/vnd.plotly.v1+json"] ?? []);
  ok(figures.length > 0);
  return { runs, figures, names: await namesIn(mine) };
}

const byName = (a: Deno.DirEntry, b: Deno.DirEntry) => (a.name < b.name ? -1 : 1);
const NOTEBOOK = "02_sdnn.ipynb";
Deno.test({
  name: `paper --quick killed ${TIMES} times, SER_KILL_SEED=${SEED}`,
  ignore: ignore || Deno.build.os !== "linux",
  fn: async (t) => {
    const clone = await makeCheckout(), mine = join(clone.root, "outputs", "mine");
    const paper = ["paper", "--quick", "02"];
    const begin = performance.now();
    ok((await clone.task(...paper)).success);
    const seconds = (performance.now() - begin) / 1000, undisturbed = await outcome(clone);
    console.log(`    undisturbed: ${seconds.toFixed(1)} s`);
    for (let kill = 1; kill <= TIMES; kill++) {
      await t.step(`kill ${kill}`, async () => {
        await Deno.remove(mine, { recursive: true });
        const child = clone.start(...paper), moment = random.uniform() * seconds;
        const output = child.output(); // reads what it says
        await sleep(moment);
        try {
          child.kill("SIGKILL");
        } catch { /* it was done before */ }
        await output;
        const end = performance.now() + 60_000;
        while (processesOf(clone.root).length > 0 && performance.now() < end) await sleep(0.1);
        deepStrictEqual(processesOf(clone.root), [], "no process is left");
        const left = await namesIn(mine).catch(() => []);
        console.log(`    killed after ${moment.toFixed(1)} s, leaving ${left.join(", ")}`);
        ok((await clone.task(...paper)).success);
        deepStrictEqual(await outcome(clone), undisturbed);
        deepStrictEqual(
          await namesIn(join(clone.root, TEMPORARY)),
          [],
          "no temporary file is left",
        );
        strictEqual(await clone.changed(), "");
      });
    }
    await clone.remove();
  },
});
