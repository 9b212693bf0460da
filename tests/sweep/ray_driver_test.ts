/** The functions of driver.py that Ray runs on nodes, without Ray; with it, see ray_namespace_test.ts. */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { fromFileUrl, join } from "@std/path";
import { runCommand } from "ser/setup/command.ts";
import { inFolder } from "./example.ts";

const FOLDER = fromFileUrl(new URL("../../lib/sweep/ray", import.meta.url));
const python = (await runCommand(["python3", "-c", "import ctypes"])).code === 0;

/** Imports driver.py where there is no Ray, and prints as JSON what an expression gives. */
const PRELUDE = `
import json, sys, types
ray = types.ModuleType("ray")
ray.remote = lambda **_: lambda made: made
ray.util = types.SimpleNamespace(get_node_ip_address=lambda: "10.0.0.1")
sys.modules.update(ray=ray, grpc=types.ModuleType("grpc"))
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import driver
letters, args = [], json.loads(sys.argv[2])
mail = types.SimpleNamespace(put=types.SimpleNamespace(remote=letters.append))
def do_run(job, options):
    try:
        return driver.do_run(job, options, mail)
    except driver.Died as error:
        return f"died: {error}"
def cluster(nodes, need):
    ray.nodes = lambda: [{"Alive": alive, "Resources": has} for alive, has in nodes]
    return driver.cluster_now(need)
`;

async function evaluate(expression: string, args: unknown, PATH = Deno.env.get("PATH")!) {
  const program = `${PRELUDE}\nprint(json.dumps(${expression}))`;
  const { stdout, stderr } = await runCommand(
    ["python3", "-c", program, FOLDER, JSON.stringify(args)],
    { env: { PATH } },
  );
  strictEqual(stderr, "");
  return JSON.parse(stdout);
}

/** Without Python it is skipped. */
const test = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name: python ? name : `${name}: skipped, no python3 here`, ignore: !python, fn });

/** Does a run with a shell script in place of Deno: what comes of it, and what is said on the way. */
async function doRun(script: string, folder: string) {
  const node = join(folder, "lib", "sweep", "ray"), bin = join(folder, "bin");
  await Deno.mkdir(node, { recursive: true });
  await Deno.mkdir(bin, { recursive: true });
  await Deno.writeTextFile(join(node, "node.ts"), "");
  await Deno.writeTextFile(join(bin, "deno"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const options = { project: folder, env: { OF_OURS: "7" }, deno: "2.9.6" };
  return await evaluate(
    "[do_run(*args), letters]",
    [{ run: "a", threads: 2 }, options],
    [
      ...[bin, Deno.env.get("PATH")],
    ].join(":"),
  );
}

test("places are counted on each node by what is scarcest, shares of a GPU on one card", async () => {
  const GB = 1e9, node = (CPU: number, GPU = 0, memory = 8 * GB) => [true, { CPU, GPU, memory }];
  const need = (cpus: number, gpus = 0) => ({ cpus, gpus, memory: GB });
  const cases: [nodes: unknown[], need: unknown, places: number][] = [
    [[], need(1), 0],
    [[node(4)], need(1), 4],
    [[node(16)], need(1), 8], // memory
    [[node(3), node(5)], need(2), 1 + 2], // a run is never on two nodes
    [[node(3), node(3)], need(4), 0],
    [[node(2, 0, 0.9 * GB)], need(1), 0],
    [[node(3), [false, { CPU: 9, memory: 9 * GB }]], need(1), 3], // the other is dead
    [[node(8, 2)], need(1, 0.25), 8],
    [[node(8, 2)], need(1, 0.4), 4], // 0.2 is left on each
    [[node(8, 1)], need(1, 0.1), 8], // 1 / 0.1 is a little less than 10 in floats
    [[node(8, 3)], need(1, 2), 1],
    [[node(8)], need(1, 0.5), 0],
  ];
  const told = await evaluate("[cluster(*each[:2]) for each in args]", cases);
  deepStrictEqual(
    told.map(({ places }: { places: number }) => places),
    cases.map((each) => each[2]),
  );
  strictEqual(
    told[1].text,
    "Ray cluster of 1 node with 4 CPUs and 0 GPUs: 4 runs at once, each with 1 CPU, 0 GPUs and 1 GB of memory",
  );
  match(told[4].text, /: 0 runs at once, .*\nWarning: no node has as much; the runs wait for one/);
});

test("a node passes on what is said, and gives the last word; it gets its job and our environment", () =>
  inFolder(async (folder) => {
    const script = 'read job; echo a library prints; echo \'sweep {"type":"started"}\'; ' +
      'echo "sweep {\\"type\\":\\"failed\\",\\"job\\":$job,\\"ran\\":\\"$OF_OURS $*\\"}"; exec sleep 0';
    const [outcome, letters] = await doRun(script, folder);
    const ran = "7 run -A --no-check lib/sweep/ray/node.ts";
    deepStrictEqual(outcome, { type: "failed", job: { run: "a", threads: 2 }, ran });
    deepStrictEqual(letters, [{ run: "a", type: "started" }]);
  }));

test("a try that died is an error, so that Ray tries again", () =>
  inFolder(async (folder) => {
    const died = async (script: string, reason: string) => {
      const [outcome, letters] = await doRun(script, folder);
      strictEqual(outcome, `died: on 10.0.0.1, ${reason}`);
      deepStrictEqual(letters, [{ run: "a", type: "died", reason: `on 10.0.0.1, ${reason}` }]);
    };
    await died(`echo 'sweep {"type":"died","reason":"it was killed"}'`, "it was killed");
    await died("kill -9 $$", "Deno ended with status -9: without a word");
    await died("echo no module >&2; exit 3", "Deno ended with status 3:\n    no module");
    const options = { project: join(folder, "none"), env: {}, deno: "2.9.6" };
    match(
      await evaluate("do_run(*args)", [{ run: "a" }, options]),
      /^died: on 10\.0\.0\.1, the project is not in ".*none"$/,
    );
  }));
