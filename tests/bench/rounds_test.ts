import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { peerSide, type Sample } from "ser/bench/child.ts";
import { measureRow } from "ser/bench/rounds.ts";
import { type LabelledJob, rowOf } from "ser/bench/rows.ts";

const JOB: LabelledJob = { job: { work: "start" } };
const PEER = peerSide("python");

const sample = (values: Record<string, number>, same = {}): Sample => ({
  ...{ values, same, versions: { numpy: "2.4" }, cpuSeconds: 1, others: 0.25 },
});

Deno.test("measureRow() takes turns, and keeps the numbers that the row tells", async () => {
  const turns: string[] = [];
  let seconds = 0;
  const run = (side: { name: string }) => {
    turns.push(side.name);
    return Promise.resolve(sample({ runSeconds: ++seconds, tea: 3 }));
  };
  const result = await measureRow("dbn", [JOB], { rounds: 2, peer: PEER, run });
  deepStrictEqual(turns, ["our library", "the Python peer", "our library", "the Python peer"]);
  deepStrictEqual(result.ours.samples, { runSeconds: [1, 3] });
  deepStrictEqual(result.peer?.samples, { runSeconds: [2, 4] });
  deepStrictEqual(result.peer?.others, [0.25, 0.25]);
  strictEqual(result.rounds, 2);
});

Deno.test("measureRow() measures rows without a peer alone, and no more rounds than they take", async () => {
  const run = () => Promise.resolve(sample({ seconds: 2, peakMegabytes: 100.123456 }));
  const jobs = ["x1", "utterances x4"].map((label) => ({ label, ...JOB }));
  const options = { rounds: 3, peer: PEER, run };
  const result = await measureRow("scaling-features", jobs, options);
  deepStrictEqual(result.ours.samples, {
    "x1: seconds": [2],
    "x1: peakMegabytes": [100.12],
    "utterances x4: seconds": [2],
    "utterances x4: peakMegabytes": [100.12],
  });
  strictEqual(result.peer, undefined);
  strictEqual(rowOf("scaling-features").rounds, 1);
});

Deno.test("measureRow() refuses to compare different networks", async () => {
  const run = (side: { name: string }) =>
    Promise.resolve(sample({ epochSeconds: 1 }, { parameters: side === PEER ? 9 : 10 }));
  await rejects(measureRow("epoch-cnn", [JOB], { rounds: 1, peer: PEER, run }), {
    message:
      "Cannot compare epoch-cnn: expected 10 parameters as our library has, received 9 of the peer; the two do not do the same work",
  });
});
