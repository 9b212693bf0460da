/** A line that follows the recording along a figure's time axis. @module */
import type { AttentionMeta } from "../../plots/attention.ts";
import type { Figure, Layout } from "../../plots/figure.ts";
import { page } from "./globals.ts";

/** Seen on a spectrogram as well as on a light or dark page. */
const COLOUR = "#e6007e";

/** Where Plotly has drawn a figure; it keeps the layout there. */
export type LiveFigure = HTMLElement & { layout: Layout };

/** While the page plays the recording that a drawn figure's `layout.meta` names, a line moves with it. */
export function followPlayback(live: LiveFigure, { layout }: Figure): void {
  const address = (layout.meta as AttentionMeta | undefined)?.audio;
  const player = address && playerOf(address);
  if (!player) return;
  const others = shapesOf(layout);
  const move = () =>
    page.Plotly!.relayout(live, lineAt(player.currentTime, others, shapesOf(live.layout)));
  let following = false;
  player.addEventListener("play", async () => {
    if (following) return;
    following = true;
    while (!player.paused) {
      await move();
      await new Promise(requestAnimationFrame);
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

const shapesOf = ({ shapes }: Layout): number => (shapes as unknown[] | undefined)?.length ?? 0;

/** The change that puts the line behind the figure's own shapes, or moves it if it is there. */
function lineAt(seconds: number, others: number, now: number): Record<string, unknown> {
  const line = `shapes[${others}]`;
  if (now > others) return { [`${line}.x0`]: seconds, [`${line}.x1`]: seconds };
  const look = { type: "line", yref: "paper", line: { color: COLOUR, width: 2 } };
  return { [line]: { ...look, x0: seconds, x1: seconds, y0: 0, y1: 1 } };
}
