import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { othersShare, parseCoreTimes, peakMemory } from "./clocks.ts";
import { example } from "./example.ts";
import { benchSection, quantity, rowText } from "./report.ts";
import { PUBLISHED_BENCH, storedResults } from "./results.ts";

Deno.test("the README says what outputs/bench/ holds", async () => {
  const readme = await Deno.readTextFile(join(PROJECT_ROOT, "README.md"));
  const [, section] = /readme` -->\n\n(\| corpus +\| work[^]*?)<!-- end of bench -->/.exec(readme)!;
  const words = (text: string) => text.replaceAll(/-{3,}/g, "---").split(/\s+/).filter(Boolean);
  deepStrictEqual(words(section), words(benchSection(await storedResults(PUBLISHED_BENCH))));
});

Deno.test("quantity() has three digits, four below 1, and none after the point from 100 on", () => {
  const values = [0.0123, 0.9994, 0.9996, 9.994, 9.996, 99.94, 99.96, 1862.4];
  deepStrictEqual(values.map((value) => quantity(value, "runSeconds")), [
    ...["0.012 s", "0.999 s", "1.00 s", "9.99 s", "10.0 s", "99.9 s", "100 s", "1862 s"],
  ]);
  deepStrictEqual(["utteranceMs", "x1: peakMegabytes"].map((name) => quantity(5, name)), [
    ...["5.00 ms", "5.00 MB"],
  ]);
});

Deno.test("rowText() puts medians, their ratio and its spread side by side", () => {
  const result = example(
    "epoch-cnn",
    { epochSeconds: [0.5, 0.6, 1.5], peakMegabytes: [600, 600, 600] }, // rounds 1/2, 2/3, 3/4
    { epochSeconds: [1, 0.9, 2], peakMegabytes: [800, 800, 800] },
  );
  strictEqual(
    rowText("savee", result),
    `SAVEE: epoch of CNN
epoch-cnn         ours    peer  ours / peer
epochSeconds   0.600 s  1.00 s  0.60 (0.50–0.75)
peakMegabytes   600 MB  800 MB  0.75 (0.75–0.75)
Peer: Keras 3.15.1, TensorFlow 2.21.0, eager=False, jit off on CPU. Measured on Abacus, 2 cores, 8 GB, linux 6.1 x86_64; 2026-01-02; ours: Deno 2.9.6, TensorFlow; 3 rounds. Other processes used 20 % of the processors (median; at most 30 %).`,
  );
  const once = rowText("project", example("dbn", { runSeconds: [12.34] }));
  match(
    once,
    /^The project: .*\ndbn .*\nrunSeconds +12\.3 s +– +–\nPeer: –\..* 1 round\. Other .*$/,
  );
});

Deno.test("benchSection() says so where nothing was measured, and leaves out tables without rows", () => {
  strictEqual(benchSection([]), "Not measured yet; `deno task bench --peer` does it.");
  const rows = [example("start", { readySeconds: [1], kernelSeconds: [2], firstCellSeconds: [3] })];
  const text = benchSection([{ subject: "project", rows }]);
  ok(!text.includes("---"));
  match(text, /^`deno task paper`, .* first cell \(imports\) done after 3\.00 s\.\n\nMeasured on/);
});

Deno.test("benchSection() gives the power of growth: proportional 1, quadratic 2", () => {
  const series = (...seconds: number[]) => {
    const names = ["x1: seconds", "utterances x4: seconds", "utterances x16: seconds"];
    const samples = Object.fromEntries(names.map((name, i) => [name, [seconds[i]]]));
    return benchSection([{ subject: "savee", rows: [example("scaling-features", samples)] }]);
  };
  match(series(2, 8, 32), /\| SAVEE \| .* \| 2\.00 s \| 8\.00 s \| 32\.0 s \| 1\.00 \| – \|/);
  match(series(1, 16, 256), /\| 2\.00 \| – \|/);
});

Deno.test("parseCoreTimes() counts waiting for a disk as idle, and guests not twice", () => {
  // user 100, nice 10, system 50, idle 700, iowait 100, irq 5, softirq 5, steal 30, guest 60, guest nice 7
  const times = parseCoreTimes("cpu  100 10 50 700 100 5 5 30 60 7\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
  deepStrictEqual(times, { busy: 2, total: 10 });
});

Deno.test("othersShare() is what is left of the busy time, within [0, 1]", () => {
  const before = { busy: 10, total: 100 };
  strictEqual(othersShare(before, { busy: 16, total: 120 }, 4), 0.1); // (6 - 4) / 20
  strictEqual(othersShare(before, { busy: 16, total: 120 }, 7), 0); // rounding of the ticks
  strictEqual(othersShare(before, before, 0), 0);
});

Deno.test({
  name: "peakMemory() grows by what the process holds, and stays when it is gone",
  ignore: Deno.build.os !== "linux",
  fn: () => {
    const before = peakMemory().peakMegabytes!;
    ok(before > 10 && before < 100_000, `${before} MB`);
    new Uint8Array(200e6).fill(1);
    ok(peakMemory().peakMegabytes! >= before);
  },
});
