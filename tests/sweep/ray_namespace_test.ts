/**
 * Real Ray with two nodes. It listens on every address, so it is started only in a network namespace
 * that has nothing but loopback, whose processes all end with it. It takes minutes and, once, a download:
 * SER_RAY_TESTS=1 deno test -A tests/sweep/ray_namespace_test.ts
 */
import { strictEqual } from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { loadBackend } from "ser/backend/load.ts";
import { ProgressLine } from "ser/setup/progress_line.ts";
import { runCommand } from "ser/setup/command.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { SetupError } from "ser/support/setup_error.ts";
import { setUpRay } from "ser/sweep/ray_python.ts";

const UNSHARE = ["unshare", "-rn", "--pid", "--fork", "--kill-child", "--mount-proc"];
const PROGRAM = fromFileUrl(new URL("./ray_in_namespace.ts", import.meta.url));

/** A Python with Ray, or why the test is skipped. */
async function findPython(): Promise<{ python: string } | { missing: string }> {
  if (Deno.env.get("SER_RAY_TESTS") !== "1") return { missing: "SER_RAY_TESTS=1 runs it" };
  const { code, stderr } = await runCommand([...UNSHARE, "ip", "link", "set", "lo", "up"]);
  if (code !== 0) return { missing: `no network namespace here: ${stderr.trim()}` };
  if ((await loadBackend()).name !== "native") {
    return { missing: "too slow without native TensorFlow" };
  }
  try {
    return { python: await setUpRay(new ProgressLine()) };
  } catch (error) {
    if (error instanceof SetupError) return { missing: error.message };
    throw error;
  }
}

const found = await findPython();

Deno.test({
  name: "missing" in found
    ? `a sweep on two Ray nodes: skipped, ${found.missing}`
    : "a sweep on two Ray nodes, whatever dies, ends as an undisturbed one",
  ignore: "missing" in found,
  fn: async () => {
    const inner = [Deno.execPath(), "test", "-A", "--no-check", PROGRAM, "--"];
    const command = [...UNSHARE, "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...inner];
    const { code, stdout, stderr } = await runCommand([
      ...command,
      (found as { python: string }).python,
    ], { cwd: PROJECT_ROOT, env: { NO_COLOR: "1" }, onLine: (line) => console.log(line) });
    strictEqual(code, 0, `${stdout}\n${stderr}`);
  },
});
