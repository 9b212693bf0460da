import { match, ok, strictEqual } from "node:assert/strict";
import { benchSection } from "ser/bench/readme_section.ts";
import { example } from "./example.ts";

Deno.test("benchSection() of nothing says so", () => {
  strictEqual(benchSection([]), "Not measured yet; `deno task bench --peer` does it.\n");
});

Deno.test("benchSection() compares the work, and tells what comes with the epochs", () => {
  const cnn = example("epoch-cnn", {
    ...{ epochSeconds: [1, 2, 3], epochCpuSeconds: [3, 3, 3], firstEpochSeconds: [2, 2, 2] },
    ...{ startSeconds: [3, 3, 3], utteranceMs: [3, 3, 3] }, // no peak memory: not on Linux
  }, {
    ...{ epochSeconds: [2, 4, 4], epochCpuSeconds: [4, 4, 4], firstEpochSeconds: [4, 4, 4] },
    ...{ startSeconds: [6, 6, 6], utteranceMs: [1, 1, 1] },
  });
  const text = benchSection([{ subject: "savee", rows: [cnn] }]);
  match(
    text,
    /\| SAVEE \| epoch of CNN \| 2\.00 s \| 4\.00 s \| \*\*0\.50 \(0\.50–0\.75\)\*\* \| 0\.75 /,
  );
  match(text, /\| Keras 3\.15\.1, TensorFlow 2\.21\.0, eager=False, jit off on CPU \|/);
  match(
    text,
    /\| SAVEE \| CNN \| 2\.00 s : 4\.00 s = 0\.50 \|.* 3\.00 ms : 1\.00 ms = 3\.00 \| – \|/,
  );
  match(
    text,
    /Abacus, 2 cores, 8 GB, linux 6\.1 x86_64; 2026-01-02; ours: Deno 2\.9\.6, TensorFlow/,
  );
  match(text, /3 rounds\. Other processes used 20 % of the processors \(median; at most 30 %\)/);
});

Deno.test("benchSection() gives times at each size, the power of growth, and the slope of memory", () => {
  const seconds = {
    "x1: seconds": [2],
    "utterances x4: seconds": [8],
    "utterances x16: seconds": [32],
  };
  const memory = {
    "x1: peakMegabytes": [100],
    "utterances x4: peakMegabytes": [130],
    "utterances x16: peakMegabytes": [250],
  };
  const rows = [example("scaling-features", { ...seconds, ...memory })];
  const text = benchSection([{ subject: "ravdess", rows }]);
  match(
    text,
    /\| RAVDESS \| MFCCs, all cores \| utterances \| 2\.00 s \| 8\.00 s \| 32\.0 s \| 1\.00 \|/,
  );
  match(text, /\| 100 MB, 130 MB, 250 MB; 10\.0 MB for each 1× more \|/);
});

Deno.test("benchSection() leaves out tables without rows", () => {
  const rows = [
    example("start", { readySeconds: [0.4], kernelSeconds: [1.5], firstCellSeconds: [2] }),
  ];
  const text = benchSection([{ subject: "project", rows }]);
  ok(!text.includes("| --- |"));
  match(text, /^`deno task paper`, .* first cell \(imports\) done after 2\.00 s\.\n/);
});
