// Keeps one complete copy of one version, so that the app opens without a network and never from mixed files.
// `RELEASE` is written by `cargo xtask dist`: the version, and every file with its integrity.
// It never takes over by itself: a new version waits until a page asks for it.
"use strict";

const RELEASE = {{release}};
const SCOPE = new URL("./", self.location.href);
const PREFIX = `ep-${SCOPE.pathname}-`;
const CACHE = PREFIX + RELEASE.version;

// The page itself is stored under the address of the folder.
const SHELL = SCOPE.href;

// The page has no integrity, since hosts may add to it; it counts if it names this version. Its copy is a new response,
// because a redirected one (from index.html, say) may not answer a navigation.
const fetchShell = async () => {
  const response = await fetch(SHELL, { cache: "no-cache" });
  const text = await response.text();
  if (!response.ok || !text.includes(`"version":"${RELEASE.version}"`)) throw new Error("The page is of another version");
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
};

const fetchFile = async ([path, integrity]) => {
  const response = await fetch(new URL(path, SCOPE), { integrity });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
};

// Puts what is missing into the cache of this version. Rejects if anything cannot be had: then the installation fails,
// the version before goes on, and the next attempt continues from here.
const complete = async () => {
  const cache = await caches.open(CACHE);
  // Asked for once: at every start all of it is there.
  const there = new Set((await cache.keys()).map((request) => request.url));
  const put = async (url, get) => {
    if (!there.has(url)) await cache.put(url, await get());
  };
  await put(SHELL, fetchShell);
  await Promise.all(RELEASE.files.map((file) => put(new URL(file[0], SCOPE).href, () => fetchFile(file))));
};

// Deletes copies of other versions, except where an open page still needs one: every page holds a lock named after its
// copy for as long as it lives. Not while another version is on its way: its copy has no page yet.
const sweep = async () => {
  if (self.registration.installing || self.registration.waiting) return;
  for (const name of await caches.keys()) {
    const ours = name.startsWith(PREFIX) && !name.slice(PREFIX.length).includes("/");
    if (!ours || name === CACHE) continue;
    await navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && caches.delete(name));
  }
};

// A page of the version before may still ask for its own files: their names carry their hash, so nothing can be mixed up.
const stored = async (url) => {
  const own = await (await caches.open(CACHE)).match(url);
  if (own || !url.startsWith(new URL("assets/", SCOPE).href)) return own;
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const other = await (await caches.open(name)).match(url);
    if (other) return other;
  }
};

const answer = async (request) => {
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  const navigation = request.mode === "navigate";
  const page = navigation && (url.href === SHELL || url.href === `${SHELL}index.html`);
  const copy = await stored(page ? SHELL : url.href);
  if (copy) return copy;
  try {
    return await fetch(request);
  } catch (error) {
    const shell = navigation && (await stored(SHELL));
    if (shell) return shell;
    throw error;
  }
};

self.addEventListener("install", (event) => event.waitUntil(complete()));

self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), sweep()])));

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(SCOPE.href)) {
    event.respondWith(answer(event.request));
  }
});

self.addEventListener("message", (event) => {
  if (event.data?.ep === "activate") self.skipWaiting();
  if (event.data?.ep === "complete") {
    const done = complete().then(() => true, () => false);
    event.waitUntil(done.then((all) => event.ports[0]?.postMessage(all)).then(sweep));
  }
});
