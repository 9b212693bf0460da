import { deepStrictEqual, throws } from "node:assert/strict";
import { type Measurement, readMeasurement } from "ser/bench/job.ts";

const MEASUREMENT: Measurement = {
  values: { seconds: 1.5 },
  same: { frames: 12 },
  versions: { numpy: "2.4" },
  cpuSeconds: null,
};

Deno.test("readMeasurement() takes the last line of JSON among what else is printed", () => {
  const output = `{"values":{}}\nwarning\n${JSON.stringify(MEASUREMENT)}\nbye\n`;
  deepStrictEqual(readMeasurement(output), MEASUREMENT);
});

Deno.test("readMeasurement() says what is wrong with an answer", () => {
  throws(() => readMeasurement("Segmentation fault\n"), {
    name: "SyntaxError",
    message: /expected a line of JSON, received "Segmentation fault/,
  });
  const wrong = [
    { ...MEASUREMENT, values: { seconds: "1.5" } },
    { ...MEASUREMENT, same: undefined },
    { ...MEASUREMENT, versions: ["2.4"] },
    { ...MEASUREMENT, cpuSeconds: undefined },
  ];
  for (const answer of wrong) {
    throws(() => readMeasurement(JSON.stringify(answer)), {
      name: "SyntaxError",
      message: /expected numbers in values and same/,
    });
  }
});
