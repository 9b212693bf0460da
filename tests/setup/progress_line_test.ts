import { deepStrictEqual } from "node:assert/strict";
import { ProgressLine } from "ser/setup/progress_line.ts";

function recorded(options: { terminal: boolean; interval?: number }) {
  const written: string[] = [];
  return {
    written,
    line: new ProgressLine({ ...options, write: (text) => written.push(text) }),
  };
}

Deno.test("ProgressLine redraws on a terminal and leaves only the last text", () => {
  const { line, written } = recorded({ terminal: true });
  line.update("1 of 2");
  line.update("2 of 2");
  line.end("done");
  deepStrictEqual(written, ["\r\x1b[K1 of 2", "\r\x1b[K2 of 2", "\r\x1b[K", "done\n"]);
});

Deno.test("ProgressLine writes into a log only once in a while", () => {
  const { line, written } = recorded({ terminal: false, interval: 60_000 });
  line.update("1 of 2");
  line.update("2 of 2");
  line.end("done");
  line.end();
  deepStrictEqual(written, ["done\n"]);
  const eager = recorded({ terminal: false, interval: 0 });
  eager.line.update("1 of 2");
  deepStrictEqual(eager.written, ["1 of 2\n"]);
});
