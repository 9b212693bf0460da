/** A choice of one among several: radio buttons. @module */
import { make } from "../../web/client/dom.ts";

/**
 * Fills a field set with radio buttons in the place of earlier ones. The first is chosen; `onChange` is told
 * the number of the one that the reader chose.
 */
export function choice(
  fieldset: HTMLElement,
  options: readonly string[],
  onChange: (index: number) => void,
): void {
  for (const label of fieldset.querySelectorAll("label")) label.remove();
  options.forEach((option, index) => {
    const button = make("input", { type: "radio", name: fieldset.id });
    button.checked = index === 0;
    button.addEventListener("change", () => onChange(index));
    fieldset.append(make("label", {}, button, option));
  });
}
