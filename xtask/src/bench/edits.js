// Ticks and unticks boxes one after the other. Arguments: how many times, and the ids of the boxes.
// Gives for each edit, in milliseconds from the click: the journal written; "Saved" or better in the bar when all effects have run;
// the next frame painted; what the answers about the engagement took of it; and "Safe" or better in the bar. `null` where it
// did not happen.
async (times, ids) => {
  const { task, frame, rest, until } = bench;
  const state = document.querySelector("[data-save-state]");
  const isSafe = () => ["safe", "shared"].includes(state.dataset.saveState);
  // The word changes in the task of the edit, so that every "Safe" after a click is said of it.
  let safe = null;
  const observer = new MutationObserver(() => {
    if (isSafe()) safe ??= performance.now();
  });
  observer.observe(state, { attributeFilter: ["data-save-state"] });
  const edits = [];
  for (let i = 0; i < times; i++) {
    const box = document.getElementById(ids[i % ids.length]);
    bench.written = null;
    bench.answered = null;
    // Not in step with the frames: a person is not.
    await rest(20 + (i * 7) % 17);
    safe = null;
    const start = performance.now();
    box.click();
    const painted = frame().then(task);
    const told = await task();
    const saved = state.dataset.saveState !== "unsaved" ? told - start : null;
    const shown = (await painted) - start;
    bench.noteAnswers();
    await until(() => safe !== null, 5000);
    edits.push([bench.written === null ? null : bench.written - start, saved, shown, bench.answered, safe === null ? null : safe - start]);
  }
  observer.disconnect();
  return edits;
}
