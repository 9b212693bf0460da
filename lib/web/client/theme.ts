/** Light or dark: as the system has it, until the reader chooses. @module */

const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark now. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : DARK.matches;
}

/** Calls back whenever the page has become light or dark. */
export function onThemeChange(callback: () => void): void {
  document.addEventListener("themechange", callback);
}

const SWITCH =
  `<button type="button" id="theme"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">` +
  `<circle cx="8" cy="8" r="6.5"/><path class="half" d="M8 1.5a6.5 6.5 0 0 1 0 13z"/></svg></button>`;

/** Puts the switch into the bar. */
export function setUpTheme(): void {
  document.querySelector(".bar")!.insertAdjacentHTML("beforeend", SWITCH);
  const button = document.querySelector<HTMLButtonElement>("#theme")!;
  const say = () => {
    const label = isDark() ? "Light page" : "Dark page";
    button.setAttribute("aria-label", label);
    button.title = label;
    document.dispatchEvent(new Event("themechange"));
  };
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch { /* not allowed to remember: the page changes all the same */ }
    say();
  });
  DARK.addEventListener("change", say);
  say();
}
