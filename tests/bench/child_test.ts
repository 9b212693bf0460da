import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { runChild } from "ser/bench/child.ts";

/** A side that is a line of shell; `$0` is the path of the job. */
const shell = (line: string) => ({ name: "a shell", command: ["sh", "-c", line] });

Deno.test("runChild() hands over the job with its start and reads the answer", async () => {
  const before = Date.now();
  const line = `spawned=$(sed 's/.*"spawned"://; s/}//' "$0"); ` +
    `echo "{\\"values\\":{\\"spawned\\":$spawned,\\"threads\\":$THREADS},` +
    `\\"same\\":{},\\"versions\\":{},\\"cpuSeconds\\":0}"`;
  const sample = await runChild(shell(line), { work: "start" }, { THREADS: "7" });
  strictEqual(sample.values.threads, 7);
  ok(sample.values.spawned >= before && sample.values.spawned <= Date.now());
  if (Deno.build.os === "linux") ok(sample.others! >= 0 && sample.others! <= 1);
});

Deno.test("runChild() does not guess what others used where the process cannot tell", async () => {
  const line = `echo '{"values":{},"same":{},"versions":{},"cpuSeconds":null}'`;
  deepStrictEqual((await runChild(shell(line), { work: "start" })).others, null);
});

Deno.test("runChild() gives the last words of a process that fails", async () => {
  const line = "echo starting; echo 'ModuleNotFoundError: keras' >&2; exit 3";
  await rejects(runChild(shell(line), { work: "start" }), {
    message:
      'Cannot measure a shell: expected exit status 0 of "start", received 3:\n    ModuleNotFoundError: keras',
  });
});
