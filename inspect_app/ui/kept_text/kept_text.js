// The browser's side of a kept text. Streamlit calls the function at the end when a text area is
// drawn, and again whenever what Python tells it (`data`) has changed, and for nothing else.
//
// What is typed goes into localStorage with every keystroke, and to the server when the typing
// pauses. Every sending has a number. The text leaves localStorage when the server answers with
// that number; until then it is sent again and again. Streamlit drops what is sent while it is
// disconnected, and a server that was started anew knows no text area before the whole page was
// drawn: that is what `wake` asks for.

const ROOT = "kept-text/";
const TAB = Math.random().toString(36).slice(2); // this page, until it is loaded again
const PAUSE = 700; // milliseconds after the last keystroke
const AT_MOST = 1800; // milliseconds after the first keystroke that is not sent
const PATIENCE = 4000; // milliseconds to wait for an answer; half as long again every time
const LONGEST = 10000;
const APART = 60; // milliseconds between two fields' sendings
const OLD = 30 * 24 * 3600 * 1000;
const OFFLINE = "Not kept yet: no connection. Your text is safe in this browser.";
const UNSAFE = "Not kept yet: no connection, and this browser cannot hold it. Leave the page open.";
const CHANGED = "Not kept yet: choose below which text stays.";

const fields = new Map(); // those in sight, by the element that each is drawn in
let wake = () => {};
let sendings = 0;
let free = 0; // when the next one may be sent

// Held for as long as this page lives: what another living page stores is that page's affair.
navigator.locks?.request(ROOT + TAB, () => new Promise(() => {}));

async function living() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map((lock) => lock.name.slice(ROOT.length)));
}

function nameOf({ owner, key }) {
  return `${ROOT}${encodeURIComponent(owner)}/${encodeURIComponent(key)}`;
}

function stored(prefix) {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
    return names.map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }));
  } catch {
    return []; // a browser that forbids it
  }
}

function drop(entries) {
  for (const { name } of entries) localStorage.removeItem(name);
}

function clock(at) {
  const on = new Date(at);
  const time = on.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (on.toDateString() === new Date().toDateString()) return time;
  return `${time} on ${on.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
}

// Blanks around a text may be taken away on the server.
function same(one, two) {
  return one.trim() === two.trim();
}

// Streamlit sends what happens at one moment together, and draws only one of the fields.
function inTurn(act) {
  const now = Date.now();
  free = Math.max(free + APART, now);
  if (free === now) act();
  else setTimeout(act, free - now);
}

// Setting what is there already would make screen readers say it again.
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function element(kind, text, ...inside) {
  const made = document.createElement(kind);
  made.append(text, ...inside);
  return made;
}

class Field {
  base = ""; // what the server held when we last agreed with it
  settled = ""; // what the area held then
  ours = new Set(); // sent since then: the server may hold any of these
  out = null; // what was sent last and is not answered
  typed = 0;
  said = "";
  refused = "";
  late = false;
  clashing = false;
  safe = true;
  patience = PATIENCE;
  leaving = new AbortController();

  constructor(root, name) {
    this.root = root;
    this.name = `${name}/`;
    this.area = root.querySelector("textarea");
    const on = (target, event, act) =>
      target.addEventListener(event, act, { capture: true, signal: this.leaving.signal });
    on(this.area, "input", () => this.type());
    on(this.area, "blur", () => this.blur());
    // Before the click, not with it: the page would not be drawn (see `inTurn`).
    on(document, "pointerdown", () => this.send(true));
    on(window, "pagehide", () => this.send(true));
    on(document, "visibilitychange", () => this.send(true));
    on(window, "online", () => this.late && this.again());
    for (const button of root.querySelectorAll("button"))
      on(button, "click", () => this.choose(button.value));
  }

  leave() {
    this.leaving.abort();
    for (const timer of [this.pausing, this.limit, this.waiting]) clearTimeout(timer);
    fields.delete(this.root);
  }

  hear(data, post) {
    const first = !this.data;
    this.data = data;
    this.post = post;
    if (first) {
      this.show(data.kept);
      this.recover();
    } else if (this.out?.number === data.heard) {
      this.answered();
    } else {
      this.compare();
    }
    this.draw();
  }

  dirty() {
    return this.area.value !== this.settled || this.ours.size > 0;
  }

  // The area's text and the server's are one; the caret stays where somebody has it.
  show(text) {
    const { selectionStart, selectionEnd } = this.area;
    this.area.value = text;
    if (this.area.matches(":focus")) this.area.setSelectionRange(selectionStart, selectionEnd);
    this.base = text;
    this.settled = this.area.value;
    this.ours.clear();
  }

  type() {
    this.typed = Date.now();
    this.said = this.refused = "";
    this.remember();
    this.schedule();
    this.draw();
  }

  // Streamlit opens a box over the page when the connection is gone, in the middle of a word. The
  // line under the text says it already: close the box, and miss no key until it has gone.
  blur() {
    this.send(true);
    const title = document.querySelector("[role=dialog] h2");
    if (title?.textContent !== "Connection error") return;
    const late = (event) => {
      if (event.key.length > 1 || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.area.setRangeText(event.key, this.area.selectionStart, this.area.selectionEnd, "end");
      this.type();
    };
    document.addEventListener("keydown", late, true);
    let tries = 100;
    const back = setInterval(() => {
      title.closest("[role=dialog]")?.querySelector("button")?.click();
      if (title.isConnected && (tries -= 1)) return;
      clearInterval(back);
      document.removeEventListener("keydown", late, true);
      this.area.focus();
    }, 10);
  }

  remember() {
    const { area, base, ours, typed } = this;
    const entry = { text: area.value, seen: base, sent: [...ours], at: typed };
    try {
      if (this.dirty()) localStorage.setItem(this.name + TAB, JSON.stringify(entry));
      else localStorage.removeItem(this.name + TAB);
      this.safe = true;
    } catch {
      this.safe = false; // full, or forbidden
    }
  }

  schedule() {
    clearTimeout(this.pausing);
    this.pausing = setTimeout(() => this.send(), PAUSE);
    this.limit ??= setTimeout(() => this.send(), AT_MOST);
  }

  // One at a time; in a `hurry`, when the page may be gone at any moment, also after another.
  send(hurry = false) {
    clearTimeout(this.pausing);
    clearTimeout(this.limit);
    this.pausing = this.limit = null;
    const text = this.area.value;
    if (this.clashing || this.refused || !this.dirty()) return;
    if (this.out && (!hurry || this.out.text === text)) return;
    const seen = this.out ? this.out.text : this.base;
    this.out = { number: `${TAB}-${(sendings += 1)}`, text };
    this.ours.add(text.trim());
    this.remember();
    const sent = { number: this.out.number, text, seen };
    inTurn(() => this.post("sent", sent));
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.unanswered(), this.patience);
    this.draw();
  }

  unanswered() {
    this.out = null;
    this.patience = Math.min(1.5 * this.patience, LONGEST);
    if (this.late) {
      inTurn(wake); // not the first time: the server may only be busy, and would have to begin anew
      this.schedule();
    } else {
      this.late = true;
      this.send();
    }
  }

  again() {
    this.out = null;
    this.send();
  }

  answered() {
    const { data, late } = this;
    const { text } = this.out;
    clearTimeout(this.waiting);
    this.out = null;
    this.late = false;
    this.patience = PATIENCE;
    this.refused = data.refused;
    if (data.refused) return;
    if (!data.clash) {
      this.base = data.answer ?? data.kept;
      this.settled = text;
      this.ours.clear();
      this.said ||= late ? "Connected again." : "";
    }
    this.compare();
    this.remember();
    if (this.dirty()) this.schedule();
    else this.recover();
  }

  // What the server holds, against what we last knew of it.
  compare() {
    const { kept } = this.data;
    this.clashing = false;
    if (kept === this.base) return;
    if (!this.dirty()) this.show(kept);
    else if (this.ours.has(kept.trim()) || same(kept, this.area.value)) this.base = kept;
    else this.clashing = true;
  }

  // Bring back what a page that is gone left behind: the oldest first, one at a time.
  async recover() {
    const tabs = await living();
    if (this.leaving.signal.aborted || this.dirty()) return;
    const left = stored(this.name).filter(({ name }) => {
      const tab = name.slice(this.name.length);
      return tab === TAB || !tabs.has(tab);
    });
    const [found] = left.sort((one, two) => one.at - two.at);
    if (!found) return;
    if (!same(found.text, this.data.kept)) return this.bringBack(found);
    drop([found]);
    this.recover();
  }

  bringBack(entry) {
    this.area.value = entry.text;
    this.base = entry.seen;
    this.ours = new Set(entry.sent);
    this.typed = entry.at;
    this.remember();
    if (entry.name !== this.name + TAB) drop([entry]);
    this.said = `Brought back what was typed here at ${clock(entry.at)} and had not reached the server.`;
    this.compare();
    this.send();
    this.draw();
  }

  choose(which) {
    const { kept } = this.data;
    clearTimeout(this.waiting);
    this.out = null;
    this.said = "";
    this.clashing = false;
    if (which === "other") this.show(kept);
    if (which === "both") this.area.value = [kept, this.area.value].filter(Boolean).join("\n\n");
    this.base = kept;
    this.ours.clear();
    this.remember();
    this.area.focus();
    this.send();
    this.draw();
  }

  // What the line says: first as a matter of routine, then what is read out to those who listen.
  line() {
    if (this.clashing) return ["", `${this.said} ${CHANGED}`.trim()];
    if (this.refused) return ["", `Not kept: ${this.refused}`];
    if (this.late && this.dirty()) return ["", this.safe ? OFFLINE : UNSAFE];
    if (this.dirty()) return [this.pausing ? "Typing…" : "Keeping…", this.said];
    return [this.data.at ? `Kept ${clock(this.data.at)}` : "", this.said];
  }

  draw() {
    const { data, root } = this;
    const [routine, news] = this.line();
    write(root.querySelector("label"), data.label);
    write(root.querySelector(".help"), data.help);
    write(root.querySelector(".routine"), routine);
    write(root.querySelector(".news"), news);
    this.area.style.setProperty("--lines", data.lines);
    root.querySelector(".clash").hidden = !this.clashing;
    write(root.querySelector("blockquote"), data.kept || "(empty)");
    this.drawNotes(root.querySelector(".notes"));
  }

  drawNotes(place) {
    const shown = JSON.stringify(this.data.notes);
    if (this.shown === shown) return;
    this.shown = shown;
    const items = this.data.notes.map(({ said, why, instead, quoted }) =>
      element("li", element("strong", `“${said}”`), quoted ? " (quoted from the file): " : ": ", why,
        element("span", quoted ? "" : ` ${instead}`)));
    place.replaceChildren(...(items.length ? [element("ul", "", ...items)] : []));
  }
}

function forget(prefix) {
  for (const field of [...fields.values()]) if (field.name.startsWith(prefix)) field.leave();
  drop(stored(prefix));
}

// What takes up no room on the page: it wakes the server, or forgets.
function unseen({ data, parentElement, setTriggerValue }) {
  parentElement.host.closest(".stElementContainer")?.style.setProperty("display", "none");
  if (data.forget) forget(nameOf(data));
  else wake = () => setTriggerValue("wake", sendings);
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  drop(stored(ROOT).filter((entry) => Date.now() - entry.at > OLD));
  if (data.unseen) return unseen(component);
  const root = parentElement.querySelector(".kept-text");
  const name = nameOf(data);
  if (fields.get(root)?.name !== `${name}/`) {
    fields.get(root)?.leave();
    fields.set(root, new Field(root, name));
  }
  const field = fields.get(root);
  field.hear(data, setTriggerValue);
  return () => field.leave();
}
