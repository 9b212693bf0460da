import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { ABLATIONS, paperResult, TABLE_2 } from "ser/paper/results.ts";
import { countsInWords, impliedCounts, verdict } from "ser/evaluation/verdict.ts";

const percent = (shares: readonly number[]) => shares.map((share) => (100 * share).toFixed(1));

Deno.test("verdict() takes the Wilson interval of all counts that round to the percentage", () => {
  // paper-notes 1.8: 70.5 % of 288 is 203, 65.0 to 75.5
  const one = verdict({ printed: "70.5", total: 288 }, [0.7]);
  deepStrictEqual([one.counts, percent(one.interval)], [[203], ["65.0", "75.5"]]);
  // 77 % is 221, 222 or 223 of 288: by hand, Wilson's low end of 221 and high end of 223
  const three = verdict({ printed: "77", total: 288 }, [0.7]);
  deepStrictEqual([three.counts, percent(three.interval)], [[221, 222, 223], ["71.5", "81.9"]]);
});

Deno.test("verdict() is decided by the mean, and tells of single runs", () => {
  const paper = { printed: "74", total: 96 }; // 71 of 96: 64.4 to 81.7
  const high = verdict(paper, [0.6, 0.7, 0.8]);
  deepStrictEqual([high.outcome, high.agrees, high.within], ["reproduced", true, 2]);
  strictEqual(
    high.words,
    "mean of 3 runs 70.0 %, in the 95 % interval of 71 of 96, 64.4-81.7 %; 2 runs lie in it",
  );
  const low = verdict(paper, [0.719, 0.479, 0.521]);
  deepStrictEqual([low.outcome, low.within], ["not reproduced", 1]);
  const above = verdict(paper, [0.9]);
  strictEqual(above.outcome, "not reproduced");
  strictEqual(above.words, "one run 90.0 %, above the 95 % interval of 71 of 96, 64.4-81.7 %");
  strictEqual(verdict(paper, [71 / 96]).outcome, "reproduced");
});

Deno.test("verdict() counts the ends of the interval in", () => {
  const paper = { printed: "50", total: 2 };
  const { interval: [low, high] } = verdict(paper, [0.5]);
  deepStrictEqual([verdict(paper, [low]).agrees, verdict(paper, [high]).agrees], [true, true]);
  deepStrictEqual([verdict(paper, [low - 1e-12]).agrees, verdict(paper, [high + 1e-12]).agrees], [
    false,
    false,
  ]);
});

Deno.test("verdict() finds the paper's two impossible numbers, and judges the nearest ones", () => {
  const impossible = [...TABLE_2, ...ABLATIONS].filter((row) =>
    verdict(row, [row.correct / row.total]).outcome === "impossible as printed"
  );
  deepStrictEqual(impossible.map(({ printed }) => printed), ["45.18", "55.7"]);
  const { counts, agrees, words } = verdict(paperResult("sdnn", "ravdess")!, [0.48, 0.5]);
  deepStrictEqual([counts, agrees], [[130], true]);
  strictEqual(
    words,
    "no whole number of 288 is 45.18 %; taken as 130: mean of 2 runs 49.0 %, in the 95 % interval " +
      "of 130 of 288, 39.5-50.9 %; 2 runs lie in it",
  );
});

Deno.test("verdict() of the paper's own numbers is that they are reproduced", () => {
  for (const row of TABLE_2) strictEqual(verdict(row, [row.correct / row.total]).agrees, true);
});

Deno.test("verdict() refuses what is no percentage, no accuracy, or nothing", () => {
  for (const [printed, total] of [["77 %", 288], ["101", 288], ["", 288], ["77", 0]] as const) {
    throws(() => verdict({ printed, total }, [0.7]), {
      name: "RangeError",
      message: /expected a percentage and at least 1 test utterance, received/,
    });
  }
  for (const ours of [[], [77], [NaN]]) {
    throws(() => verdict({ printed: "77", total: 288 }, ours), {
      name: "RangeError",
      message: /expected at least one accuracy in \[0, 1\], received (none|77|NaN)/,
    });
  }
});

Deno.test("impliedCounts() gives the counts behind a percentage, or the nearest", () => {
  const of = (printed: string, total: number) => {
    const { possible, counts } = impliedCounts({ printed, total });
    return [possible, countsInWords(counts)];
  };
  deepStrictEqual(of("77", 288), [true, "221 to 223"]);
  deepStrictEqual(of("74", 96), [true, "71"]);
  deepStrictEqual(of("45.18", 288), [false, "130"]); // 130/288 = 45.14, 131/288 = 45.49
  throws(() => impliedCounts({ printed: "101", total: 288 }), { name: "RangeError" });
});
