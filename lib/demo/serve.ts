/** A server for a folder of files, for this machine alone. @module */
import { extname, join, SEPARATOR } from "@std/path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".flac": "audio/flac",
  ".woff2": "font/woff2",
};

/** Names of this machine. A page of another name that leads here (DNS rebinding) is refused. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Serves the files of a folder on 127.0.0.1.
 * @param folder Which; nothing outside it is served, not by links either.
 * @param port A port; 0 takes a free one. @default {0}
 * @returns Its address, what ends it, and a promise of its end.
 * @throws {Deno.errors.AddrInUse} If the port is taken.
 * @throws {Deno.errors.NotFound} If there is no such folder.
 */
export function serveFolder(folder: string, port = 0) {
  const root = Deno.realPathSync(folder);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    (request) => answer(root, request),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    finished: server.finished,
    stop: () => server.shutdown(),
  };
}

async function answer(root: string, { url, headers }: Request): Promise<Response> {
  if (!LOOPBACK.test(headers.get("host") ?? "")) {
    return refusal(403, "Cannot answer: expected a name of this machine as host");
  }
  const path = decoded(new URL(url).pathname);
  if (path === undefined) {
    return refusal(400, "Cannot read the address: expected escapes of UTF-8, such as %20");
  }
  try {
    const file = await Deno.realPath(join(root, path.endsWith("/") ? `${path}index.html` : path));
    if (!file.startsWith(root + SEPARATOR)) return notThere();
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    return new Response(await Deno.readFile(file), {
      headers: { "content-type": type, "cache-control": "no-cache" },
    });
  } catch {
    return notThere();
  }
}

/** A path without its escapes; undefined if they are none, or hide the end of a name. */
function decoded(path: string): string | undefined {
  try {
    const plain = decodeURIComponent(path);
    return plain.includes("\0") ? undefined : plain;
  } catch {
    return undefined;
  }
}

const refusal = (status: number, text: string) => new Response(text, { status });
const notThere = () => refusal(404, "There is no such file.");
