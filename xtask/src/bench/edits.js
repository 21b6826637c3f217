// Ticks and unticks boxes one after the other. Arguments: how many times, and the ids of the boxes.
// Gives for each edit, in milliseconds from the click: the journal written; "Saved" or better in the bar when all effects have run;
// the next frame painted; and what the answers about the engagement took of it. `null` where it did not happen.
async (times, ids) => {
  const { task, frame, rest } = bench;
  const edits = [];
  for (let i = 0; i < times; i++) {
    const box = document.getElementById(ids[i % ids.length]);
    bench.written = null;
    bench.answered = null;
    // Not in step with the frames: a person is not.
    await rest(20 + (i * 7) % 17);
    const start = performance.now();
    box.click();
    const painted = frame().then(task);
    const told = await task();
    const saved = document.querySelector("[data-save-state]").dataset.saveState !== "unsaved" ? told - start : null;
    const shown = (await painted) - start;
    bench.noteAnswers();
    edits.push([bench.written === null ? null : bench.written - start, saved, shown, bench.answered]);
  }
  return edits;
}
