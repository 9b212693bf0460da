import { deepStrictEqual } from "node:assert/strict";
import { dirname, join, relative, resolve, SEPARATOR } from "@std/path";
import { filesBelow, PROJECT_ROOT } from "ser/support/files.ts";

const LIB = join(PROJECT_ROOT, "lib");

/** The sentence of the README: the rooms of lib/ from left to right, and those that serve all. */
async function roomsOfReadme(): Promise<{ order: string[][]; serving: string[] }> {
  const readme = await Deno.readTextFile(join(PROJECT_ROOT, "README.md"));
  const [, chain, rest] = /imports go one way: ([^;]*); (.*?) serve all/s.exec(readme)!;
  const names = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  return { order: chain.split("→").map(names), serving: names(rest) };
}

/** Every import by a relative path in lib/: the module, and what it imports, from lib/. */
async function importsOfLib(): Promise<[from: string, to: string][]> {
  const modules = (await filesBelow(LIB)).filter((path) => path.endsWith(".ts"));
  const found = modules.map(async (path) => {
    const code = (await Deno.readTextFile(path)).replaceAll(/^ *\/?\*.*$/gm, "");
    return [...code.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target]) =>
      [path, resolve(dirname(path), target)].map((file) => relative(LIB, file)) as [string, string]
    );
  });
  return (await Promise.all(found)).flat();
}

const roomOf = (path: string) => path.split(SEPARATOR)[0];

Deno.test("the README names every room of lib/", async () => {
  const { order, serving } = await roomsOfReadme();
  const rooms = [...Deno.readDirSync(LIB)].filter(({ isDirectory }) => isDirectory);
  deepStrictEqual([...order.flat(), ...serving].sort(), rooms.map(({ name }) => name).sort());
});

Deno.test("imports of lib/ go one way, and to no code outside it", async () => {
  const { order, serving } = await roomsOfReadme();
  const place = (room: string) => order.findIndex((rooms) => rooms.includes(room));
  const wrong = (await importsOfLib()).filter(([from, to]) => {
    const rooms = [roomOf(from), roomOf(to)];
    if (rooms[1] === "..") return to.endsWith(".ts"); // data may lie outside
    return rooms.every((room) => place(room) >= 0) && place(rooms[0]) < place(rooms[1]);
  });
  deepStrictEqual(wrong, [], `expected none against the order; ${serving.join(", ")} serve all`);
});

Deno.test("the benchmark measures the library without its tasks, but for the command itself", async () => {
  const folder = join(PROJECT_ROOT, "tests", "bench");
  const measuring = (await filesBelow(folder)).filter((path) => /(?<!_test|mod)\.ts$/.test(path));
  const texts = await Promise.all(measuring.map((path) => Deno.readTextFile(path)));
  deepStrictEqual(measuring.filter((_, i) => texts[i].includes('"ser/tasks/')), []);
});
