/** A kernel's display functions that only take notes. @module */
import type { Jupyter } from "ser/notebook/jupyter.ts";
import type { MimeBundle } from "ser/notebook/output.ts";

/** One call of `display`. */
export interface Sent {
  bundle: MimeBundle;
  options: Record<string, unknown>;
}

/** @returns The functions, and what was sent through them. */
export function fakeJupyter(): { jupyter: Jupyter; sent: Sent[]; broadcasts: string[] } {
  const sent: Sent[] = [], broadcasts: string[] = [];
  const jupyter: Jupyter = {
    display: (bundle, options = {}) => {
      sent.push({ bundle: bundle as MimeBundle, options });
      return Promise.resolve();
    },
    broadcast: (type) => {
      broadcasts.push(type);
      return Promise.resolve();
    },
  };
  return { jupyter, sent, broadcasts };
}
