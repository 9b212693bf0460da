import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { LiveLine, progressOn } from "ser/notebook/live.ts";
import { fakeJupyter } from "./fake_jupyter.ts";

/** A line in a notebook with a clock that stands still until told otherwise. */
function lineInNotebook() {
  const clock = { ms: 0 }, { jupyter, sent } = fakeJupyter();
  return { line: new LiveLine({ jupyter, now: () => clock.ms }), sent, clock, jupyter };
}

/** Lets what was sent arrive. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

Deno.test("LiveLine shows one output in a notebook and then updates it", async () => {
  const { line, sent, clock } = lineInNotebook();
  line.update("1 of 4", 0.25);
  await turn();
  clock.ms = 300;
  line.update("2 of 4", 0.5);
  await line.close();
  deepStrictEqual(sent.map(({ options }) => options.update), [false, true, true]);
  strictEqual(new Set(sent.map(({ options }) => options.display_id)).size, 1);
  deepStrictEqual(sent.map(({ bundle }) => bundle["text/plain"]), ["1 of 4", "2 of 4", "2 of 4"]);
  match(
    String(sent[1].bundle["text/html"]),
    /<progress value="0.500" max="1"[^>]*><\/progress> 2 of 4/,
  );
});

Deno.test("LiveLine draws at most four times a second and never loses the last state", async () => {
  const { line, sent, clock } = lineInNotebook();
  for (let i = 1; i <= 1000; i++) {
    clock.ms = 2 * i; // two seconds in all
    line.update(`${i}`, i / 1000);
    await Promise.resolve();
    await turn();
  }
  await line.close();
  strictEqual(sent.length <= 9, true);
  strictEqual(sent.at(-1)!.bundle["text/plain"], "1000");
});

Deno.test("LiveLine leaves the closing text, and nothing changes after it", async () => {
  const { line, sent } = lineInNotebook();
  line.update("half", 0.5);
  await line.close("done in 3 s");
  line.update("late", 1);
  await line.close("twice");
  deepStrictEqual(sent.map(({ bundle }) => bundle["text/plain"]), ["half", "done in 3 s"]);
});

Deno.test("LiveLine says at close what went wrong with sending", async () => {
  const { jupyter } = fakeJupyter();
  jupyter.display = () => Promise.reject(new Error("no front end"));
  const line = new LiveLine({ jupyter });
  line.update("x", 0);
  await turn();
  await rejects(line.close(), { message: "no front end" });
});

Deno.test("LiveLine rewrites its line in a terminal", async () => {
  const written: string[] = [], clock = { ms: 0 };
  const line = new LiveLine({ write: (t) => written.push(t), terminal: true, now: () => clock.ms });
  line.update("1", 0.1);
  clock.ms = 250;
  line.update("2", 0.2);
  await line.close("end");
  deepStrictEqual(written, ["\r\x1b[K1", "\r\x1b[K2", "\r\x1b[Kend", "\n"]);
});

Deno.test("LiveLine draws another step at once, and ends with a text of its own or nothing", () => {
  const written: string[] = [];
  const line = new LiveLine({ write: (t) => written.push(t), terminal: true, now: () => 0 });
  line.update("unpacking: 1.5 MB");
  line.update("unpacking: 12 MB"); // the same step at the same time: dropped
  line.update("compiling");
  line.end("done");
  line.update("compiling");
  line.end();
  line.end();
  deepStrictEqual(written, [
    ...["\r\x1b[Kunpacking: 1.5 MB", "\r\x1b[Kcompiling", "\r\x1b[K", "done\n"],
    ...["\r\x1b[Kcompiling", "\r\x1b[K"],
  ]);
});

Deno.test("LiveLine writes a line every five seconds into a log", async () => {
  const written: string[] = [], clock = { ms: 0 };
  const line = new LiveLine({
    write: (t) => written.push(t),
    terminal: false,
    now: () => clock.ms,
  });
  for (clock.ms = 0; clock.ms <= 12_000; clock.ms += 1000) line.update(`${clock.ms / 1000} s`, 0);
  await line.close();
  deepStrictEqual(written, ["5 s\n", "10 s\n", "12 s\n"]); // a step of less leaves nothing
});

Deno.test("LiveLine does not repeat a log's last line", async () => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const line = new LiveLine({ write, terminal: false, interval: 0 });
  line.update("1 file", 1);
  await line.close("1 file");
  deepStrictEqual(written, ["1 file\n"]);
});

Deno.test("progressOn() names the step and counts", async () => {
  const { line, sent } = lineInNotebook();
  progressOn(line)(3, 12, "features of SAVEE");
  await line.close();
  strictEqual(sent[0].bundle["text/plain"], "features of SAVEE: 3 of 12");
  match(String(sent[0].bundle["text/html"]), /value="0.250"/);
});

Deno.test("LiveLine without any update shows nothing", async () => {
  const { line, sent } = lineInNotebook();
  await line.close();
  deepStrictEqual(sent, []);
});
