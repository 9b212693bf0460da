import { rejects, strictEqual } from "node:assert/strict";
import { main } from "ser/tasks/demo.ts";
import { runTask } from "ser/tasks/mod.ts";

Deno.test("demo says what it does", async () => {
  strictEqual(await runTask(["demo", "--help"]), 0);
});

for (const port of ["x", "-1", "65536", "1.5", " "]) {
  Deno.test(`demo refuses the port "${port}" before it builds anything`, async () => {
    await rejects(main([`--port=${port}`]), {
      name: "UsageError",
      message: `Expected --port to be a port from 1 to 65535, received "${port}"`,
    });
  });
}
