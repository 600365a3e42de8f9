"use strict";
// Light or dark: the button's choice if there was one, else the system's. A browser may keep nothing for files: then the choice holds until reload.
(function () {
  const root = document.documentElement;
  const kept = { read() { try { return localStorage.getItem("theme"); } catch { return null; } },
                 write(value) { try { localStorage.setItem("theme", value); } catch { /* not kept */ } } };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const wanted = () => root.dataset.theme || (system.matches ? "dark" : "light");
  const chosen = kept.read();
  root.classList.add("scripted");
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  function told() {
    const button = document.getElementById("theme");
    if (button) button.textContent = wanted() === "dark" ? "Light colours" : "Dark colours";
    document.dispatchEvent(new CustomEvent("themechange"));
  }
  system.addEventListener("change", told);
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = wanted() === "dark" ? "light" : "dark";
      kept.write(root.dataset.theme);
      told();
    });
    told();
  });
})();
