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

// Whoever signs out leaves nothing typed behind; a session that ended in mid-work leads back, and keeps it.
addEventListener("DOMContentLoaded", () => {
  if (document.querySelector("input[name=next]")?.value !== "/") return;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft:")) sessionStorage.removeItem(key);
});

// What was made once is copied or kept as a file; a browser that lets nothing be copied is not offered it.
addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = label), 1500);
    });
  }
});
