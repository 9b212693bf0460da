import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { kernelSpec, setUpPython, writeKernelSpec } from "ser/setup/python.ts";
import { LiveLine } from "ser/notebook/live.ts";
import { SetupError } from "ser/support/setup_error.ts";
import { exists } from "ser/support/files.ts";

Deno.test("kernelSpec() is run by this Deno, without colours, interrupted by a signal", () => {
  const spec = kernelSpec("/bin/deno");
  deepStrictEqual(spec.argv, [
    ...["/bin/deno", "jupyter", "--kernel", "--conn", "{connection_file}"],
  ]);
  deepStrictEqual(spec.env, { NO_COLOR: "1" });
  strictEqual(spec.interrupt_mode, "signal");
});

Deno.test("writeKernelSpec() replaces the kernel of another Deno and leaves its own alone", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "kernels", "deno", "kernel.json");
  await Deno.mkdir(join(folder, "kernels", "deno"), { recursive: true });
  await Deno.writeTextFile(path, "old");
  await writeKernelSpec(folder);
  strictEqual(JSON.parse(await Deno.readTextFile(path)).argv[0], Deno.execPath());
  const before = (await Deno.stat(path)).mtime;
  await writeKernelSpec(folder);
  deepStrictEqual((await Deno.stat(path)).mtime, before);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("setUpPython() that fails half-way leaves no environment that is taken for whole", async () => {
  const root = await Deno.makeTempDir();
  const folder = join(root, ".venv"), python = join(root, "python");
  // makes the environment, then has no network
  await Deno.writeTextFile(
    python,
    '#!/bin/sh\nif [ "$2" = pip ]; then echo "Connection refused" >&2; exit 1; fi\nexec python3 "$@"\n',
    { mode: 0o755 },
  );
  const line = new LiveLine({ terminal: false, write: () => {} });
  const options = { folder, python, cache: join(root, "cache"), line };
  await rejects(setUpPython("notebook", options), (error) => {
    return error instanceof SetupError && /no connection to the package index/.test(error.message);
  });
  strictEqual(await exists(join(folder, "ready.json")), false);
  await rejects(setUpPython("notebook", options), SetupError); // tries again
  await Deno.remove(root, { recursive: true });
});
