// Names of buttons that are drawn while hovered or focused (theme.css): Esc puts them away until one moves on.
const page = document.documentElement.classList;
const named = (node) => node?.closest?.(".icon-only, .copy, [aria-description]");
addEventListener("keydown", (event) => event.key === "Escape" && page.add("names-away"), true);
for (const move of ["mouseover", "focusin"])
  addEventListener(move, (event) => named(event.target) !== named(event.relatedTarget) && page.remove("names-away"), true);
