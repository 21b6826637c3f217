//! Engagement Playbook: the FastTrack partner playbook as an app that knows the customer. Unofficial.
//!
//! The playbook says what should be done. An engagement records what has been done. Every question about them is a function of
//! the two. An engagement changes in one way, [`engagement::Engagement::apply`], and combines with another copy of itself in one
//! way, [`engagement::merge`]. A file format turns it into text and back. Only one folder touches the browser, only one draws.
//!
//! # Where to start
//!
//! 1. [`engagement::Change`] is the list of everything a person can do.
//! 2. `engagement/register.rs` is one field, and how two copies of it meet; [`engagement::merge`] states the laws.
//! 3. `app/components/task_row.rs` is one tick on the screen.
//!
//! # The map
//!
//! | folder | what | may use |
//! | --- | --- | --- |
//! | [`playbook`] | what should be done: ids, structure, names, blocks, words, their checks | nothing |
//! | `content` | the data: facts and words as JSON; see its README | - |
//! | [`mod@gather`] | one function: collecting without the code of a sort | nothing |
//! | [`engagement`] | what has been done: change, record, register, stamp, merge, history | playbook |
//! | [`rules`] | questions about both: scope, progress, overview, next and today, tracks; calendar, deadlines, milestones, thresholds; entitlement status, 4+4; gates, completion; conditions, the tick, several tasks at once; the history as lines, the handover sheet, clocks that are off | engagement, playbook |
//! | [`exchange`] | text in, value out: the engagement file, its refusals, the preview, combining, the schema, holidays; back to an earlier copy; the handover sheet as Markdown | engagement, playbook |
//! | [`workspace`] | where work is kept: snapshots (small ones of what rests), journals, keeper, quarantine, trash, the second store, undo, drafts, backups, over any key-value store | exchange, engagement, playbook |
//! | `browser` | the outside world, thin: storage, IndexedDB, locks, files, clock, Intl, address | workspace, engagement, playbook |
//! | [`app`] | what the user sees (Leptos): store, route, words, pages, components; `later` is where the second wasm file begins | all of them |
//!
//! `playbook`, `engagement`, `rules`, `exchange` and `workspace` are pure: no browser, no clock, no chance. `tests/suite/house.rs`
//! holds these arrows.
//!
//! # One tick, from click to colleague
//!
//! `task_row` dispatches [`engagement::Change::SetTaskState`]; `app/store.rs` hands it to the [`workspace`], which stamps it,
//! applies it, and writes the tab's own journal in the same task; the append to the second store is started in it, too. Whoever
//! read that engagement is asked again. Other tabs hear of it and merge. An export is canonical JSON; the colleague's app previews it with the same `merge`.

#[cfg(any(feature = "page", not(target_arch = "wasm32")))]
pub mod app;
#[cfg(all(feature = "page", target_arch = "wasm32"))]
pub mod browser;
pub mod engagement;
pub mod exchange;
pub mod gather;
pub mod playbook;
pub mod rules;
pub mod workspace;
