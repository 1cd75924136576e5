// What pages do better with a script: they wait for changes, keep what is being typed, send again when the net was gone, and time.
// Every page works without it, but for timed tasks. What an answer is and which trial counts is decided by the program, never here.

const $ = (selector) => document.querySelector(selector);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
document.documentElement.classList.add("script");

// ── Waiting ──

async function wait() {
  const from = document.body.dataset.wait;
  let seen = document.body.dataset.seen;
  while (from && document.body.dataset.wait === from) {
    try {
      const answer = await fetch(`${from}?seen=${seen}`, { cache: "no-store" });
      if (answer.status === 403 || answer.status === 404) return;
      if (!answer.ok) throw new Error(answer.status);
      const state = await answer.json();
      seen = state.seen;
      if (state.reload) return location.reload();
      if ("stage" in state) told(state);
    } catch {
      await pause(2000);
    }
  }
}

function told(state) {
  const main = $("main");
  if (acting) return;
  if (main && main.dataset.stage !== state.stage) {
    const place = new URL(location.href);
    place.searchParams.delete("wanting");
    return location.replace(place);
  }
  const finished = document.getElementById("finished");
  // What came of showing the room was said of those who had finished by then.
  if (finished && Number(finished.textContent) !== state.finished) $(".alert")?.remove();
  for (const name of ["joined", "waiting", "answering", "finished"]) {
    const shown = document.getElementById(name);
    if (shown) shown.textContent = state[name];
  }
  const bar = document.getElementById("progress");
  if (bar) {
    bar.value = state.progress;
    const label = $("label[for=progress]");
    if (label) label.textContent = label.textContent.replace(/\d+/, state.progress);
  }
}

// ── Sending: once, and again when the net was gone; the number in the form makes sure that it counts once ──

let sending = false;
// Whether the wall was told to do something: what comes of it is the answer, which no reload must take away.
let acting = false;

async function send(form, submitter, extra) {
  if (sending) return;
  sending = true;
  const fields = new URLSearchParams(new FormData(form));
  if (submitter) fields.set(submitter.name, submitter.value);
  for (const [name, value] of Object.entries(extra || {})) fields.set(name, value);
  let lost = null;
  for (;;) {
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector("main")) throw new Error("no page");
      if (lost) lost.remove();
      history.replaceState(null, "", answer.url);
      document.title = page.title;
      document.documentElement.lang = page.documentElement.lang;
      document.body.replaceWith(page.body);
      sending = false;
      scrollTo(0, 0);
      begin();
      const heading = $(".alert") || $("h1");
      if (heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      return;
    } catch {
      if (!lost) {
        lost = document.createElement("p");
        lost.className = "lost";
        lost.setAttribute("role", "status");
        lost.textContent = document.body.dataset.lost;
        document.body.append(lost);
      }
      await pause(1500);
    }
  }
}

// Browsers of before 2022 do not say which button sends a form; one that Enter stands for is clicked as well.
let pressed = null;
document.addEventListener("click", (event) => (pressed = event.target.closest("button[type=submit]")), true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  const place = new URL(form.action);
  acting = document.body.classList.contains("wall");
  if (place.pathname !== "/q") return;
  event.preventDefault();
  const enter = form.elements.namedItem("enter");
  if (enter && shownAt) enter.value = Math.max(0, Math.round(event.timeStamp - shownAt));
  send(form, event.submitter || pressed);
});

// ── Typing ──

let shownAt = 0;

function typing() {
  shownAt = 0;
  const timed = $("[data-timed]");
  if (timed) {
    requestAnimationFrame(() => requestAnimationFrame((stamp) => (shownAt = stamp)));
    timed.addEventListener("input", (event) => {
      const first = timed.form.elements.namedItem("first");
      if (first && !first.value && shownAt) first.value = Math.max(0, Math.round(event.timeStamp - shownAt));
    });
    // Whoever looked elsewhere meanwhile was not timed.
    document.addEventListener("visibilitychange", () => (shownAt = 0), { once: true });
  }
  const typed = $("[data-draft]");
  // What was typed before goes on at its end; left alone, the caret stands before it.
  if (typed) typed.setSelectionRange(typed.value.length, typed.value.length);
  if (matchMedia("(pointer: fine)").matches) $("[data-word]")?.focus();
  if (typed) {
    let due = 0;
    const keep = () => {
      clearTimeout(due);
      due = 0;
      if (!typed.form) return;
      const fields = new URLSearchParams(new FormData(typed.form));
      fetch("/draft", { method: "POST", body: fields, keepalive: true }).catch(() => {});
    };
    typed.addEventListener("input", () => {
      clearTimeout(due);
      due = setTimeout(keep, 1200);
    });
    addEventListener("pagehide", () => due && !sending && keep(), { once: true });
  }
  const parts = $(".parts");
  if (parts) {
    const left = parts.querySelector("[data-left]");
    const sum = () => {
      const given = [...parts.querySelectorAll("input")].reduce((all, one) => all + (Number(one.value) || 0), 0);
      left.textContent = `${left.dataset.left} ${Number(parts.dataset.total) - given}`;
    };
    parts.addEventListener("input", sum);
    sum();
  }
}

// ── The wall: a page holds whole parts of one section, and all pages have one size of letters ──

// The sections that are shown, each with its parts: a heading with what it is over, and that with the remarks below it.
let sections = [];

function partsOf(section) {
  const parts = [];
  for (const block of section.children) {
    const joins = block.matches("p.small") || /^H\d$/.test(parts.at(-1)?.at(-1).tagName);
    if (joins && parts.length) parts.at(-1).push(block);
    else parts.push([block]);
  }
  return { section, parts };
}

// Divides what is shown into pages in letters of this size: how many, and whether something is higher than its page.
function divided(size) {
  document.body.style.fontSize = `${size}px`;
  const bottom = $("main").getBoundingClientRect().bottom + scrollY;
  const below = document.documentElement.scrollHeight - bottom;
  let pages = 0, over = false;
  for (const { section, parts } of sections) {
    section.replaceChildren();
    const left = section === sections.at(-1).section ? below : 0;
    let page, room;
    const turn = () => {
      page = document.createElement("div");
      page.className = "leaf";
      section.append(page);
      room = innerHeight - left - (pages++ ? 0 : page.getBoundingClientRect().top + scrollY);
      page.style.minHeight = `${room}px`;
    };
    const full = () => page.getBoundingClientRect().height > room + 1;
    turn();
    for (const part of parts) {
      page.append(...part);
      if (full() && page.firstElementChild !== part[0]) {
        turn();
        page.append(...part);
      }
      over = full() || over;
    }
  }
  return { pages, over };
}

function paged() {
  const shown = $(".wall.shown main");
  if (!shown) return;
  const at = pageAt();
  if (!sections.length) sections = [...shown.querySelectorAll(":scope > section:not(.lead)")].map(partsOf);
  const [usual, least] = [0.019, 0.013].map((share) => Math.max(share * innerWidth, 18));
  const first = divided(usual);
  const fits = ({ pages, over }) => pages <= first.pages && !over;
  let size = usual;
  if (first.over) while (size > least && divided(size).over) size = Math.max(size - 1, least);
  else while (size < 1.3 * usual && fits(divided(size + 1))) size += 1;
  divided(size);
  if (at > 0) leaves()[at]?.scrollIntoView({ behavior: "instant" });
}

const leaves = () => [...document.querySelectorAll("main .leaf")];
const pageAt = () => leaves().findIndex((page) => page.getBoundingClientRect().bottom > 40);
addEventListener("resize", paged);

document.addEventListener("keydown", (event) => {
  if (!document.body.classList.contains("wall") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const press = (what) => $(`.controls button[value=${what}]`)?.click();
  const [pages, at] = [leaves(), pageAt()];
  const go = (to) => (to > 0 ? pages[Math.min(to, pages.length - 1)].scrollIntoView() : scrollTo(0, 0));
  if (event.key === "r" || event.key === "s") press("reveal");
  else if (event.key === "l") press("lock") ?? press("unlock");
  else if (event.key === "f") document.documentElement.requestFullscreen?.();
  else if (pages.length && ["ArrowRight", "ArrowDown", "PageDown"].includes(event.key)) {
    event.preventDefault();
    // What is taller than the screen is turned screen by screen.
    const below = (pages[at]?.getBoundingClientRect().bottom ?? 0) - innerHeight;
    if (below > 8) scrollBy(0, Math.min(0.85 * innerHeight, below + 8));
    else go(at + 1);
  } else if (pages.length && ["ArrowLeft", "ArrowUp", "PageUp"].includes(event.key)) {
    event.preventDefault();
    const top = pages[at]?.getBoundingClientRect().top ?? 0;
    const before = pages[at - 1]?.getBoundingClientRect().height ?? 0;
    if (top < -40) scrollBy(0, Math.max(-0.85 * innerHeight, top));
    else if (at <= 0) scrollTo(0, 0);
    else if (before > innerHeight) scrollBy(0, -0.85 * innerHeight);
    else go(at - 1);
  }
});

// ── Timed sorting ──

const WINDOW = 1500, FASTER = 500, FEEDBACK = 150, REPEAT = 100;
const KEYS = { e: "left", i: "right", ArrowLeft: "left", ArrowRight: "right" };
const median = (list) => (list.length ? [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] : 0);
const p95 = (list) => (list.length ? [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.95)] : 0);

// The smallest step that the clock takes.
function step() {
  let least = Infinity;
  for (let n = 0, before = performance.now(), until = before + 60; n < 400000 && before < until; n++) {
    const now = performance.now();
    if (now > before) least = Math.min(least, now - before);
    before = now;
  }
  return Number.isFinite(least) ? least : 60;
}

function sorting() {
  const card = document.getElementById("sort");
  const start = document.getElementById("begin");
  if (!card || !start) return;
  const block = JSON.parse(card.dataset.block);
  let again = 0;
  const frames = [];
  let last = 0;
  const measure = (stamp) => {
    if (last) frames.push(stamp - last);
    last = stamp;
    if (frames.length < 60 && card.isConnected && !document.getElementById("trial")) requestAnimationFrame(measure);
  };
  requestAnimationFrame(measure);
  const clock = step();
  start.addEventListener("click", () => run(card, block, { clock, frames, again: again++ }));
}

function run(card, block, measured) {
  const stage = document.createElement("div");
  stage.id = "trial";
  const put = (name, text) => {
    const part = document.createElement("div");
    part.className = name;
    part.textContent = text;
    stage.append(part);
    return part;
  };
  put("name", block.left.join(" / "));
  put("name", block.right.join(" / "));
  const word = put("word-shown", "");
  word.setAttribute("aria-live", "off");
  const pads = { left: put("pad", "E"), right: put("pad", "I") };
  document.body.append(stage);
  const events = [], delays = [], devices = new Set();
  let phase = "stimulus", since = 0, trial = 0, due = 0, over = false;
  let before = null, says = false, dropped = 0, lastFrame = 0;
  const usual = median(measured.frames) || 1000 / 60;

  // Every frame of the block is looked at, so that none is dropped unseen.
  const watch = (stamp) => {
    if (over) return;
    if (lastFrame && stamp - lastFrame > 1.6 * usual) dropped += Math.round((stamp - lastFrame) / usual) - 1;
    lastFrame = stamp;
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);

  // What is written in one frame can be seen when the next one begins.
  const show = (text, then) => {
    since = 0;
    requestAnimationFrame(() => {
      if (over) return;
      word.textContent = text;
      requestAnimationFrame((stamp) => {
        if (over) return;
        since = stamp;
        events.push({ shown: stamp });
        then(stamp);
      });
    });
  };
  const at = (time, then) => {
    clearTimeout(due);
    const late = () => (performance.now() >= time ? then() : (due = setTimeout(late, time - performance.now())));
    due = setTimeout(late, Math.max(0, time - performance.now()));
  };
  const next = () => {
    if (trial >= block.trials.length) return end();
    phase = "stimulus";
    show(block.trials[trial].stimulus, (stamp) => at(stamp + WINDOW, () => between("faster", card.dataset.faster, FASTER)));
  };
  const between = (what, text, long) => {
    phase = what;
    trial += 1;
    show(text, (stamp) => at(stamp + long, next));
  };
  const pressed = (side, event, device, repeat) => {
    event.preventDefault();
    if (over) return;
    const stamp = event.timeStamp;
    delays.push(Math.max(0, performance.now() - stamp));
    devices.add(device);
    events.push({ [side]: [stamp, repeat] });
    const gap = before && before.side === side ? stamp - before.stamp : Infinity;
    before = { side, stamp };
    if (repeat) {
      says = true;
      return;
    }
    if (!says && gap < REPEAT) return;
    if (phase === "stimulus" && since && stamp > since && stamp <= since + WINDOW) {
      between("feedback", block.trials[trial].key === side ? "✓" : "✗", FEEDBACK);
    }
  };
  const key = (event) => {
    if (event.key === "Escape") return broken();
    const side = KEYS[event.key] || KEYS[event.key.toLowerCase()];
    if (side) pressed(side, event, "keys", event.repeat);
  };
  const touch = (side) => (event) =>
    pressed(side, event, event.pointerType === "touch" ? "touch" : "pointer", false);
  pads.left.addEventListener("pointerdown", touch("left"));
  pads.right.addEventListener("pointerdown", touch("right"));
  const broken = () => {
    if (over) return;
    finish();
    const said = document.createElement("p");
    said.className = "alert";
    said.setAttribute("role", "alert");
    said.textContent = card.dataset.again;
    card.querySelector(".alert")?.remove();
    card.prepend(said);
  };
  const hidden = () => document.hidden && broken();
  const finish = () => {
    over = true;
    clearTimeout(due);
    removeEventListener("keydown", key);
    removeEventListener("blur", broken);
    removeEventListener("resize", broken);
    document.removeEventListener("visibilitychange", hidden);
    stage.remove();
  };
  const end = () => {
    finish();
    const sorted = {
      events, step: measured.clock, frame: usual, frame_p95: p95(measured.frames) || usual, dropped,
      delay: median(delays), device: devices.size === 1 ? [...devices][0] : devices.size ? "mixed" : "keys", again: measured.again,
    };
    card.querySelector(".alert")?.remove();
    send(card.closest("form"), null, { do: "answer", sorted: JSON.stringify(sorted) });
  };
  addEventListener("keydown", key);
  addEventListener("blur", broken);
  addEventListener("resize", broken);
  document.addEventListener("visibilitychange", hidden);
  next();
}

function begin() {
  typing();
  sorting();
  paged();
  wait();
}
begin();
