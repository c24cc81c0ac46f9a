// Theme and table filter. The site is whole without it: nothing is loaded, sent or kept but the choice of theme.
"use strict";
(() => {
  const root = document.documentElement;
  const kept = {
    get theme() { try { return localStorage.getItem("fieldledger-theme"); } catch { return null; } },
    set theme(value) { try { localStorage.setItem("fieldledger-theme", value); } catch { /* private mode */ } },
  };
  const themes = ["light", "dark"];
  if (themes.includes(kept.theme)) root.dataset.theme = kept.theme;
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  const offerTheme = (button) => {
    const tell = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; };
    button.addEventListener("click", () => {
      root.dataset.theme = kept.theme = isDark() ? "light" : "dark";
      tell();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
    tell();
    button.hidden = false;
  };

  const offerFilter = (table, number) => {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    if (rows.length < 8) return;
    const texts = rows.map((row) => row.textContent.toLowerCase().replace(/\s+/g, " "));
    const label = document.createElement("label");
    const input = document.createElement("input");
    const told = document.createElement("span");
    const box = document.createElement("p");
    input.type = "search";
    input.id = `filter-${number}`;
    label.htmlFor = input.id;
    label.textContent = table.dataset.filter;
    told.setAttribute("role", "status");
    box.className = "filter";
    box.append(label, input, told);
    const groups = rows.map((row) => row.querySelector("th[scope=rowgroup]") !== null);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let found = 0;
      rows.forEach((row, at) => {
        const fits = words.every((word) => texts[at].includes(word));
        row.hidden = words.length > 0 && (groups[at] || !fits);
        if (fits && !groups[at]) found += 1;
      });
      const all = groups.filter((group) => !group).length;
      told.textContent = words.length ? table.dataset.found.replace("{found}", found).replace("{all}", all) : "";
    });
    const place = table.closest(".scroll") ?? table;
    place.before(box);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("button.theme").forEach(offerTheme);
    document.querySelectorAll("table[data-filter]").forEach(offerFilter);
  });
})();
