// Only what a page is better with; every page is whole without it.

/** Says beside a long field how much of it is used. */
function countWords() {
  for (const field of document.querySelectorAll("textarea[maxlength]")) {
    const most = Number(field.getAttribute("maxlength"));
    const said = document.createElement("p");
    said.className = "hint";
    said.setAttribute("aria-live", "polite");
    const zh = document.documentElement.lang.startsWith("zh");
    const tell = () => {
      const used = [...field.value].length;
      said.textContent = used < most * 0.8 ? "" : zh ? `已用${used}字，最多${most}字` : `${used} of ${most} characters`;
    };
    field.addEventListener("input", tell);
    field.after(said);
    tell();
  }
}

/** Sends a form once, however often its button is pressed. */
function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // A preview opens beside the form, which stays to be sent.
    if (form.method !== "post" || event.submitter?.formTarget) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // Should the answer never come, it can be tried again.
    setTimeout(() => delete form.dataset.sent, 8000);
    // Coming back by the history gives the page as it was left.
    addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
  });
}

/** j and k walk through a list, Enter opens, / goes to the search. */
function keys() {
  const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const list = rows();
    const at = list.findIndex((row) => row.contains(document.activeElement));
    const go = (to) => list[to]?.querySelector("a")?.focus();
    if (event.key === "j" && list.length) go(Math.min(at + 1, list.length - 1));
    else if (event.key === "k" && list.length) go(Math.max(at - 1, 0));
    else if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (!search) return;
      event.preventDefault();
      search.closest("details")?.setAttribute("open", "");
      search.focus();
    }
  });
}

/** Ticks every box of a list at once. */
function tickAll() {
  for (const all of document.querySelectorAll("[data-all]")) {
    all.hidden = false;
    const boxes = () => document.querySelectorAll(`input[name="${all.dataset.all}"]`);
    all.querySelector("input").addEventListener("change", (event) => {
      for (const box of boxes()) box.checked = event.target.checked;
    });
  }
}

/** Whoever reads with a screen reader hears at once what is wrong. */
function focusErrors() {
  document.querySelector(".error-summary")?.focus();
}

/** Typed and not sent: the browser asks before it is lost. */
function keepTyped() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    let typed = false;
    form.addEventListener("input", () => (typed = true));
    form.addEventListener("submit", (event) => (typed &&= Boolean(event.submitter?.formTarget)));
    addEventListener("beforeunload", (event) => {
      if (typed) event.preventDefault();
    });
  }
}

/** Keeps an application in its draft while it is being typed, by the same door as the button that saves. */
function keepDraft() {
  const zh = document.documentElement.lang.startsWith("zh");
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const said = document.querySelector("[data-kept]");
    let typed = false;
    let waiting;
    let going = new AbortController();
    const tell = (kept) => {
      const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      if (kept) said.textContent = zh ? `${now} 已自动保存` : `Saved by itself at ${now}`;
      else said.textContent = zh ? "刚才没有存上，请按“保存”" : "This was not saved just now: press Save";
    };
    const keep = async () => {
      clearTimeout(waiting);
      if (!typed) return;
      typed = false;
      const body = new URLSearchParams(new FormData(form));
      body.set("go", "keep");
      going = new AbortController();
      try {
        const answer = await fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual", signal: going.signal });
        typed ||= answer.status !== 204;
        tell(answer.status === 204);
      } catch (fault) {
        if (fault.name === "AbortError") return;
        typed = true;
        tell(false);
      }
    };
    form.addEventListener("input", () => {
      typed = true;
      clearTimeout(waiting);
      waiting = setTimeout(keep, 1500);
    });
    // What the button sends is newer than what is on its way.
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      going.abort();
      typed = false;
    });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
    addEventListener("pagehide", keep);
  }
}

/** The letter beside its form: shown anew when its writer pauses, without a step in the history and where it was scrolled to. */
function letterBeside() {
  const zh = document.documentElement.lang.startsWith("zh");
  for (const button of document.querySelectorAll('button[name="preview"][value="beside"]')) {
    const form = button.form;
    const pane = document.querySelector(`iframe[name="${button.formTarget}"]`);
    let waiting;
    let going = new AbortController();
    const show = async () => {
      clearTimeout(waiting);
      going.abort();
      going = new AbortController();
      const body = new URLSearchParams(new FormData(form));
      body.set(button.name, button.value);
      pane.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(form.action, { method: "POST", body, signal: going.signal });
        const letter = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-pane]");
        const shown = pane.contentDocument.querySelector("[data-pane]");
        if (letter) shown.replaceWith(letter);
        else shown.textContent = zh ? "预览没有更新；请重新登录后再试。" : "It was not updated: sign in again and try once more.";
      } catch (fault) {
        if (fault.name === "AbortError") return;
        pane.contentDocument.querySelector("[data-pane]").textContent = zh ? "预览没有更新，请稍后再试。" : "It was not updated; try again later.";
      }
      pane.removeAttribute("aria-busy");
    };
    form.addEventListener("submit", (event) => {
      clearTimeout(waiting);
      if (event.submitter !== button || !pane.contentDocument?.querySelector("[data-pane]")) return;
      event.preventDefault();
      show();
    });
    if (form.dataset.preview === undefined) continue;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => pane.contentDocument?.querySelector("[data-pane]") && show(), 1500);
    });
  }
}

/** Boxes are drawn on the pages of a record with the mouse or a pen; each is a row of the form. */
function drawBoxes() {
  const form = document.querySelector("form[data-boxes]");
  if (!form) return;
  const space = "http://www.w3.org/2000/svg";
  const rows = () => [...form.querySelectorAll("[data-box]")];
  const field = (row, name) => row.querySelector(`[name="${name}"]`);
  const shown = ["left", "top", "width", "height"];
  const isEmpty = (row) => shown.every((name) => !field(row, name).value.trim());
  const hundredths = (value) => String(Math.round(value * 100) / 100);

  const show = () => {
    for (const drawn of form.querySelectorAll("[data-page]")) {
      const boxes = rows().filter((row) => field(row, "page").value.trim() === drawn.dataset.page && !isEmpty(row));
      drawn.querySelector("svg").replaceChildren(
        ...boxes.map((row) => {
          const box = document.createElementNS(space, "rect");
          box.setAttribute("x", Number(field(row, "left").value));
          box.setAttribute("y", Number(field(row, "top").value));
          box.setAttribute("width", Math.max(0, Number(field(row, "width").value)));
          box.setAttribute("height", Math.max(0, Number(field(row, "height").value)));
          return box;
        }),
      );
    }
  };

  const newRow = () => {
    const last = rows().at(-1);
    if (isEmpty(last)) return last;
    const row = last.cloneNode(true);
    for (const input of row.querySelectorAll("input")) input.value = "";
    field(row, "ground").value = field(last, "ground").value;
    row.id = `box-${rows().length + 1}`;
    row.querySelector("[data-no]").textContent = rows().length + 1;
    last.after(row);
    return row;
  };

  for (const drawn of form.querySelectorAll("[data-page]")) {
    let from;
    let row;
    const at = (event) => {
      const area = drawn.getBoundingClientRect();
      const part = (value, size) => Math.min(100, Math.max(0, (value / size) * 100));
      return [part(event.clientX - area.left, area.width), part(event.clientY - area.top, area.height)];
    };
    drawn.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      drawn.setPointerCapture(event.pointerId);
      from = at(event);
      row = newRow();
    });
    drawn.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = at(event);
      field(row, "page").value = drawn.dataset.page;
      field(row, "left").value = hundredths(Math.min(from[0], to[0]));
      field(row, "top").value = hundredths(Math.min(from[1], to[1]));
      field(row, "width").value = hundredths(Math.abs(from[0] - to[0]));
      field(row, "height").value = hundredths(Math.abs(from[1] - to[1]));
      show();
    });
    drawn.addEventListener("pointerup", () => {
      if (!from) return;
      from = undefined;
      // A click is no box.
      if (Number(field(row, "width").value) < 0.3 || Number(field(row, "height").value) < 0.3) {
        for (const name of shown) field(row, name).value = "";
      }
      show();
      form.dispatchEvent(new Event("input"));
    });
  }
  form.addEventListener("input", show);
  show();
}

countWords();
drawBoxes();
sendOnce();
letterBeside();
keepDraft();
keys();
tickAll();
focusErrors();
keepTyped();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
