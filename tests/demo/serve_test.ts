import { strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { serveFolder } from "ser/demo/serve.ts";

/** Runs a test on a folder `site` beside a file that is none of its business. */
async function served(test: (url: string) => Promise<void>): Promise<void> {
  const around = await Deno.makeTempDir(), folder = join(around, "site");
  await Deno.mkdir(folder);
  await Deno.writeTextFile(join(around, "secret.html"), "secret");
  await Deno.writeTextFile(join(folder, "index.html"), "<p>page</p>");
  await Deno.writeTextFile(join(folder, "a b.js"), "script");
  const server = serveFolder(folder);
  try {
    await test(server.url);
  } finally {
    await server.stop();
    await Deno.remove(around, { recursive: true });
  }
}

Deno.test("serveFolder() serves a folder's page and files with their types, on this machine alone", async () => {
  await served(async (url) => {
    strictEqual(new URL(url).hostname, "127.0.0.1");
    const page = await fetch(url);
    strictEqual(await page.text(), "<p>page</p>");
    strictEqual(page.headers.get("content-type"), "text/html; charset=utf-8");
    const script = await fetch(`${url}a%20b.js`);
    strictEqual(await script.text(), "script");
    strictEqual(script.headers.get("content-type"), "text/javascript; charset=utf-8");
  });
});

Deno.test("serveFolder() serves nothing from outside the folder, and says 404 of what is not there", async () => {
  await served(async (url) => {
    for (
      const path of ["secret.html", "..%2Fsecret.html", "x%2F..%2F..%2Fsecret.html", "no.html"]
    ) {
      const response = await fetch(url + path);
      strictEqual(response.status, 404, path);
      await response.body?.cancel();
    }
  });
});

Deno.test("serveFolder() says which port is taken", async () => {
  const { url, stop } = serveFolder(".");
  const port = Number(new URL(url).port);
  let name = "";
  try {
    await serveFolder(".", port).stop();
  } catch (error) {
    name = (error as Error).name;
  }
  strictEqual(name, "AddrInUse");
  await stop();
});
