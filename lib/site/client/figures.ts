/** Figures come alive when they come near; until then a picture of the same size stands there. @module */
import type { Figure } from "../../plots/figure.ts";
import { fitted } from "./fit.ts";
import { page } from "./globals.ts";
import { followPlayback, type LiveFigure } from "./playback.ts";
import { make } from "../../web/client/dom.ts";
import { loadScript } from "../../web/client/script.ts";
import { isDark, onThemeChange } from "../../web/client/theme.ts";

const figures = new Map<string, Figure>();
/** The figures drawn so far, and the width that they are drawn for. */
const drawn = new Map<HTMLElement, number>();
/** How far (px) below the window a figure is drawn already. */
const NEAR = 600;

/** Draws each figure of the page once it comes near, one after the other. */
export function drawFigures(root: string): void {
  const places = document.querySelectorAll<HTMLElement>("figure[data-figure]");
  if (!places.length) return;
  page.siteFigure = (id, figure) => figures.set(id, figure);
  let queue = Promise.resolve();
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      queue = queue.then(() => show(target as HTMLElement, root)).catch(console.error);
    }
  }, { rootMargin: `${NEAR}px 0px` });
  // the text shows first
  requestAnimationFrame(() => setTimeout(() => places.forEach((place) => near.observe(place))));
  onThemeChange(() => drawn.forEach((_, place) => draw(place)));
  const resized = new ResizeObserver(() =>
    drawn.forEach((width, place) => {
      if (place.querySelector(".drawing")!.clientWidth !== width) draw(place);
    })
  );
  resized.observe(document.querySelector("main")!);
}

async function show(place: HTMLElement, root: string): Promise<void> {
  await loadScript(`${root}assets/plotly.js`);
  await loadScript(`${root}${place.dataset.figure}.js`);
  await idle();
  followPlayback(await draw(place), figures.get(place.dataset.figure!)!);
}

/** Lets the reader's clicks and scrolling go first. */
function idle(): Promise<void> {
  return new Promise((resolve) =>
    typeof requestIdleCallback === "function"
      ? requestIdleCallback(() => resolve(), { timeout: 300 })
      : setTimeout(resolve)
  );
}

async function draw(place: HTMLElement): Promise<LiveFigure> {
  const figure = figures.get(place.dataset.figure!)!;
  const box = place.querySelector<HTMLElement>(".drawing")!, width = box.clientWidth;
  drawn.set(place, width);
  let live = box.querySelector<HTMLElement>(".live");
  if (!live) {
    const label = box.querySelector("img")!.alt;
    live = make("div", { class: "live", role: "group", "aria-label": label });
    box.append(live);
  }
  const touch = matchMedia("(pointer: coarse)").matches;
  const toolbar = !touch && width > 500; // else it would cover the legend
  const { data, layout } = fitted(figure, { width, dark: isDark() });
  await page.Plotly!.react(live, {
    data: structuredClone(data), // Plotly writes into what it gets
    layout: { ...layout, dragmode: touch ? false : "zoom" }, // a finger scrolls the page
    config: { displaylogo: false, displayModeBar: toolbar ? "hover" : false },
  });
  // its tools show only under the mouse
  live.querySelectorAll(".modebar-btn").forEach((tool) => tool.setAttribute("tabindex", "-1"));
  place.classList.add("drawn");
  return live as LiveFigure;
}
