/**
 * Light or dark, decided before the first paint; a plain script so that the page never flashes.
 *
 * The choice is the person's (kept in localStorage) or else the system's. Colours themselves are in style.css.
 */
(() => {
  const KEY = "starling.theme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be switched off; the system's theme still works
    }
  }

  function apply() {
    const theme = stored() ?? (system.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    document.querySelector("meta[name=theme-color]").content = theme === "dark" ? "#17212b" : "#ffffff";
    document.dispatchEvent(new CustomEvent("themechange", { detail: theme }));
  }

  system.addEventListener("change", apply);
  window.toggleTheme = () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, next);
    } catch {
      document.documentElement.dataset.theme = next;
      return;
    }
    apply();
  };
  apply();
})();
