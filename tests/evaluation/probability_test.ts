import { ok, strictEqual, throws } from "node:assert/strict";
import {
  atMostHeads,
  checkShare,
  normalQuantile,
  normalTails,
  studentQuantile,
  studentTails,
} from "ser/evaluation/probability.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

type Rows = Record<"normal" | "normalTails" | "quantiles" | "tails" | "heads", number[][]>;
const { normal, normalTails: normalP, quantiles, tails, heads } = await readFixture<Rows>(
  "probability.json",
);

Deno.test("normalQuantile() equals SciPy's norm.ppf, and mirrors", () => {
  for (const [p, z] of normal) near(normalQuantile(p), z, `z of ${p}`);
  near(normalQuantile(0.1), -normalQuantile(0.9), "mirrored");
});

Deno.test("studentQuantile() and studentTails() equal SciPy's t.ppf and t.sf", () => {
  for (const [p, freedom, t] of quantiles) {
    // of one degree of freedom, t goes to 318310: as near for its size
    near(
      studentQuantile(p, freedom) / Math.max(1, Math.abs(t)),
      t / Math.max(1, Math.abs(t)),
      `t of ${p}, ${freedom}`,
    );
  }
  for (const [z, p] of normalP) near(normalTails(z), p, `p of ${z}`);
  for (const [t, freedom, p] of tails) near(studentTails(t, freedom), p, `p of ${t}, ${freedom}`);
});

Deno.test("studentTails() undoes studentQuantile(), and of one degree is the arc tangent", () => {
  for (const freedom of [1, 4, 30]) {
    near(studentTails(studentQuantile(0.975, freedom), freedom), 0.05, `${freedom} degrees`);
  }
  near(studentTails(2, 1), 1 - 2 * Math.atan(2) / Math.PI, "Cauchy's distribution");
  strictEqual(studentTails(Infinity, 4), 0);
  strictEqual(studentTails(0, 4), 1);
});

Deno.test("atMostHeads() equals SciPy's binom.cdf, and a count of all throws", () => {
  for (const [k, n, p] of heads) near(atMostHeads(k, n), p, `${k} of ${n}`);
  for (let k = -1; k <= 6; k++) {
    const throwsOf6 = Array.from({ length: 64 }, (_, bits) => bits.toString(2).replaceAll("0", ""));
    near(atMostHeads(k, 6), throwsOf6.filter((ones) => ones.length <= k).length / 64, `${k} of 6`);
  }
  ok(heads.some(([k, , p]) => k > 0 && p < 1e-9)); // deep tails are among them
});

Deno.test("probabilities and degrees of freedom out of range are refused", () => {
  for (const p of [0, 1, -0.1, NaN]) {
    throws(() => normalQuantile(p), { name: "RangeError", message: /a probability in \(0, 1\)/ });
    throws(() => studentQuantile(p, 3), { name: "RangeError", message: /in \(0, 1\), received/ });
  }
  for (const freedom of [0, 1.5, NaN]) {
    const message = /expected degrees of freedom >= 1, an integer, received/;
    throws(() => studentQuantile(0.5, freedom), { name: "RangeError", message });
    throws(() => studentTails(1, freedom), { name: "RangeError", message });
  }
  throws(() => studentTails(NaN, 3), { name: "RangeError", message: /received NaN/ });
  for (const [k, n] of [[3, 2], [-2, 2], [0.5, 2], [0, -1]]) {
    throws(() => atMostHeads(k, n), { name: "RangeError", message: /k in \[-1, n\], received n/ });
  }
  throws(() => checkShare("do it", "share", 2), {
    name: "RangeError",
    message: "Cannot do it: expected a share in (0, 1), received 2",
  });
});
