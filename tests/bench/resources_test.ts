import { ok, strictEqual, throws } from "node:assert/strict";
import {
  moment,
  othersShare,
  parseCoreTimes,
  peakMegabytes,
  peakMemory,
} from "ser/bench/resources.ts";

Deno.test("peakMegabytes() reads the high-water mark, not the present size", () => {
  const status = "Name:\tdeno\nVmPeak:\t  900 kB\nVmHWM:\t  125000 kB\nVmRSS:\t   64 kB\n";
  strictEqual(peakMegabytes(status), 128); // 125,000 * 1024 bytes
  throws(() => peakMegabytes("Name:\tdeno\n"), { name: "SyntaxError", message: /VmHWM/ });
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

Deno.test("moment() has two clocks that go forward", () => {
  const before = moment();
  let sum = 0;
  for (let i = 0; i < 1e6; i++) sum += Math.sqrt(i);
  const after = moment();
  ok(sum > 0 && after.wall > before.wall && after.cpu >= before.cpu && before.cpu > 0);
});

Deno.test("parseCoreTimes() counts waiting for a disk as idle, and guests not twice", () => {
  // user 100, nice 10, system 50, idle 700, iowait 100, irq 5, softirq 5, steal 30, guest 60, guest nice 7
  const times = parseCoreTimes("cpu  100 10 50 700 100 5 5 30 60 7\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
  strictEqual(times.busy, 2);
  strictEqual(times.total, 10);
});

Deno.test("othersShare() is what is left of the busy time, within [0, 1]", () => {
  const before = { busy: 10, total: 100 };
  strictEqual(othersShare(before, { busy: 16, total: 120 }, 4), 0.1); // (6 - 4) / 20
  strictEqual(othersShare(before, { busy: 16, total: 120 }, 7), 0); // rounding of the ticks
  strictEqual(othersShare(before, before, 0), 0);
});
