import { deepStrictEqual, ok } from "node:assert/strict";
import { labArguments } from "ser/tasks/lab.ts";

Deno.test("labArguments() answers on this machine only, opens the index, passes the rest on", () => {
  const args = labArguments(["--no-browser"], { root: "/p", superuser: false });
  deepStrictEqual(args.slice(0, 4), [
    ...["-m", "jupyterlab", "--ServerApp.root_dir=/p", "--ServerApp.ip=127.0.0.1"],
  ]);
  ok(args.includes("--LabApp.default_url=/lab/tree/notebooks/index.ipynb"));
  ok(!args.includes("--allow-root"));
  deepStrictEqual(args.at(-1), "--no-browser");
  ok(labArguments([], { root: "/p", superuser: true }).includes("--allow-root"));
});
