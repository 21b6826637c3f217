// What the bench does on the page of imports. Argument: what.
//
// "watch": from now on notes when the file is given, and how many milliseconds later its preview stands and is painted.
// "accept": agrees, and gives the milliseconds until the work is there, or `null` when the import is refused.
async (what) => {
  const { task, frame, until } = bench;
  const there = (css) => document.querySelector(css) !== null;
  if (what === "watch") {
    bench.preview = null;
    let given = null;
    document.addEventListener("change", () => (given = performance.now()), { capture: true, once: true });
    const observer = new MutationObserver(async () => {
      if (given === null || !there("#preview article") || !there("#accept")) return;
      observer.disconnect();
      await frame();
      bench.preview = (await task()) - given;
    });
    observer.observe(document.body, { subtree: true, childList: true });
    return null;
  }
  const refused = () => there("#import-error");
  const taken = () => there("main[data-route]:not([data-route=import])");
  const start = performance.now();
  document.getElementById("accept").click();
  await until(() => refused() || taken(), 25000);
  return taken() ? (await task()) - start : null;
}
