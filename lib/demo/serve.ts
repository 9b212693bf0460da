/** A server for a folder of files, for this machine alone. @module */
import { join, resolve, SEPARATOR } from "@std/path";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
  flac: "audio/flac",
};

/** A server that runs. */
export interface FolderServer {
  /** Its address, for example `"http://127.0.0.1:8000/"`. */
  url: string;
  /** Ends it. */
  stop(): Promise<void>;
  /** Resolves when it has ended. */
  finished: Promise<void>;
}

/**
 * Serves the files of a folder on 127.0.0.1.
 * @param folder Which; nothing outside it is served.
 * @param port A port; 0 takes a free one. @default {0}
 * @throws {Deno.errors.AddrInUse} If the port is taken.
 * @example Usage
 * ```ts
 * import { serveFolder } from "ser/demo/serve.ts";
 * import { strictEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/index.html`, "Hello");
 * const server = serveFolder(folder);
 * strictEqual(await (await fetch(server.url)).text(), "Hello");
 * await server.stop();
 * ```
 */
export function serveFolder(folder: string, port = 0): FolderServer {
  const root = resolve(folder);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    ({ url }) => answer(root, decodeURIComponent(new URL(url).pathname)),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    stop: () => server.shutdown(),
    finished: server.finished,
  };
}

async function answer(root: string, path: string): Promise<Response> {
  const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
  if (!file.startsWith(root + SEPARATOR)) return notThere();
  const type = TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  try {
    const content = await Deno.readFile(file);
    return new Response(content, {
      headers: { "content-type": type, "cache-control": "no-cache" },
    });
  } catch {
    return notThere();
  }
}

const notThere = () => new Response("There is no such file.", { status: 404 });
