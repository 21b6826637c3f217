// Runs in every page before its own scripts, and notes when things happen; times are milliseconds since the navigation.
(() => {
  const bench = (globalThis.bench = { ready: null, paint: null, long: [], files: [], written: null, answered: null });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "first-contentful-paint") bench.paint = entry.startTime;
  }).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) bench.long.push([entry.startTime, entry.duration]);
  }).observe({ type: "longtask", buffered: true });
  // How long the app took for its answers since `answered` was set to null; it measures each of them itself.
  const answers = (entries) => {
    for (const entry of entries) if (entry.name.startsWith("ep.")) bench.answered += entry.duration;
  };
  const answering = new PerformanceObserver((list) => answers(list.getEntries()));
  answering.observe({ type: "measure" });
  bench.noteAnswers = () => answers(answering.takeRecords());
  // The document is there before its element.
  new MutationObserver((_, observer) => {
    if (!document.documentElement?.hasAttribute("data-ready")) return;
    observer.disconnect();
    bench.ready = performance.now();
    bench.files = performance.getEntriesByType("resource").map((entry) => entry.name);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });

  // What the scripts of the bench wait for: a task after those that wait now, the next frame, some time, a state.
  bench.task = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(null);
  });
  bench.frame = () => new Promise((done) => requestAnimationFrame(done));
  bench.rest = (time) => new Promise((done) => setTimeout(done, time));
  // Looks every few milliseconds until something holds, for so long at most.
  bench.until = async (holds, most) => {
    for (const end = performance.now() + most; !holds() && performance.now() < end; ) await bench.rest(2);
  };

  // How large the memory of the module is, which all its files share.
  let memory = null;
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const instantiate = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await instantiate.apply(WebAssembly, given);
      memory = (made.instance ?? made).exports.memory ?? memory;
      return made;
    };
  }
  bench.wasm = () => memory?.buffer.byteLength ?? null;

  // When the last write of a journal has returned.
  const write = Storage.prototype.setItem;
  Storage.prototype.setItem = function setItem(key, value) {
    write.call(this, key, value);
    if (key.startsWith("ep.j.")) bench.written = performance.now();
  };
})();
