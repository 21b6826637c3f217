// Before the app: theme and language before the first paint, content on its way while the wasm loads, the offline copy
// and its updates. After the app: a way to the data when it has died. What the app uses of it is `globalThis.ep`.
// One classic script, the same in the hosted page and in the single file. Comments on lines of their own only (xtask drops them).
//
//   ep.version        the version of this build
//   ep.single         whether this is the single file
//   ep.offered        tags of the languages that are offered
//   ep.language       the one to start in
//   ep.asset(path)    promise of the text of a content file, such as "names/de.json"
//   ep.part(name)     promise of a compiled module that the app loads later (xtask writes the calls)
//   ep.panicked(text) the app is dead: show the panel with the way to the data
//   ep.updateWaiting  whether a new version waits; the event "ep-update" on the window says when it becomes true
//   ep.applyUpdate()  change to it, and reload this tab once; save first
//
// On the html element: data-ready is set by the app when it stands, and takes the boot frame away; data-offline is
// "preparing", "ready" or "failed" once there is something to say ("ep-offline" on the window when it changes).
(() => {
  "use strict";

  const root = document.documentElement;
  const manifest = JSON.parse(document.getElementById("ep-manifest").textContent);
  const address = (path) => new URL(path, document.baseURI).href;
  const memo = new Map();
  const ep = (globalThis.ep = {
    version: manifest.version,
    single: Boolean(manifest.single),
    offered: manifest.offered,
    updateWaiting: false,
  });

  // ---- Preferences -------------------------------------------------------------------------------------------------

  // Storage can be blocked, and then even reading throws. The app stores preferences as JSON: `"de"` with its quotes.
  const stored = (key) => {
    try {
      const text = localStorage.getItem(key);
      return text?.startsWith('"') ? JSON.parse(text) : text;
    } catch {
      return null;
    }
  };

  const firstOffered = (tags) => {
    for (const tag of tags) {
      const base = String(tag).toLowerCase().split("-")[0];
      const ours = base === "zh" ? "zh-Hans" : base === "pt" ? "pt-BR" : base;
      if (ep.offered.includes(ours)) return ours;
    }
    return "en";
  };

  const chosen = stored("ep.language");
  ep.language = ep.offered.includes(chosen) ? chosen : firstOffered(navigator.languages ?? [navigator.language]);
  root.lang = ep.language;

  const theme = stored("ep.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  // ---- Content -----------------------------------------------------------------------------------------------------

  // Remembers a promise; a rejected one is forgotten, so that asking again tries again.
  const once = (key, make) => {
    if (!memo.has(key)) {
      const promise = make();
      memo.set(key, promise);
      promise.catch(() => memo.delete(key));
    }
    return memo.get(key);
  };

  const download = async (path) => {
    const hash = manifest.files[path];
    if (!hash) throw new Error(`There is no content file ${path}`);
    const response = await fetch(address(`assets/${path.replace(/\.json$/, `.${hash}.json`)}`));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.text();
  };

  // In the single file the payloads stand at the end, after this script.
  const parsed = new Promise((resolve) => {
    if (document.readyState !== "loading") resolve();
    else addEventListener("DOMContentLoaded", resolve, { once: true });
  });

  const bytes = (base64) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const binary = atob(base64);
    const out = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) out[i] = binary.charCodeAt(i);
    return out;
  };

  const payload = async (name, type) => {
    await parsed;
    const block = document.getElementById(`ep-payload-${name}`);
    if (!block) throw new Error(`There is no payload ${name}`);
    const packed = new Blob([bytes(block.textContent.trim())]).stream();
    const unpacked = packed.pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(unpacked, { headers: { "content-type": type } });
  };

  const unpack = async (path) => {
    await parsed;
    // Under the folder stands the language, as a folder (words/ja/...) or as the file (ui/ja.json); what has none is common.
    const language = path.split("/")[1]?.replace(/\.json$/, "");
    const pack = language && document.getElementById(`ep-payload-${language}`) ? language : "common";
    const files = await once(`pack ${pack}`, async () => (await payload(pack, "application/json")).json());
    if (!Object.hasOwn(files, path)) throw new Error(`There is no content file ${path}`);
    return files[path];
  };

  ep.asset = (path) => once(path, () => (ep.single ? unpack(path) : download(path)));

  // The first screen needs these in any case; asking now saves a round trip. Whoever asks later hears of a failure.
  for (const path of ["structure.json", `names/${ep.language}.json`, `ui/${ep.language}.json`]) {
    ep.asset(path).catch(() => {});
  }

  // ---- When the app has died ---------------------------------------------------------------------------------------

  const WORDS = {
    en: {
      title: "Something went wrong",
      text: "The app has stopped. What it called saved is still in this browser. Download a copy, then reload the page.",
      download: "Download my data", reload: "Reload", details: "Details", blocked: "The browser’s storage cannot be read.",
    },
    de: {
      title: "Etwas ist schiefgegangen",
      text: "Die App ist stehen geblieben. Was sie als gespeichert gemeldet hat, liegt weiterhin in diesem Browser. Laden Sie eine Kopie herunter und dann die Seite neu.",
      download: "Meine Daten herunterladen", reload: "Neu laden", details: "Details", blocked: "Der Speicher des Browsers ist nicht lesbar.",
    },
    ja: {
      title: "問題が発生しました",
      text: "アプリが停止しました。「保存済み」と表示された内容は、このブラウザーに残っています。コピーをダウンロードしてから、ページを再読み込みしてください。",
      download: "データをダウンロード", reload: "再読み込み", details: "詳細", blocked: "ブラウザーの保存領域を読み取れません。",
    },
    "zh-Hans": {
      title: "出现问题",
      text: "应用已停止运行。显示为“已保存”的内容仍在此浏览器中。请先下载副本，再重新加载页面。",
      download: "下载我的数据", reload: "重新加载", details: "详细信息", blocked: "无法读取浏览器存储。",
    },
  };

  // Everything of ours in localStorage, byte for byte.
  const rescue = () => {
    const keys = {};
    for (const key of Object.keys(localStorage).sort()) {
      if (key.startsWith("ep.")) keys[key] = localStorage.getItem(key);
    }
    return JSON.stringify({ format: "engagement-playbook.rescue", version: 1, app: ep.version, keys }, null, 1);
  };

  const element = (name, text, ...children) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  };

  const saveRescue = (words, status) => {
    try {
      const link = element("a");
      link.href = URL.createObjectURL(new Blob([rescue()], { type: "application/json" }));
      link.download = `engagement-playbook-rescue-${new Date().toISOString().slice(0, 10)}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      status.textContent = "";
    } catch {
      status.textContent = words.blocked;
    }
  };

  // The page behind it is left as it is: what stands in its text boxes can still be copied.
  const showPanel = (message) => {
    const language = WORDS[root.lang] ? root.lang : WORDS[ep.language] ? ep.language : "en";
    const words = WORDS[language];
    const save = element("button", words.download);
    const reload = element("button", words.reload);
    const status = element("p");
    save.className = "btn primary";
    reload.className = "btn";
    for (const button of [save, reload]) button.type = "button";
    save.onclick = () => saveRescue(words, status);
    reload.onclick = () => location.reload();
    const buttons = element("p", "", save, " ", reload);
    buttons.className = "row";
    const panel = element("section", "", element("h2", words.title), element("p", words.text), buttons, status,
      element("details", "", element("summary", words.details), element("pre", message)));
    panel.id = "ep-panic";
    panel.lang = language;
    panel.tabIndex = -1;
    panel.setAttribute("role", "alert");
    document.body.prepend(panel);
    panel.focus();
  };

  // The first message counts: a trap that follows a panic says less than the panic.
  ep.panicked = (message) => {
    console.error(`ep: ${message}`);
    parsed.then(() => document.getElementById("ep-panic") ?? showPanel(String(message)));
  };

  // Traps that no panic hook sees: stack overflow, memory, a second call into a dead instance.
  const Trap = globalThis.WebAssembly?.RuntimeError;
  const trapped = (error) => {
    if (Trap && error instanceof Trap) ep.panicked(error.stack ?? error);
  };
  addEventListener("error", (event) => trapped(event.error));
  addEventListener("unhandledrejection", (event) => trapped(event.reason));

  // ---- Start -------------------------------------------------------------------------------------------------------

  // Hosts that do not know the type of wasm cannot be compiled from while they send.
  const compile = async (sent) => {
    const response = await sent;
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    const known = response.headers.get("content-type")?.startsWith("application/wasm");
    return known ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  };

  // An address within the app needs more than the first screen: it is on its way before the app asks.
  ep.part = (name) => once(`part ${name}`, () =>
    compile(ep.single ? payload(name, "application/wasm") : fetch(address(manifest.parts[name]))));
  if (/^#\/./.test(location.hash)) {
    for (const name of Object.keys(manifest.parts ?? {})) ep.part(name).catch(() => {});
  }

  // The app finds the whole page when it starts, however fast it came.
  const run = async (bindings, wasm) => {
    try {
      const [init, module] = await Promise.all([bindings, compile(wasm), parsed]);
      await init({ module_or_path: module });
    } catch (error) {
      ep.panicked(error?.stack ?? error);
    }
  };

  // The inline module of the single file hands over its function; the hosted page imports it.
  if (ep.single) {
    ep.start = (init) => run(init, payload("wasm", "application/wasm"));
  } else {
    run(import(address(manifest.js)).then((module) => module.default), fetch(address(manifest.wasm)));
  }

  // ---- Offline, and new versions -----------------------------------------------------------------------------------

  let registration = null;
  let asked = false;

  const updateIsWaiting = () => {
    if (ep.updateWaiting) return;
    ep.updateWaiting = true;
    dispatchEvent(new CustomEvent("ep-update"));
  };

  // Only the tab that was asked reloads, and once. Without a waiting worker another tab has already switched: reload is enough.
  ep.applyUpdate = () => {
    const waiting = registration?.waiting;
    if (!waiting) return location.reload();
    asked = true;
    waiting.postMessage({ ep: "activate" });
  };

  const offline = (state) => {
    root.dataset.offline = state;
    dispatchEvent(new CustomEvent("ep-offline"));
  };

  // The active worker answers when it has every file, and fetches those it lacks first.
  const askForEverything = (worker) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => offline(event.data ? "ready" : "failed");
    worker.postMessage({ ep: "complete" }, [channel.port2]);
  };

  const watch = (worker) => {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && registration.active) updateIsWaiting();
      if (worker.state === "redundant" && !registration.active) offline("failed");
    });
  };

  const register = async () => {
    const workers = navigator.serviceWorker;
    let controlled = Boolean(workers.controller);
    workers.addEventListener("controllerchange", () => {
      if (asked) {
        asked = false;
        location.reload();
      } else if (controlled) {
        updateIsWaiting();
      }
      controlled = true;
    });
    registration = await workers.register(address("sw.js"), { updateViaCache: "none" });
    watch(registration.installing);
    const waits = () => registration.waiting && registration.active && updateIsWaiting();
    registration.addEventListener("updatefound", () => {
      watch(registration.installing);
      waits();
    });
    waits();
    askForEverything((await workers.ready).active);
    lookForUpdates();
  };

  // The browser looks on navigation only; a tab can stay open for weeks.
  const lookForUpdates = () => {
    let last = performance.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || performance.now() - last < 3600000) return;
      last = performance.now();
      registration.update().catch(() => {});
    });
  };

  const canWorkOffline = !ep.single && /^https?:$/.test(location.protocol) && "serviceWorker" in navigator;

  // While this page lives, the worker keeps the files of its version (see sw.js).
  if (canWorkOffline) {
    navigator.locks?.request(`ep-${new URL("./", document.baseURI).pathname}-${ep.version}`, { mode: "shared" },
      () => new Promise(() => {})).catch(() => {});
  }

  // The first visit pays for what it shows, then, at idle, for the offline copy.
  const whenReady = () => {
    document.getElementById("boot")?.remove();
    const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 200));
    if (!canWorkOffline) return;
    offline("preparing");
    // Refused where storage is blocked, in sandboxed frames, and where sw.js cannot be had.
    idle(() => register().catch(() => offline("failed")));
  };
  new MutationObserver((_, observer) => {
    if (!("ready" in root.dataset)) return;
    observer.disconnect();
    whenReady();
  }).observe(root, { attributeFilter: ["data-ready"] });
})();
