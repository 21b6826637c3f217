// Only in pages of `cargo xtask serve`: reloads when another version has been built.
// The offline copy would bring the old version back, so it goes first.
(() => {
  "use strict";
  const address = new URL("version.txt", document.baseURI);
  const look = async () => {
    const version = await (await fetch(address, { cache: "no-store" })).text();
    if (version === globalThis.ep.version || !/^[0-9a-f]+$/.test(version)) return;
    const registrations = await navigator.serviceWorker?.getRegistrations() ?? [];
    await Promise.all(registrations.map((registration) => registration.unregister()));
    await Promise.all((await caches.keys()).filter((name) => name.startsWith("ep-")).map((name) => caches.delete(name)));
    location.reload();
  };
  setInterval(() => look().catch(() => {}), 700);
})();
