"use strict";
(() => {
  const root = document.documentElement;
  const find = (query, from = document) => from.querySelector(query);
  const remembered = {
    get: () => { try { return localStorage.getItem("theme"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("theme", value); } catch { /* private */ } },
  };
  if (remembered.get()) root.dataset.theme = remembered.get();

  const shown = {};
  let told;
  const tell = (text) => {
    const place = find("#told");
    place.textContent = text;
    place.classList.add("on");
    clearTimeout(told);
    told = setTimeout(() => place.classList.remove("on"), 2600);
  };

  // What somebody is typing, and where they are, survives a refresh.
  const replace = (id, html) => {
    const place = document.getElementById(id);
    if (shown[id] === html) return;
    const first = shown[id] === undefined;
    shown[id] = html;
    const active = document.activeElement;
    const typed = [...place.querySelectorAll("input,textarea,select")].map((each) => [each.name, each.value]);
    const focused = place.contains(active) ? active : null;
    const key = focused && (focused.id || focused.name);
    const href = focused && focused.getAttribute("href");
    const selection = focused && "selectionStart" in focused ? focused.selectionStart : null;
    const known = new Set([...place.querySelectorAll(".row")].map((row) => row.dataset.number));
    const scroll = place.scrollTop;
    place.innerHTML = html;
    place.scrollTop = scroll;
    if (id !== "top" || (focused && focused.id === "search"))
      for (const [name, value] of typed) {
        const again = name && value && find(`[name="${CSS.escape(name)}"]`, place);
        if (again) again.value = value;
      }
    if (focused) {
      const again = (key && (document.getElementById(key) || find(`[name="${CSS.escape(key)}"]`, place)))
        || (href && find(`[href="${CSS.escape(href)}"]`, place));
      if (again) {
        again.focus({ preventScroll: true });
        if (selection !== null) try { again.setSelectionRange(selection, selection); } catch { /* no text */ }
      }
    }
    if (id === "list" && !first && known.size)
      for (const row of place.querySelectorAll(".row"))
        if (!known.has(row.dataset.number)) row.classList.add("fresh");
    if (id === "detail") {
      const thread = find("#thread");
      if (thread) thread.scrollTop = thread.scrollHeight;
    }
    if (id === "top") find("#live").classList.toggle("on", live);
  };

  let live = false;
  let asking = 0;
  const refresh = async () => {
    const number = ++asking;
    try {
      const reply = await fetch("/_wirebook/fragments" + location.search);
      const { parts } = await reply.json();
      if (number !== asking) return;
      for (const [id, html] of Object.entries(parts)) replace(id, html);
      const query = new URLSearchParams(location.search);
      document.body.dataset.tab = query.get("tab") || "messages";
      document.body.classList.toggle("reading", query.has("message") || query.has("exchange"));
    } catch { /* the event source says so */ }
  };

  const go = (href) => { history.pushState(null, "", href); return refresh(); };
  addEventListener("popstate", refresh);

  const ask = async (method, path, values) => {
    const reply = await fetch("/_wirebook/" + path, {
      method,
      headers: { "Content-Type": "application/json" },
      body: values === undefined ? undefined : JSON.stringify(values),
    });
    if (!reply.ok) tell((await reply.json()).error || "That did not work");
    return reply.ok;
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href^='?'], a[href='/']");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      await go(link.getAttribute("href"));
      return;
    }
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "theme") {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      remembered.set(root.dataset.theme);
    } else if (button.dataset.act === "deliver") {
      if (await ask("POST", `messages/${button.dataset.number}/deliver`, { state: button.dataset.state })) tell("Marked as " + button.dataset.state);
    } else if (button.dataset.act === "unforce") {
      if (await ask("DELETE", `scenarios/${button.dataset.number}`)) tell("Removed");
    }
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
    if (form.getAttribute("role") === "search") {
      await search(form);
    } else if (form.dataset.act === "reply") {
      if (await ask("POST", `messages/${form.dataset.number}/reply`, values)) { form.reset(); tell("Sent"); }
    } else if (form.dataset.act === "force") {
      if (await ask("POST", "scenarios", values)) { form.reset(); tell("In force"); }
    } else if (form.dataset.act === "callback") {
      if (await ask("PATCH", `providers/${form.dataset.provider}`, { callbacks: values.url ? { "*": values.url } : {} })) tell("Saved");
    }
  });

  const search = (form) => {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", "provider"]) {
      const value = form.elements[name].value;
      if (value) query.set(name, value); else query.delete(name);
    }
    history.replaceState(null, "", "?" + query);
    return refresh();
  };
  let typing;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "search") return;
    clearTimeout(typing);
    typing = setTimeout(() => search(event.target.form), 120);
  });
  document.addEventListener("change", (event) => { if (event.target.id === "provider") search(event.target.form); });

  const step = async (by) => {
    const rows = [...document.querySelectorAll(".row")];
    if (!rows.length) return;
    const now = rows.findIndex((row) => row.hasAttribute("aria-current"));
    const next = rows[Math.max(0, Math.min(rows.length - 1, now < 0 ? 0 : now + by))];
    const number = next.dataset.number;
    await go(next.getAttribute("href"));
    const row = find(`.row[data-number="${number}"]`);
    if (row) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" }); }
  };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.matches("input, textarea, select");
    if (writing && event.target.id === "answer" && event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape") {
      if (writing) { event.target.blur(); return; }
      const back = find(".back");
      if (back) go(back.getAttribute("href"));
      return;
    }
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
      "/": () => find("#search").focus(), r: () => { const answer = find("#answer"); if (answer) answer.focus(); },
    };
    const inside = event.target.closest("pre, .screen");
    if (keys[event.key] && !(inside && event.key.startsWith("Arrow"))) { event.preventDefault(); keys[event.key](); }
  });

  let waiting;
  let source;
  const listen = () => {
    source = new EventSource("/_wirebook/events");
    source.onopen = () => { live = true; find("#live").classList.add("on"); };
    source.onerror = () => { live = false; find("#live").classList.remove("on"); };
    source.onmessage = () => { clearTimeout(waiting); waiting = setTimeout(refresh, 30); };
  };
  listen();
  // A page that is left keeps its connection otherwise, and there are only six.
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) { listen(); refresh(); } });
  const thread = find("#thread");
  if (thread) thread.scrollTop = thread.scrollHeight;
})();
