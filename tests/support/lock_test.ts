import { match, notStrictEqual, strictEqual } from "node:assert/strict";
import { takeLock } from "ser/support/lock.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

const newPath = async () => `${await Deno.makeTempDir()}/deep/lock`;

async function mustTake(path: string) {
  const lock = await takeLock(path);
  if (typeof lock === "string") throw new Error(`the lock is held by ${lock}`);
  return lock;
}

Deno.test("takeLock() is refused while the lock is held, and given after its release", async () => {
  const path = await newPath();
  const lock = await mustTake(path);
  strictEqual(await takeLock(path), `process ${Deno.pid}`);
  await lock.release();
  await (await mustTake(path)).release();
});

Deno.test("takeLock() names another process and takes over when that was killed", async () => {
  const path = await newPath();
  const code = `
    import { takeLock } from ${JSON.stringify(import.meta.resolve("ser/support/lock.ts"))};
    await takeLock(${JSON.stringify(path)});
    console.log("held");
    setTimeout(() => {}, 60_000);`;
  const script = `${await Deno.makeTempDir()}/hold.ts`;
  await Deno.writeTextFile(script, code);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", `${PROJECT_ROOT}/deno.json`, script],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  match(new TextDecoder().decode((await reader.read()).value), /held/);
  strictEqual(await takeLock(path), `process ${child.pid}`);
  child.kill("SIGKILL");
  await child.status;
  await reader.cancel();
  const lock = await takeLock(path);
  notStrictEqual(typeof lock, "string");
  if (typeof lock !== "string") await lock.release();
});

Deno.test("takeLock() takes no lock of a file that is removed while it is opened", async () => {
  const path = `${await Deno.makeTempDir()}/lock`, open = Deno.open;
  Deno.open = async (...args) => {
    Deno.open = open;
    const file = await open(...args);
    await Deno.remove(path); // as the run that it is of
    return file;
  };
  const lock = await mustTake(path);
  strictEqual(await takeLock(path), `process ${Deno.pid}`);
  await lock.release();
});
