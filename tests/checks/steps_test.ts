import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { countText, oneCheck, parseTestSummary, runSteps } from "./steps.ts";

Deno.test("runSteps() goes on after a failing and a throwing step, and adds up", async () => {
  const printed: string[] = [];
  const result = await runSteps([
    { name: "one", run: () => Promise.resolve(oneCheck("line 3")) },
    { name: "two", run: () => Promise.reject(new RangeError("boo")) },
    { name: "three", run: () => Promise.resolve({ passed: 5, failed: 0, skipped: 2, report: "" }) },
  ], (text) => printed.push(text));
  strictEqual(countText(result), "5 passed, 2 failed, 2 skipped");
  strictEqual(printed[0], "\nline 3\n");
  match(printed[1], /^one: 0 passed, 1 failed \(0\.\d s\)$/);
  match(printed[2], /RangeError: boo/);
  match(printed.at(-1)!, /^three: 5 passed, 0 failed, 2 skipped/);
});

Deno.test("countText() has nothing to say about skipped tests where there are none", () => {
  strictEqual(countText(oneCheck("")), "1 passed, 0 failed");
});

Deno.test("parseTestSummary() reads what deno test ends with", () => {
  const read = (line: string) => parseTestSummary(`a ... ok (1ms)\n\n${line}\n\nerror: x`);
  deepStrictEqual(read("FAILED | 12 passed (3 steps) | 1 failed (1 step) | 2 ignored (140ms)"), {
    ...{ passed: 12, failed: 1, skipped: 2 },
  });
  deepStrictEqual(read("ok | 489 passed | 0 failed (53s)"), { passed: 489, failed: 0, skipped: 0 });
  strictEqual(parseTestSummary("a ... ok (1ms)"), undefined);
});
