/**
 * `deno task setup` killed with SIGKILL at random moments, in a cache of its own: `SER_KILL_TESTS=1`, with
 * `SER_KILLS` how often and `SER_KILL_SEED` for the same moments again. It downloads 274 MB and takes about two minutes for each kill. @module
 */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { basename, fromFileUrl, join } from "@std/path";
import { damagedFile, nativeHome, readNativeRecord } from "ser/backend/home.ts";
import { FEATURE_KERNELS } from "ser/features/kernels.ts";
import { TRAINING_KERNELS } from "ser/backend/load_kernels.ts";
import { findLibrary } from "ser/support/compiled.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";

const MOD = fromFileUrl(import.meta.resolve("ser/tasks/mod.ts"));
const KILLS = Number(Deno.env.get("SER_KILLS") ?? 3);
const SEED = Number(Deno.env.get("SER_KILL_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
/** Of those, in the download; the others start with the wheel and hit unpacking, compiling, checking. */
const IN_DOWNLOAD = Math.ceil(KILLS / 7);
const NATIVE = basename(nativeHome("cpu"));

const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

const start = (cache: string, stderr: "null" | "piped" = "null") =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MOD, "setup"],
    env: { SER_CACHE: cache, INIT_CWD: PROJECT_ROOT },
    ...{ stdin: "null", stdout: "null", stderr },
  }).spawn();

/** Ends a process; it may have ended by itself. */
function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Command lines of living processes that work in a folder. */
async function processesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    const read = (what: string) => Deno.readTextFile(`/proc/${name}/${what}`).catch(() => "");
    const texts = await Promise.all([read("cmdline"), read("environ")]);
    if (texts.some((text) => text.includes(folder))) found.push(texts[0].replaceAll("\0", " "));
  }
  return found;
}

/** Everything of a finished set-up, and nothing else. */
async function isWhole(cache: string): Promise<void> {
  const home = join(cache, NATIVE), record = (await readNativeRecord(home))!;
  strictEqual(await damagedFile(home, record, true), undefined);
  const names = async (folder: string) =>
    (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  const features = basename((await findLibrary(FEATURE_KERNELS, cache))!);
  const training = basename((await findLibrary(TRAINING_KERNELS, home))!);
  deepStrictEqual(
    await names(cache),
    [features, "ser_features.lock", NATIVE, `${NATIVE}.lock`].sort(),
  );
  deepStrictEqual(
    await names(home),
    ["ready.json", "ser_kernels.lock", training, "tensorflow", "tfjs_binding.node"].sort(),
  );
}

/** Runs a set-up until it has its wheel, ends it, and puts the wheel aside. */
async function wheelOf(cache: string, shelf: string): Promise<number> {
  const begun = performance.now(), child = start(cache);
  const whole = join(cache, `${NATIVE}.staging`, "whole");
  const there = () => Deno.stat(whole).then(() => true, () => false);
  while (!await there()) await wait(0.2);
  const seconds = (performance.now() - begun) / 1000;
  child.kill("SIGKILL");
  await child.status;
  await Deno.rename(whole, shelf);
  return seconds;
}

/** A cache in which a set-up finds the wheel. */
async function freshCache(folder: string, shelf: string | undefined): Promise<string> {
  const cache = await Deno.makeTempDir({ dir: folder });
  if (!shelf) return cache;
  const whole = join(cache, `${NATIVE}.staging`, "whole");
  await Deno.mkdir(whole, { recursive: true });
  for await (const { name } of Deno.readDir(shelf)) {
    await Deno.link(join(shelf, name), join(whole, name));
  }
  return cache;
}

Deno.test({
  name:
    `setup killed ${KILLS} times, SER_KILL_SEED=${SEED}: the rerun completes, and leaves no debris and no process`,
  ignore: Deno.env.get("SER_KILL_TESTS") !== "1" || Deno.build.os !== "linux",
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "ser-kill-" });
    const shelf = join(folder, "wheel"), random = new RandomState(SEED);
    try {
      const download = await wheelOf(await freshCache(folder, undefined), shelf);
      const whole = await freshCache(folder, shelf), begun = performance.now();
      strictEqual((await start(whole).status).code, 0);
      const undisturbed = (performance.now() - begun) / 1000;
      await isWhole(whole);
      await Deno.remove(whole, { recursive: true });
      for (let time = 1; time <= KILLS; time++) {
        const early = time <= IN_DOWNLOAD,
          cache = await freshCache(folder, early ? undefined : shelf);
        const moment = random.uniform() * (early ? download : undisturbed), child = start(cache);
        await wait(moment);
        kill(child);
        await child.status;
        await wait(0.5);
        deepStrictEqual(await processesIn(cache), [], `after ${moment.toFixed(1)} s`);
        strictEqual((await start(cache).status).code, 0);
        await isWhole(cache);
        deepStrictEqual(await processesIn(cache), []);
        await Deno.remove(cache, { recursive: true });
        console.log(`kill ${time} after ${moment.toFixed(1)} s: the rerun completed`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
