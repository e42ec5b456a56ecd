// The forms answer while one types: each is sent as it is, and of the page that comes back its own part is shown.
(() => {
  const pause = 350;

  const live = form => {
    const target = document.getElementById(form.dataset.live);
    let timer, sending;
    const send = async () => {
      sending?.abort();
      sending = new AbortController();
      const data = new FormData(form);
      const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
      target.setAttribute("aria-busy", "true");
      try {
        const response = await fetch(form.action, { method: "POST", body, signal: sending.signal });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const part = page.getElementById(target.id);
        if (part) target.replaceChildren(...part.childNodes);
        announce(target);
        target.removeAttribute("aria-busy");
      } catch (error) {
        if (error.name !== "AbortError") target.removeAttribute("aria-busy");
      }
    };
    const soon = () => {
      clearTimeout(timer);
      if (form.checkValidity()) timer = setTimeout(send, pause);
    };
    form.addEventListener("input", soon);
    form.addEventListener("submit", event => {
      event.preventDefault();
      clearTimeout(timer);
      send();
    });
    return soon;
  };

  const announce = target => {
    const headline = target.querySelector(".headline, .problem");
    if (target.id === "report") document.getElementById("announcement").textContent = headline?.textContent ?? "";
  };

  for (const form of document.querySelectorAll("form[data-live]")) {
    const soon = live(form);
    const text = form.querySelector("textarea");
    const files = form.querySelector("input[type=file]");
    if (!text || !files) continue;
    const carries = event => event.dataTransfer?.types.includes("Files");
    text.addEventListener("dragover", event => { if (carries(event)) { event.preventDefault(); text.classList.add("drop"); } });
    text.addEventListener("dragleave", () => text.classList.remove("drop"));
    text.addEventListener("drop", event => {
      text.classList.remove("drop");
      if (!carries(event)) return;
      event.preventDefault();
      files.files = event.dataTransfer.files;
      soon();
    });
  }
})();
