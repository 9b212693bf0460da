/** Recordings from elsewhere on this machine, for the page of a notebook of this machine. @module */
import { extname } from "@std/path";
import { readAudioFile } from "../audio/load.ts";

const TYPES: Readonly<Record<string, string>> = { ".flac": "audio/flac", ".wav": "audio/wav" };

/** Files that may be asked for, by the name in their address, which cannot be guessed. */
const offered = new Map<string, string>();
let origin: string | undefined;

/**
 * Offers a file on the loopback interface, where no other machine can ask for it, for as long as the
 * process runs; the server does not keep it running.
 * @param path A WAV or FLAC file; it is read when somebody listens.
 * @returns The address of the file.
 * @throws {RangeError} If the name does not end in `.wav` or `.flac`.
 */
export function serveSound(path: string): string {
  const type = extname(path).toLowerCase();
  if (!(type in TYPES)) {
    throw new RangeError(`Cannot play "${path}": expected a .wav or .flac file`);
  }
  origin ??= startServer();
  const known = [...offered].find(([, file]) => file === path)?.[0];
  const name = known ?? `${crypto.randomUUID()}${type}`;
  offered.set(name, path);
  return `${origin}/${name}`;
}

function startServer(): string {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  server.unref();
  return `http://127.0.0.1:${server.addr.port}`;
}

function answer(request: Request): Response {
  const name = new URL(request.url).pathname.slice(1), path = offered.get(name);
  if (path === undefined || request.method !== "GET") {
    return new Response("There is no such recording.", { status: 404 });
  }
  const bytes = readAudioFile(path) as Uint8Array<ArrayBuffer>;
  const headers = { "content-type": TYPES[extname(name)], "accept-ranges": "bytes" };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!range) return new Response(bytes, { headers }); // browsers may ask for parts to jump to
  const from = Number(range[1]), to = Math.min(Number(range[2] || Infinity), bytes.length - 1);
  if (from > to) return new Response(null, { status: 416 });
  return new Response(bytes.slice(from, to + 1), {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${from}-${to}/${bytes.length}` },
  });
}
