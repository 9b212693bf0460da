/** The corner points of SVG paths, enough for what Plotly measures. @module */

/** A point in SVG coordinates (px, y grows downwards). */
export type Point = readonly [x: number, y: number];

const NUMBERS_PER_STEP: Record<string, number> = { H: 1, V: 1, C: 6, S: 4, Q: 4, A: 7 };

/** The points that a path visits, of a curve only its end; `d` may have absolute and relative commands. */
export function pathPoints(d: string | null): Point[] {
  const points: Point[] = [];
  let x = 0, y = 0;
  for (const [, letter, rest] of (d ?? "").matchAll(/([mlhvcsqtaz])([^mlhvcsqtaz]*)/gi)) {
    const numbers = (rest.match(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const command = letter.toUpperCase(), relative = letter !== command;
    const step = NUMBERS_PER_STEP[command] ?? 2;
    for (let end = step; end <= numbers.length; end += step) {
      if (command !== "V") x = numbers[end - (command === "H" ? 1 : 2)] + (relative ? x : 0);
      if (command !== "H") y = numbers[end - 1] + (relative ? y : 0);
      points.push([x, y]);
    }
  }
  return points;
}

/** Walks so far (px) along a path of straight lines, at most to its end: the length and the point reached. */
export function walkPath(
  points: readonly Point[],
  end = Infinity,
): { length: number; x: number; y: number } {
  let [x, y] = points[0] ?? [0, 0], length = 0;
  for (const [nextX, nextY] of points.slice(1)) {
    const segment = Math.hypot(nextX - x, nextY - y);
    const share = segment ? Math.min(1, (end - length) / segment) : 1;
    length += share * segment;
    x += share * (nextX - x);
    y += share * (nextY - y);
  }
  return { length, x, y };
}
