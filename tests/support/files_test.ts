import { deepStrictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { removeParts, writeFileAtomic } from "ser/support/files.ts";

/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null" }).spawn();
  await child.status;
  return child.pid;
}

Deno.test("removeParts() removes what dead writers of this machine left, and nothing else", async () => {
  const folder = await Deno.makeTempDir(), here = Deno.hostname(), gone = await endedProcess();
  const stays = [
    `a.${Deno.pid}-${here}.part`,
    `b.${gone}-elsewhere.part`,
    "c.part",
    "d",
    "run.json",
  ];
  for (const name of [...stays, `e.1f.${gone}-${here}.part`]) {
    await Deno.writeTextFile(join(folder, name), "");
  }
  await removeParts(folder);
  deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), stays.sort());
  await removeParts(join(folder, "missing"));
});

Deno.test("writeFileAtomic() killed while it writes leaves a part that removeParts() knows", async () => {
  const folder = await Deno.makeTempDir(), path = join(folder, "x");
  const script = `
    import { writeFileAtomic } from "${import.meta.resolve("ser/support/files.ts")}";
    Deno.rename = () => Deno.kill(Deno.pid, "SIGKILL");
    await writeFileAtomic(${JSON.stringify(path)}, "new");`;
  await writeFileAtomic(path, "old");
  await new Deno.Command(Deno.execPath(), { args: ["eval", script] }).output();
  const names = () => [...Deno.readDirSync(folder)].map(({ name }) => name);
  deepStrictEqual([names().length, await Deno.readTextFile(path)], [2, "old"]);
  await removeParts(folder);
  deepStrictEqual(names(), ["x"]);
});
