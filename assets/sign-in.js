// The sign-in page runs before any framework: it wears the theme that was chosen, else the system's.
const chosen = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
const system = matchMedia("(prefers-color-scheme: dark)");
const wear = () => {
  const dark = chosen ? chosen === "dark" : system.matches;
  document.body.classList.toggle("body--dark", dark);
  document.body.classList.toggle("body--light", !dark);
};
system.addEventListener("change", wear);
wear();
