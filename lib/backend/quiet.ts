/** Keeps TensorFlow's own log lines from the reader while it loads. @module */

/** Of TensorFlow and absl, at the levels information and warning. */
const LOG_LINE =
  /^(?:WARNING: All log messages before absl::|[IW]\d{4} [\d:.]+ +\d+ |\d{4}-\d\d-\d\d [\d:.]+: [IW] )/;

const SYMBOLS = {
  dup: { parameters: ["i32"], result: "i32" },
  dup2: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  creat: { parameters: ["buffer", "u32"], result: "i32" },
} as const;

/**
 * Does something while standard error, also that of C++, goes to a file, and hands on what it gets but
 * for log lines. No variable stops them all (oneDNN's comes whatever `TF_CPP_MIN_LOG_LEVEL` says); 0 there
 * lets all through.
 * @param action What to do.
 * @returns What it returns.
 */
export async function withoutLogLines<T>(action: () => Promise<T>): Promise<T> {
  if (Deno.env.get("TF_CPP_MIN_LOG_LEVEL") === "0") return await action();
  const libc = openLibc();
  if (!libc) return await action();
  const { dup, dup2, close, creat } = libc.symbols;
  const path = await Deno.makeTempFile({ prefix: "ser-log-" });
  const saved = dup(2), file = creat(new TextEncoder().encode(`${path}\0`), 0o600);
  dup2(file, 2);
  try {
    return await action();
  } finally {
    dup2(saved, 2);
    close(saved);
    close(file);
    libc.close();
    const lines = (await Deno.readTextFile(path)).split(/(?<=\n)/);
    await Deno.remove(path);
    const rest = lines.filter((line) => !LOG_LINE.test(line)).join("");
    if (rest) Deno.stderr.writeSync(new TextEncoder().encode(rest));
  }
}

function openLibc(): Deno.DynamicLibrary<typeof SYMBOLS> | undefined {
  try {
    return Deno.dlopen(Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6", SYMBOLS);
  } catch {
    return undefined; // then the lines come
  }
}
