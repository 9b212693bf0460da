/** A choice of one among several: radio buttons. @module */
import { make } from "../../web/client/dom.ts";

/**
 * Fills a field set with radio buttons.
 * @param fieldset Has a legend; earlier buttons go.
 * @param options Labels; the first is chosen, or the one at `chosen`.
 * @param onChange Told the number of the one that the reader chose.
 * @param chosen Which one to begin with. @default {0}
 */
export function choice(
  fieldset: HTMLElement,
  options: readonly string[],
  onChange: (index: number) => void,
  chosen = 0,
): void {
  for (const label of fieldset.querySelectorAll("label")) label.remove();
  options.forEach((option, index) => {
    const button = make("input", { type: "radio", name: fieldset.id });
    button.checked = index === chosen;
    button.addEventListener("change", () => onChange(index));
    fieldset.append(make("label", {}, button, option));
  });
}
