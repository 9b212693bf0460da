/**
 * Kill -9 at random moments, on this machine and on two Ray nodes; takes minutes and, once, a download:
 * SER_KILL_TESTS=1 deno test -A tests/sweep/kill_test.ts
 * It prints its seed; SER_KILL_SEED=N draws the same moments again. Each kind of process is killed three
 * times, or SER_KILL_TIMES; SER_KILL_ONLY takes the kinds that begin so: "local engine, the sweep".
 */
import { testInNamespace } from "./namespace.ts";

await testInNamespace(
  "whatever is killed, whenever, the finished grid is that of an undisturbed sweep",
  "SER_KILL_TESTS",
  "kill_in_namespace.ts",
);
