/** A line that follows the recording along a figure's time axis. @module */
import type { AttentionMeta } from "../../plots/attention.ts";
import type { Figure } from "../../plots/figure.ts";
import { page } from "./globals.ts";

/** Seen on a spectrogram as well as on a light or dark page. */
const COLOUR = "#e6007e";

/**
 * While the page plays the recording that a figure's `layout.meta` names, a line moves with it.
 * @param live A figure that is drawn.
 * @param figure What is drawn there.
 */
export function followPlayback(live: HTMLElement, { layout }: Figure): void {
  const address = (layout.meta as AttentionMeta | undefined)?.audio;
  const player = address && playerOf(address);
  if (!player) return;
  const line = `shapes[${(layout.shapes as unknown[] | undefined)?.length ?? 0}]`;
  const move = () => page.Plotly!.relayout(live, { [line]: lineAt(player.currentTime) });
  let following = false;
  player.addEventListener("play", async () => {
    if (following) return;
    following = true;
    while (!player.paused) {
      await move();
      await nextFrame();
    }
    following = false;
  });
  player.addEventListener("seeked", move);
}

/** The player of a recording, which the site keeps at another address than the notebook does. */
function playerOf(address: string): HTMLAudioElement | undefined {
  const kept = address.replace(/^(\.\.\/)+/, "/");
  return [...document.querySelectorAll("audio")].find(({ src }) => src.endsWith(kept));
}

function lineAt(seconds: number) {
  return {
    type: "line",
    x0: seconds,
    x1: seconds,
    y0: 0,
    y1: 1,
    yref: "paper",
    line: { color: COLOUR, width: 2 },
  };
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
