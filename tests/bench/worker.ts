/**
 * One measurement in a process of its own: `deno run -A worker.ts JOB`, where JOB is the path of a job as
 * JSON. The last line of the output is the measurement. @module
 */
import { findPython } from "ser/setup/command.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import type { Measurement } from "./rounds.ts";
import type { Job } from "./rows.ts";

/** Does the job; only the module that it needs is loaded. */
async function measure(job: Job & { spawned: number }): Promise<Measurement> {
  if (job.work === "start") return await measureStart();
  if (job.work === "features") {
    return await (await import("./measure_features.ts")).measureFeatures(job);
  }
  const { measureDbn, measureTraining } = await import("./measure_networks.ts");
  return job.work === "dbn" ? await measureDbn(job) : await measureTraining(job);
}

/** A terminal of its own for a command, since only there every step of a notebook is told. */
const TERMINAL = "import pty, sys, time\n" +
  "print('spawned', time.time() * 1000, flush=True)\npty.spawn(sys.argv[1:])";

/** `deno task paper` up to the end of the first cell; then its terminal closes, which ends it. */
async function measureStart(): Promise<Measurement> {
  const command = [Deno.execPath(), "run", "-A", "lib/tasks/mod.ts", "paper", "--quick", "00"];
  const marks = {
    ...{ readySeconds: "Executing 00", kernelSeconds: ": cell 1 of " },
    firstCellSeconds: ": cell 2 of ",
  };
  const child = new Deno.Command(await findPython(), {
    args: ["-c", TERMINAL, ...command],
    ...{ cwd: PROJECT_ROOT, stdin: "null", stdout: "piped", stderr: "null" },
  }).spawn();
  const values: Record<string, number> = {};
  let seen = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    seen += text;
    const spawned = Number(/^spawned (\S+)\s/.exec(seen)?.[1]);
    for (const [name, mark] of Object.entries(marks)) {
      if (seen.includes(mark)) values[name] ??= (Date.now() - spawned) / 1000;
    }
    if (values.firstCellSeconds) break;
  }
  if (!values.firstCellSeconds) {
    throw new Error(`Cannot measure the start: expected two cells, received ${seen.slice(-500)}`);
  }
  child.kill("SIGKILL");
  await child.status;
  // what the kernel's processes took is not ours to count
  return { values, same: {}, versions: { deno: Deno.version.deno }, cpuSeconds: null };
}

if (import.meta.main) {
  console.log(JSON.stringify(await measure(JSON.parse(await Deno.readTextFile(Deno.args[0])))));
  Deno.exit(0); // whatever is still running is of no use any more
}
