/** Measures how long `deno task paper` takes to get going where all is set up, in a process of its own. @module */
import { corporaToUse } from "../notebook/session.ts";
import { LiveLine } from "../notebook/live.ts";
import { setUpPython } from "../setup/python.ts";
import { executeNotebook } from "../tasks/execute.ts";
import { listNotebooks, setUpBackend } from "../tasks/prepare.ts";
import type { Measurement, StartedJob, StartJob } from "./job.ts";
import { secondsSince } from "./resources.ts";

/**
 * Does what the task does, in its order, until the first cell of the first notebook is done; the caller
 * then ends this process, and with it the kernel.
 * @param job When the process was started.
 */
export async function measure(job: StartedJob<StartJob>): Promise<Measurement> {
  const [notebook] = await listNotebooks();
  await corporaToUse({ quick: true });
  await setUpBackend();
  const environment = await setUpPython("notebook");
  const readySeconds = secondsSince(job.spawned);
  const marks = await new Promise<{ first: number; second: number }>((resolve, reject) => {
    let first = 0;
    const write = (text: string) => {
      if (text.includes(": cell 1 of ")) first ||= secondsSince(job.spawned);
      if (text.includes(": cell 2 of ")) resolve({ first, second: secondsSince(job.spawned) });
    };
    const line = new LiveLine({ terminal: true, interval: 0, write });
    executeNotebook(notebook, { environment, quick: true, line }).then(({ failure }) =>
      reject(new Error(failure ?? "Cannot measure the start: expected two cells"))
    );
  });
  return {
    values: { readySeconds, kernelSeconds: marks.first, firstCellSeconds: marks.second },
    same: {},
    versions: { deno: Deno.version.deno },
    cpuSeconds: null, // Jupyter's processes are not ours to count
  };
}
