import { ok, throws } from "node:assert/strict";
import { describeCloud, mahalanobis } from "ser/evaluation/mahalanobis.ts";
import { quantile } from "ser/evaluation/quantile.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

/** What calibration.py writes. */
interface Fixture {
  clouds: {
    rows: number[][];
    others: number[][];
    distances: number[];
    quantiles: [share: number, value: number][];
  }[];
}

const { clouds } = await readFixture<Fixture>("calibration.json");

Deno.test("mahalanobis() equals SciPy's without shrinkage", () => {
  for (const { rows, others, distances } of clouds) {
    const cloud = describeCloud(rows, 0);
    near(others.map((other) => mahalanobis(other, cloud)), distances, "distances");
  }
});

Deno.test("mahalanobis() with full shrinkage is the length of the standardised vector", () => {
  const cloud = describeCloud([[0, 0], [2, 20], [4, 40]], 1); // deviations 2 and 20, all correlated
  near(mahalanobis([2, 20], cloud), 0, "the centre");
  near(mahalanobis([2 + 2 * 3, 20 - 20 * 4], cloud), 5, "3 and 4 deviations");
});

Deno.test("describeCloud() needs two vectors, and shrinkage where columns depend on each other", () => {
  throws(() => describeCloud([[1, 2]]), { name: "RangeError", message: /at least 2 vectors/ });
  const rows = [[0, 0], [1, 2], [2, 4]];
  throws(() => describeCloud(rows, 0), /expected independent columns, received column 1/);
  ok(mahalanobis([1, 3], describeCloud(rows)) > mahalanobis([2, 4], describeCloud(rows)));
  throws(() => mahalanobis([1], describeCloud(rows)), { name: "TypeError", message: /2 numbers/ });
});

Deno.test("quantile() equals NumPy's", () => {
  for (const { rows, quantiles } of clouds) {
    const values = rows.map(([first]) => first);
    for (const [share, value] of quantiles) near(quantile(values, share), value, `${share}`);
  }
  throws(() => quantile([], 0.5), RangeError);
  throws(() => quantile([1], 1.1), RangeError);
});
