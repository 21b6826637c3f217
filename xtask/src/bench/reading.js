// Opens pages and changes the language. Arguments: what to do ("open" or "speak"), and with which pages or languages.
// Gives for each, in milliseconds: until the next frame is painted that shows it.
async (what, which) => {
  const { task, frame, rest } = bench;
  const shown = async (holds) => {
    for (let i = 0; i < 600; i++) {
      await frame();
      if (holds()) return task();
    }
    throw new Error("it does not show");
  };
  const times = [];
  for (const one of which) {
    if (what === "open") {
      location.hash = "#/playbook";
      await shown(() => document.querySelector("main[data-route=playbook]"));
      await rest(300);
      const start = performance.now();
      location.hash = `#/playbook/p/${one}`;
      times.push(await shown(() => document.querySelector(`main [data-process="${one}"] h1`)) - start);
      await shown(() => [...document.querySelectorAll(".step .guide")].length === document.querySelectorAll(".step").length);
    } else {
      const chosen = document.querySelector("#language");
      const before = document.querySelector("main").innerText;
      const start = performance.now();
      chosen.value = one;
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
      times.push(await shown(() => document.documentElement.lang === one && document.querySelector("main").innerText !== before) - start);
      await rest(300);
    }
  }
  return times;
}
