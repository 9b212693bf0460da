/** What is typical of each emotion, coefficient by coefficient. @module */
import { axis, baseLayout, type Figure, rounded, signedHeatmap } from "./figure.ts";

/** What the values are. */
export interface ProfileOptions {
  /** @default {"What is typical of each emotion"} */
  title?: string;
  /** Name of the values, for colour bar and hover. @default {"SD"} */
  unit?: string;
  /** Size that has the strongest colour, `> 0`, to compare figures. @default {the largest value's} */
  limit?: number;
}

/**
 * One row of colours per emotion over the coefficients; colours are symmetric about 0.
 * @param profiles One value per coefficient of each emotion, in the order to draw.
 * @returns A figure of 720 x (130 + 26 per emotion) px; 8 emotions of 40 make 4 KB of JSON.
 * @throws {RangeError} If there is no emotion, or two have different numbers of coefficients.
 * @example Usage
 * ```ts
 * import { emotionProfiles } from "ser/plots/emotion_profiles.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const { data } = emotionProfiles({ anger: [0.5, -1], sadness: [-0.4, 0.9] });
 * deepStrictEqual([data[0].zmin, data[0].zmax], [-1, 1]); // zero has the middle colour
 * ```
 */
export function emotionProfiles(
  profiles: Readonly<Record<string, ArrayLike<number>>>,
  options: ProfileOptions = {},
): Figure {
  const { title = "What is typical of each emotion", unit = "SD" } = options;
  const rows = Object.values(profiles);
  const lengths = new Set(rows.map(({ length }) => length));
  if (lengths.size !== 1) {
    throw new RangeError(
      `Cannot draw the profiles: expected equally many coefficients of each emotion, received ${
        [...lengths].join(", ") || "none"
      }`,
    );
  }
  return {
    data: [{
      ...signedHeatmap(rows.map((row) => rounded(row, 3)), unit, options.limit),
      y: Object.keys(profiles),
      xgap: 1,
      ygap: 1,
      hovertemplate: `%{y}, coefficient %{x}: %{z} ${unit}<extra></extra>`,
    }],
    layout: {
      ...baseLayout({ title, height: 130 + 26 * rows.length, margin: { l: 90, r: 80 } }),
      xaxis: axis("MFCC coefficient", { showgrid: false, dtick: 5 }),
      yaxis: axis("", { type: "category", showgrid: false, autorange: "reversed" }),
    },
  };
}
