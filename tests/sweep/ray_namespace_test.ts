/**
 * Real Ray with two nodes; takes minutes and, once, a download:
 * SER_RAY_TESTS=1 deno test -A tests/sweep/ray_namespace_test.ts
 */
import { testInNamespace } from "./namespace.ts";

await testInNamespace(
  "a sweep on two Ray nodes, whatever dies, ends as an undisturbed one",
  "SER_RAY_TESTS",
  "ray_in_namespace.ts",
);
