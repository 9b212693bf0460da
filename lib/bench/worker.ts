/**
 * One measurement in a process of its own: `deno run -A lib/bench/worker.ts JOB`, where JOB is the path
 * of a job as JSON. The last line of the output is the measurement. @module
 */
import type { Measurement, StartedJob } from "./job.ts";

/** Does the job; only the module that it needs is loaded. */
async function measure(job: StartedJob): Promise<Measurement> {
  switch (job.work) {
    case "training":
      return await (await import("./measure_training.ts")).measure(job);
    case "dbn":
      return await (await import("./measure_dbn.ts")).measure(job);
    case "features":
      return await (await import("./measure_features.ts")).measure(job);
    case "start":
      return await (await import("./measure_start.ts")).measure(job);
  }
}

if (import.meta.main) {
  const job = JSON.parse(await Deno.readTextFile(Deno.args[0])) as StartedJob;
  console.log(JSON.stringify(await measure(job)));
  Deno.exit(0); // whatever is still running is of no use any more
}
