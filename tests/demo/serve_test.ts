import { ok, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { serveFolder } from "ser/demo/serve.ts";

/** Runs a test on a folder `site` beside a file that is none of its business. */
async function served(test: (url: string, folder: string) => Promise<void>): Promise<void> {
  const around = await Deno.makeTempDir(), folder = join(around, "site");
  await Deno.mkdir(folder);
  await Deno.writeTextFile(join(around, "secret.html"), "secret");
  await Deno.writeTextFile(join(folder, "index.html"), "<p>page</p>");
  await Deno.writeTextFile(join(folder, "a b.js"), "script");
  const server = serveFolder(folder);
  try {
    await test(server.url, folder);
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

/** The status of an answer to a request as it goes over the wire: `fetch` would tidy it up. */
async function statusOf(url: string, path: string, host?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const hostLine = host === "" ? "" : `Host: ${host ?? `127.0.0.1:${port}`}\r\n`;
  await connection.write(
    new TextEncoder().encode(`GET ${path} HTTP/1.1\r\n${hostLine}Connection: close\r\n\r\n`),
  );
  const answer = await new Response(connection.readable).text();
  ok(!answer.includes("secret"), answer);
  return answer.split(" ")[1];
}

Deno.test("serveFolder() refuses other names than this machine's: a foreign page whose name leads here", async () => {
  await served(async (url) => {
    const { port } = new URL(url);
    for (const own of [`127.0.0.1:${port}`, `localhost:${port}`, "LOCALHOST", `[::1]:${port}`]) {
      strictEqual(await statusOf(url, "/", own), "200", own);
    }
    const foreign = ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example", "0.0.0.0"];
    for (const host of foreign) strictEqual(await statusOf(url, "/", host), "403", host);
  });
});

Deno.test("serveFolder() says 400 of escapes that are none", async () => {
  await served(async (url) => {
    for (const path of ["/%zz", "/%", "/%c0%ae%c0%ae/secret.html", "/index.html%00.js"]) {
      strictEqual(await statusOf(url, path), "400", path);
    }
  });
});

Deno.test("serveFolder() follows links within the folder, and none that lead out of it", async () => {
  await served(async (url, folder) => {
    await Deno.symlink("index.html", join(folder, "inside.html"));
    await Deno.symlink("../secret.html", join(folder, "file.html"));
    await Deno.symlink("..", join(folder, "up"));
    strictEqual(await statusOf(url, "/inside.html"), "200");
    strictEqual(await statusOf(url, "/file.html"), "404");
    strictEqual(await statusOf(url, "/up/secret.html"), "404");
  });
});

Deno.test("serveFolder() serves a folder that is itself reached by a link", async () => {
  await served(async (_, folder) => {
    const link = join(folder, "..", "link");
    await Deno.symlink(folder, link);
    const server = serveFolder(link);
    strictEqual(await statusOf(server.url, "/"), "200");
    await server.stop();
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
