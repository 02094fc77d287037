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
    // A preview opens beside the form, which stays to be sent; what is sent in pieces goes by itself.
    if (event.defaultPrevented || form.method !== "post" || event.submitter?.formTarget) return;
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

/** A block copied from a table goes into the cells from where it is pasted: rows by lines, columns by tabs. */
function pasteTables() {
  for (const table of document.querySelectorAll("table[data-grid]")) {
    table.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
      const cell = event.target.closest("td");
      if (!cell || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      const rows = [...table.tBodies[0].rows].slice(cell.parentElement.rowIndex - table.tBodies[0].rows[0].rowIndex);
      text.split("\n").forEach((line, down) => {
        line.split("\t").forEach((word, right) => {
          const input = rows[down]?.cells[cell.cellIndex + right]?.querySelector("input");
          if (input) input.value = word.trim();
        });
      });
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
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
    let over = false;
    let waiting;
    let going = new AbortController();
    const tell = (kept) => {
      const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      if (kept) said.textContent = zh ? `${now} 已自动保存` : `Saved by itself at ${now}`;
      else said.textContent = zh ? "刚才没有存上，请按“保存”" : "This was not saved just now: press Save";
    };
    const keep = async () => {
      clearTimeout(waiting);
      if (!typed || over) return;
      typed = false;
      const body = new URLSearchParams(new FormData(form));
      body.set("go", "keep");
      going = new AbortController();
      try {
        const answer = await fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual", signal: going.signal });
        typed ||= answer.status !== 204;
        // Led elsewhere: this draft was sent or is gone, and asking again every second would only be counted.
        over = answer.type === "opaqueredirect";
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

/** Bytes of a piece: a file that has no more goes with its form as ever. A multiple of the parts in which the server makes safe. */
const PIECE = 4 * 1024 * 1024;

/** What the browser remembers of uploads that are not done: under a digest, so that no name of a file is left behind. */
const uploads = {
  name: "dafu-upload-",
  days: 14,
  /** Told apart by address, name, size, time and both ends; whatever differs begins anew. */
  async key(to, file) {
    const told = [to, file.name, file.size, file.lastModified].join("\n");
    const bytes = new Uint8Array(await new Blob([told, file.slice(0, 65536), file.slice(-65536)]).arrayBuffer());
    // FNV-1a from two beginnings: `crypto.subtle` is not there on plain http.
    const digest = (begin) => bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 16777619), begin) >>> 0;
    return this.name + digest(2166136261).toString(16) + digest(84696351).toString(16);
  },
  // A browser may keep nothing at all: then an upload is gone on with as long as the page is open.
  get(key) {
    try { return localStorage.getItem(key)?.split(" ")[0]; } catch { return undefined; }
  },
  set(key, id) {
    try { localStorage.setItem(key, `${id} ${Date.now()}`); } catch { /* as above */ }
  },
  forget(key) {
    try { localStorage.removeItem(key); } catch { /* as above */ }
  },
  forgetOld() {
    try {
      const oldest = Date.now() - this.days * 86_400_000;
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(this.name) && Number(localStorage.getItem(key).split(" ")[1]) < oldest) this.forget(key);
      }
    } catch { /* as above */ }
  },
};

/** A file on its way, as the page shows it: how far it is, what holds it up, and two buttons. */
function showUpload(form, file) {
  const zh = document.documentElement.lang.startsWith("zh");
  const make = (tag, within, text = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    within.append(made);
    return made;
  };
  const box = make("div", form);
  box.className = "upload";
  make("p", box, file.name);
  const bar = make("progress", box);
  bar.max = file.size;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const share = make("span", box, "0%");
  share.setAttribute("aria-hidden", "true");
  const said = make("p", box);
  said.className = "small";
  said.setAttribute("role", "status");
  const hold = make("button", box, zh ? "暂停" : "Pause");
  const drop = make("button", box, zh ? "不传了" : "Do not send");
  for (const button of [hold, drop]) {
    button.type = "button";
    button.className = "quiet";
    button.setAttribute("aria-label", `${button.textContent} ${file.name}`);
  }
  const view = {
    held: false,
    dropped: false,
    stop: () => {},
    go: () => {},
    at(bytes) {
      bar.value = bytes;
      share.textContent = `${Math.floor((bytes / file.size) * 100)}%`;
    },
    tell(inChinese, inEnglish) {
      said.textContent = zh ? inChinese : inEnglish;
    },
    /** Waits until it may go on: a time, the line that is back, or the button. */
    waits(milliseconds) {
      return new Promise((go) => {
        const timer = milliseconds && setTimeout(go, milliseconds);
        this.go = () => (clearTimeout(timer), go());
      });
    },
    ended() {
      hold.remove();
      drop.remove();
    },
  };
  const name = () => {
    hold.textContent = view.held ? (zh ? "继续" : "Go on") : zh ? "暂停" : "Pause";
    hold.setAttribute("aria-label", `${hold.textContent} ${file.name}`);
  };
  hold.addEventListener("click", () => {
    view.held = !view.held;
    name();
    if (view.held) view.stop();
    else view.go();
  });
  drop.addEventListener("click", () => {
    view.dropped = true;
    view.held = false;
    view.stop();
    view.go();
  });
  addEventListener("online", () => !view.held && view.go());
  view.at(0);
  return view;
}

/** Asks the server, and gives its answer: `again` where it may be tried again, `why` where it may not. */
function askUpload(view, to, token, body, offset) {
  return new Promise((answer) => {
    const request = new XMLHttpRequest();
    request.open("POST", to);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Form-Token", token);
    if (offset !== undefined) {
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.setRequestHeader("Upload-Offset", offset);
      request.upload.addEventListener("progress", (event) => view.at(offset + event.loaded));
    }
    request.addEventListener("load", () => {
      let told;
      try { told = JSON.parse(request.responseText); } catch { /* a page: signed out, or a server in between */ }
      const wrong = told?.errors?.[0];
      // The line broke while the server listened, somebody else went on with it, or the server is not there.
      const again = request.status >= 500 || [408, 409, 429].includes(request.status) || (offset !== undefined && wrong?.pointer === "");
      if (request.status < 300 && told?.id) answer(told);
      else if (again) answer({ again: true });
      else answer({ why: wrong?.detail ?? told?.detail ?? "", signedOut: !told || request.status === 401 });
    });
    for (const broken of ["error", "abort", "timeout"]) request.addEventListener(broken, () => answer({ again: true }));
    view.stop = () => request.abort();
    request.send(body);
  });
}

/** Sends one file; its id once it is whole, nothing where it was given up or not taken. */
async function sendUpload(to, token, file, view) {
  const key = await uploads.key(to, file);
  let known = uploads.get(key);
  let pause = 1000;
  let state;
  while (!state?.complete) {
    if (view.dropped) {
      if (known) await askUpload(view, `${to}/${known}/end`, token, new URLSearchParams({ form_token: token }));
      uploads.forget(key);
      view.tell("已取消。", "Not sent.");
      return undefined;
    }
    if (view.held) {
      view.tell("已暂停。以后再选同一文件，也从这里继续。", "Paused. Choosing the same file later goes on from here as well.");
      await view.waits();
      continue;
    }
    if (state) {
      view.tell("正在上传…", "Sending…");
      const piece = file.slice(state.received, state.received + PIECE);
      state = await askUpload(view, `${to}/${known}`, token, piece, state.received);
    } else {
      const asked = { form_token: token, name: file.name, size: file.size, known: known ?? "" };
      state = await askUpload(view, to, token, new URLSearchParams(asked));
      if (state.id) uploads.set(key, (known = state.id));
    }
    if (state.id) {
      view.at(state.received);
      pause = 1000;
    } else if (state.again) {
      state = undefined;
      if (view.held || view.dropped) continue;
      view.tell("连接中断。已传的部分已保存，连上后自动继续。", "The line broke. What has been sent is kept, and it goes on by itself once the line is back.");
      await view.waits(pause);
      pause = Math.min(pause * 2, 30_000);
    } else {
      view.ended();
      if (state.signedOut) view.tell("登录已过期。重新登录后再选这个文件，从断开处继续。", "You were signed out. Sign in, choose this file again, and it goes on from here.");
      else view.tell(`没有收下：${state.why}`, `Not taken: ${state.why}`);
      if (!state.signedOut) uploads.forget(key);
      return undefined;
    }
  }
  view.ended();
  view.tell("已上传。", "Sent.");
  return known;
}

/** Sends the files one after the other; the ids of those that are whole. */
async function sendUploads(form, files) {
  const token = form.elements.form_token?.value ?? "";
  form.querySelectorAll(".upload").forEach((box) => box.remove());
  const views = files.map((file) => showUpload(form, file));
  const sent = [];
  for (const [place, file] of files.entries()) {
    const id = await sendUpload(form.dataset.upload, token, file, views[place]);
    if (id) sent.push(id);
  }
  return { sent, missing: views.filter((view) => !view.dropped).length - sent.length };
}

/** The form goes first, without the large files, and its receipt is shown: they follow from there. */
async function sendAfter(form, small, large) {
  const input = form.querySelector("input[type=file]");
  const body = new FormData(form);
  body.delete(input.name);
  for (const file of small.files) body.append(input.name, file, file.name);
  const answer = await fetch(form.action, { method: "POST", body });
  const receipt = new URL(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main form[data-upload]");
  if (receipt.pathname !== form.dataset.first || !next) {
    // Something is missing: the form is sent as ever, and its page tells what.
    input.files = small.files;
    form.submit();
    return;
  }
  document.title = page.title;
  history.replaceState(null, "", receipt);
  const main = document.querySelector("main");
  main.replaceWith(document.adoptNode(page.querySelector("main")));
  document.querySelector("main").focus();
  offerPrint();
  sendInPieces();
  const here = document.querySelector("main form[data-upload]");
  here.dataset.busy = "yes";
  const { sent, missing } = await sendUploads(here, large);
  delete here.dataset.busy;
  const added = new FormData();
  added.set("uploads", sent.join(" "));
  const put = () => fetch(here.action, { method: "POST", body: added });
  const later = () => new Promise((go) => setTimeout(go, 3000)).then(putSurely);
  const putSurely = () => put().then((answer) => answer.ok, later);
  const attached = sent.length > 0 && (await putSurely());
  const count = (name, more) => receipt.searchParams.set(name, Number(receipt.searchParams.get(name)) + more);
  if (attached) count("attached", sent.length);
  if (missing || (sent.length && !attached)) count("left_out", missing + (attached ? 0 : sent.length));
  // The number and the code stay on the page; loading it again gives the same.
  location.replace(receipt);
}

/** Sends large files in pieces: one whose line broke goes on by itself, and after the page was closed once it is chosen again. */
function sendInPieces() {
  uploads.forgetOld();
  for (const form of document.querySelectorAll("form[data-upload]")) {
    const input = form.querySelector("input[type=file]");
    form.addEventListener("submit", async (event) => {
      const large = [...input.files].filter((file) => file.size > PIECE);
      if (!form.dataset.busy && !large.length) return;
      event.preventDefault();
      if (form.dataset.busy) return;
      form.dataset.busy = "yes";
      const small = new DataTransfer();
      for (const file of input.files) if (file.size <= PIECE) small.items.add(file);
      try {
        if (form.dataset.first) {
          await sendAfter(form, small, large);
          return;
        }
        const { sent, missing } = await sendUploads(form, large);
        // What was not taken is told beside it, and nothing is put into the case before that was read.
        if (missing || (!sent.length && !small.files.length)) return;
        const named = document.createElement("input");
        named.type = "hidden";
        named.name = "uploads";
        named.value = sent.join(" ");
        // Before the files: whoever reads the form knows then what was sent before.
        form.prepend(named);
        input.files = small.files;
        form.submit();
      } catch {
        const zh = document.documentElement.lang.startsWith("zh");
        const said = form.querySelector("p[role=alert]") ?? document.createElement("p");
        said.className = "problem";
        said.setAttribute("role", "alert");
        said.textContent = zh ? "连接中断，没有提交。请再按一次。" : "The line broke and nothing was sent: press the button again.";
        form.append(said);
      } finally {
        delete form.dataset.busy;
      }
    });
  }
}

/** Buttons that print the page. */
function offerPrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

countWords();
drawBoxes();
sendInPieces();
sendOnce();
letterBeside();
keepDraft();
keys();
tickAll();
focusErrors();
keepTyped();
pasteTables();
offerPrint();
