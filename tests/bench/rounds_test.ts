import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { type Measurement, measureRow, OURS, peerSide, runChild } from "./rounds.ts";
import type { Job } from "./rows.ts";

const START: Job = { work: "start" };
const PEER = peerSide("python");

/** A side that is a line of shell; `$0` is the path of the job. */
const shell = (line: string) => ({ name: "a shell", command: ["sh", "-c", line] });

const sample = (values: Record<string, number>, same = {}): Measurement => ({
  ...{ values, same, versions: { numpy: "2.4" }, cpuSeconds: 1, others: 0.25 },
});

Deno.test("runChild() hands over the job with its start, and reads the last line of JSON", async () => {
  const before = Date.now();
  const line = `spawned=$(sed 's/.*"spawned"://; s/}//' "$0"); echo '{"values":{}}'; ` +
    `echo "{\\"values\\":{\\"spawned\\":$spawned,\\"threads\\":$THREADS},` +
    `\\"same\\":{},\\"versions\\":{},\\"cpuSeconds\\":0}"; echo bye`;
  const { values, others } = await runChild(shell(line), { work: "start" }, { THREADS: "7" });
  strictEqual(values.threads, 7);
  ok(values.spawned >= before && values.spawned <= Date.now());
  if (Deno.build.os === "linux") ok(others! >= 0 && others! <= 1);
});

Deno.test("runChild() does not guess what others used where the process cannot tell", async () => {
  const line = `echo '{"values":{},"same":{},"versions":{},"cpuSeconds":null}'`;
  deepStrictEqual((await runChild(shell(line), { work: "start" })).others, null);
});

Deno.test("runChild() gives the last words of a process that fails or says nothing", async () => {
  const expected =
    'Cannot measure a shell: expected exit status 0 and a line of JSON of "start", received';
  const line = "echo starting; echo 'ModuleNotFoundError: keras' >&2; exit 3";
  await rejects(runChild(shell(line), { work: "start" }), {
    message: `${expected} 3:\n    ModuleNotFoundError: keras`,
  });
  await rejects(runChild(shell("echo Killed"), { work: "start" }), {
    message: `${expected} 0:\n    Killed`,
  });
});

Deno.test("our side trains each network of the rows", async () => {
  const shape = { train: 4, test: 2, frames: 30, coefficients: 40, classes: 8 };
  for (const model of ["lstm", "lstm-attention", "cnn", "cnn-attention"] as const) {
    const { values } = await runChild(OURS, {
      ...{ work: "training", model, shape, batchSize: 4, testBatchSize: 2 },
      ...{ learningRate: 1e-4, warmUp: 1, epochs: 1 },
    });
    ok(values.epochSeconds > 0, model);
  }
});

Deno.test("our side trains a network, and takes the MFCCs of files", async () => {
  const shape = { train: 8, test: 4, frames: 2, coefficients: 40, classes: 8 };
  const training = await runChild(OURS, {
    ...{ work: "training", model: "sdnn", shape, batchSize: 4, testBatchSize: 4 },
    ...{ learningRate: 1e-4, warmUp: 1, epochs: 2 },
  });
  // 128 + 128, 128 * 64 + 64, and 40 * 64 values into 8 emotions
  strictEqual(training.same.parameters, 256 + 8256 + 40 * 64 * 8 + 8);
  ok(training.values.startSeconds > training.values.importSeconds);
  const pretraining = { pretrainingEpochs: 1, epochs: 1 };
  const dbn = await runChild(OURS, { work: "dbn", shape, batchSize: 4, ...pretraining });
  ok(dbn.values.runSeconds >= dbn.values.pretrainingSeconds);
  const path = join(PROJECT_ROOT, "data", "emodb", "03a01Wa.flac");
  const features = await runChild(OURS, {
    ...{ work: "features", paths: [path, path], workers: 1, parts: true },
  });
  ok(features.values.decodeSeconds > 0 && features.cpuSeconds! > features.values.cpuSeconds);
});

Deno.test("measureRow() takes turns, and keeps what each side says", async () => {
  const turns: string[] = [];
  let seconds = 0;
  const run = (side: { name: string }) => {
    turns.push(side.name);
    return Promise.resolve(sample({ runSeconds: ++seconds }));
  };
  const result = await measureRow("dbn", { "": START }, { rounds: 2, peer: PEER, run });
  deepStrictEqual(turns, ["our library", "the Python peer", "our library", "the Python peer"]);
  deepStrictEqual(result.ours.samples, { runSeconds: [1, 3] });
  deepStrictEqual(result.peer?.samples, { runSeconds: [2, 4] });
  deepStrictEqual(result.peer?.others, [0.25, 0.25]);
  strictEqual(result.rounds, 2);
});

Deno.test("measureRow() measures rows without a peer alone, no more rounds and numbers than they tell", async () => {
  const run = () => Promise.resolve(sample({ seconds: 2, peakMegabytes: 100.123456, tea: 3 }));
  const jobs = { "x1: ": START, "utterances x4: ": START };
  const result = await measureRow("scaling-features", jobs, { rounds: 3, peer: PEER, run });
  deepStrictEqual(result.ours.samples, {
    "x1: seconds": [2],
    "x1: peakMegabytes": [100.12],
    "utterances x4: seconds": [2],
    "utterances x4: peakMegabytes": [100.12],
  });
  strictEqual(result.peer, undefined);
});

Deno.test("measureRow() refuses to compare different networks", async () => {
  const run = (side: { name: string }) =>
    Promise.resolve(sample({ epochSeconds: 1 }, { parameters: side === PEER ? 9 : 10 }));
  await rejects(measureRow("epoch-cnn", { "": START }, { rounds: 1, peer: PEER, run }), {
    message:
      "Cannot compare epoch-cnn: expected 10 parameters as our library has, received 9 of the peer; the two do not do the same work",
  });
});
