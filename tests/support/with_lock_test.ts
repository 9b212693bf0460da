import { strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { withLock } from "ser/support/lock.ts";

async function inFolder(test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(join(folder, "deep", "lock"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("withLock() lets one action in at a time and says who holds it", () =>
  inFolder(async (path) => {
    const order: string[] = [], waits: string[] = [];
    const enter = (name: string) =>
      withLock(path, async () => {
        order.push(`${name} in`);
        await new Promise((resolve) => setTimeout(resolve, 60));
        order.push(`${name} out`);
      }, { interval: 5, onWait: (holder) => waits.push(holder) });
    const first = enter("a");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all([first, enter("b")]);
    strictEqual(order.join(), "a in,a out,b in,b out");
    strictEqual(waits.join(), `process ${Deno.pid}`);
  }));

Deno.test("withLock() frees the lock when the action throws", () =>
  inFolder(async (path) => {
    const failed = await withLock(path, () => Promise.reject(new Error("x"))).catch(String);
    strictEqual(failed, "Error: x");
    strictEqual(await withLock(path, () => Promise.resolve(2)), 2);
  }));

Deno.test("withLock() takes over from a process that was killed", () =>
  inFolder(async (path) => {
    const program = `
      import { withLock } from "ser/support/lock.ts";
      await withLock(Deno.args[0], async () => {
        console.log("in");
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", program, path],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read(); // it has the lock now
    let waited = false;
    const mine = withLock(path, () => Promise.resolve("taken"), {
      interval: 10,
      onWait: () => {
        waited = true;
        child.kill("SIGKILL");
      },
    });
    strictEqual(await mine, "taken");
    strictEqual(waited, true);
    await child.status;
    await reader.cancel();
  }));
