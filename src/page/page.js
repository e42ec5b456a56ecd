// Escape puts the arithmetic beside a figure away until the pointer or the focus moves on.
(() => {
  const page = document.documentElement;
  document.addEventListener("keydown", event => { if (event.key === "Escape") page.classList.add("quiet"); });
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, event => { if (event.target.closest?.("a.figure")) page.classList.remove("quiet"); });
  }
})();
