// Ticks a box, then goes to the first page of the engagement and to its dates. Arguments: how many times, the ids of the boxes.
// Gives for each round, in milliseconds, what the answers took until the first page stood, and until the dates stood.
async (times, ids) => {
  const { task, rest } = bench;
  const work = location.hash;
  const until = async (holds) => {
    while (!holds()) await rest(5);
    await task();
  };
  const there = (css) => () => document.querySelector(css) !== null;
  const rounds = [];
  for (let i = 0; i < times; i++) {
    const id = ids[i % ids.length];
    await until(there(`#${id}`));
    bench.noteAnswers();
    bench.answered = null;
    document.getElementById(id).click();
    await task();
    location.hash = work.split("/p/")[0];
    await until(there("main[data-route=engagement] .nexts li"));
    bench.noteAnswers();
    const first = bench.answered;
    location.hash += "/dates";
    await until(there("main[data-route=dates] [data-verdict]"));
    bench.noteAnswers();
    rounds.push([first, bench.answered]);
    location.hash = work;
  }
  await until(there(`#${ids[0]}`));
  return rounds;
}
