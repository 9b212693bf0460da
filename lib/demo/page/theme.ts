/** Light or dark: as the system has it, until the reader chooses. @module */
import { byId } from "./dom.ts";

/**
 * Makes the switch work.
 * @param onChange Called when the page has become light or dark.
 */
export function setUpTheme(onChange: () => void): void {
  const system = matchMedia("(prefers-color-scheme: dark)"), button = byId("theme");
  const root = document.documentElement;
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const say = () => {
    button.title = isDark() ? "Light page" : "Dark page";
    button.setAttribute("aria-label", button.title);
    onChange();
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch { /* not allowed to remember: the page changes all the same */ }
    say();
  });
  system.addEventListener("change", say);
  say();
}
