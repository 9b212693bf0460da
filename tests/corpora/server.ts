/** A server on this machine that publishes one file, well or badly. */
import { createHash } from "node:crypto";
import type { Archive } from "ser/corpora/download.ts";

/** How the server misbehaves; by default it does not. */
export interface Behaviour {
  /** Bytes after which the n-th answer breaks off; undefined: does not. */
  cutAfter?: (request: number) => number | undefined;
  /** Whether it understands Range. @default {true} */
  ranges?: boolean;
  /** Status of the n-th answer instead of the file. */
  status?: (request: number) => number | undefined;
  /** Sends nothing after the bytes at which it would break off. */
  silent?: boolean;
}

/** A running server. */
export interface FileServer extends AsyncDisposable {
  archive: Archive;
  /** The Range header of each request so far; null where there was none. */
  ranges: (string | null)[];
}

/** Serves bytes at `/speech.zip`. */
export function serveFile(bytes: Uint8Array, behaviour: Behaviour = {}): FileServer {
  const ranges: (string | null)[] = [];
  const abort = new AbortController();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {}, onError: gone, signal: abort.signal },
    (request) => {
      ranges.push(request.headers.get("range"));
      const status = behaviour.status?.(ranges.length - 1);
      if (status !== undefined) return new Response("no", { status });
      const range = behaviour.ranges === false ? null : request.headers.get("range");
      const start = Number(range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
      if (start > 0 && start >= bytes.length) return new Response(null, { status: 416 });
      const headers = new Headers({ "content-length": `${bytes.length - start}` });
      if (range !== null) {
        headers.set("content-range", `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
      }
      const cut = behaviour.cutAfter?.(ranges.length - 1);
      const body = broken(bytes.subarray(start), cut, behaviour.silent ?? false);
      return new Response(body, { status: range === null ? 200 : 206, headers });
    },
  );
  const { port } = server.addr as Deno.NetAddr;
  const md5 = createHash("md5").update(bytes).digest("hex");
  return {
    archive: { url: `http://127.0.0.1:${port}/speech.zip?download=1`, bytes: bytes.length, md5 },
    ranges,
    async [Symbol.asyncDispose]() {
      abort.abort();
      await server.finished;
    },
  };
}

const gone = () => new Response(null, { status: 500 });

/** A body that breaks off or falls silent after `cut` bytes. */
function broken(bytes: Uint8Array, cut: number | undefined, silent: boolean): ReadableStream {
  let at = 0;
  const end = Math.min(cut ?? bytes.length, bytes.length);
  return new ReadableStream({
    async pull(controller) {
      if (at < end) {
        controller.enqueue(bytes.subarray(at, at = Math.min(at + 1000, end)));
        return;
      }
      if (cut === undefined || cut >= bytes.length) return controller.close();
      if (silent) return await new Promise(() => {});
      await new Promise((resolve) => setTimeout(resolve, 20)); // lets the bytes before leave
      controller.error(new Error("cut"));
    },
  });
}
