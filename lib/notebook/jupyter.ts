/** The kernel's own display functions, where there is a kernel. @module */

/** What is used of `Deno.jupyter`. */
export interface Jupyter {
  /** Sends an output. `raw`: the value is a MIME bundle; `update`: it replaces that of the id. */
  display(
    value: unknown,
    options?: { raw?: boolean; update?: boolean; display_id?: string },
  ): Promise<void>;
  /** Sends any message to the front ends. */
  broadcast(type: string, content: Record<string, unknown>, extra?: unknown): Promise<void>;
}

/**
 * The kernel's functions, read anew at each call.
 * @returns `undefined` in a plain script, where reading `Deno.jupyter` throws.
 */
export function findJupyter(): Jupyter | undefined {
  try {
    return (Deno as unknown as { jupyter?: Jupyter }).jupyter;
  } catch {
    return undefined;
  }
}
