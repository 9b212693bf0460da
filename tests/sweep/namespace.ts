/**
 * Tests in a namespace of their own. Ray listens on every address, so it is started only in a network that
 * has nothing but loopback. Processes of a namespace see no others, and all end with it.
 */
import { strictEqual } from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { loadBackend } from "ser/backend/load.ts";
import { runCommand } from "ser/setup/command.ts";
import { LiveLine } from "ser/notebook/live.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { SetupError } from "ser/support/setup_error.ts";
import { setUpRay } from "ser/tasks/sweep_ray.ts";

const UNSHARE = ["unshare", "-rn", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** A Python with Ray, or why a test in a namespace is skipped. */
async function findPython(variable: string): Promise<{ python: string } | { missing: string }> {
  if (Deno.env.get(variable) !== "1") return { missing: `${variable}=1 runs it` };
  const { code, stderr } = await runCommand([...UNSHARE, "ip", "link", "set", "lo", "up"]);
  if (code !== 0) return { missing: `no network namespace here: ${stderr.trim()}` };
  if ((await loadBackend()).name !== "native") {
    return { missing: "too slow without native TensorFlow" };
  }
  try {
    return { python: await setUpRay(new LiveLine()) };
  } catch (error) {
    if (error instanceof SetupError) return { missing: error.message };
    throw error;
  }
}

/**
 * A test that is another program of tests, in a namespace; its first word is a Python with Ray.
 * @param name What holds.
 * @param variable The environment variable that, as 1, runs it.
 * @param program Name of the program in this folder.
 */
export async function testInNamespace(name: string, variable: string, program: string) {
  const found = await findPython(variable);
  const missing = "missing" in found;
  Deno.test({
    name: missing ? `${name}: skipped, ${found.missing}` : name,
    ignore: missing,
    fn: async () => {
      const path = fromFileUrl(new URL(program, import.meta.url));
      const inner = [Deno.execPath(), "test", "-A", "--no-check", path, "--"];
      const { code, stdout, stderr } = await runCommand([
        ...[...UNSHARE, "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...inner],
        (found as { python: string }).python,
      ], { cwd: PROJECT_ROOT, env: { NO_COLOR: "1" }, onLine: (line) => console.log(line) });
      strictEqual(code, 0, `${stdout}\n${stderr}`);
    },
  });
}
