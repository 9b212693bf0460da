import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { driverOptions, RayDriver, type RayOptions } from "ser/sweep/ray_driver.ts";
import type { RayNode } from "ser/sweep/ray_cluster.ts";
import { inFolder } from "./example.ts";

const options: RayOptions = { address: "10.0.0.1:6379", need: { cpus: 2, gpus: 0, memory: 1e9 } };
const nodes = [{ name: "10.0.0.1", cpus: 2, gpus: 0, memory: 8e9 }];
const cluster = `echo '${JSON.stringify({ type: "cluster", nodes })}'`;

/** Runs a test with a shell script in place of Python. */
const withScript = (script: string, test: (python: string) => Promise<void>) =>
  inFolder(async (folder) => {
    const python = join(folder, "python");
    await Deno.writeTextFile(python, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await test(python);
  });

Deno.test("driverOptions() sends the project and sets the threads", () => {
  deepStrictEqual(driverOptions(options), {
    ...{ address: "10.0.0.1:6379", withoutToken: false, need: options.need },
    ...{ deno: Deno.version.deno, silentEpochs: 10 },
    ...{ project: null, send: PROJECT_ROOT },
    leaveOut: ["/.[a-z]*", "/node_modules", "/notebooks", "/outputs", "/tests"],
    env: { TF_NUM_INTRAOP_THREADS: "2" },
  });
});

Deno.test("driverOptions() names what is on the nodes, and lets runs share a GPU", () => {
  const need = { cpus: 1, gpus: 0.5, memory: 1e9 };
  const told = driverOptions({ need, project: "/srv/ser", data: "/srv/corpora" });
  deepStrictEqual([told.address, told.send, told.project], ["auto", null, "/srv/ser"]);
  deepStrictEqual(told.env, {
    ...{ TF_NUM_INTRAOP_THREADS: "1", TF_FORCE_GPU_ALLOW_GROWTH: "true" },
    SER_DATA: "/srv/corpora",
  });
});

Deno.test("a driver tells the nodes first, then what happens to the runs, and ends with its input", () => {
  const started = { run: "a", attempt: 0, type: "started", node: "10.0.0.1" };
  const more = { type: "cluster", nodes: [] };
  const script = `${cluster}; read request; echo "$request" >&2; echo '${
    JSON.stringify(more)
  }'; echo '${JSON.stringify(started)}'; cat`;
  return withScript(script, async (python) => {
    const seen: (readonly RayNode[])[] = [];
    const driver = await RayDriver.connect(python, options, (now) => seen.push(now));
    deepStrictEqual(driver.nodes, nodes);
    driver.send({ run: "a", attempt: 0, patience: 1 } as never);
    for await (const message of driver.messages()) {
      deepStrictEqual(message, started);
      break;
    }
    deepStrictEqual(seen, [[]]);
    await driver.stop();
  });
});

Deno.test("a driver that ends unasked is a lost connection", () =>
  withScript(`${cluster}; echo "GCS is gone" >&2; exit 1`, async (python) => {
    const driver = await RayDriver.connect(python, options);
    await rejects(Array.fromAsync(driver.messages()), {
      name: "ClusterError",
      message:
        /^The connection to the Ray cluster is lost: the driver ended:\n {4}GCS is gone\nFinished /,
    });
    await driver.stop();
  }));

Deno.test("a cluster that cannot be used is named with the reason", async () => {
  const refused = JSON.stringify({ type: "refused", reason: "ConnectionError: no route" });
  await withScript(`echo '${refused}'; exit 1`, async (python) => {
    await rejects(RayDriver.connect(python, options), {
      name: "ClusterError",
      message: "Cannot use the Ray cluster 10.0.0.1:6379: ConnectionError: no route",
    });
  });
  await withScript("echo 'No module named ray' >&2; exit 1", async (python) => {
    await rejects(RayDriver.connect(python, options), {
      message: /^Cannot use the Ray cluster .*: Ray ended:\n {4}No module named ray$/,
    });
  });
});

Deno.test("a connection that is being made can be given up", () =>
  withScript("exec sleep 60", async (python) => {
    const controller = new AbortController(), start = performance.now();
    setTimeout(() => controller.abort(), 100);
    const connecting = RayDriver.connect(python, options, () => {}, controller.signal);
    await rejects(connecting, { name: "AbortError" });
    ok(performance.now() - start < 20_000);
  }));
