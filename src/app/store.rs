//! Signals over the workspace: components read through `with` and write through `dispatch`; nothing else touches it.
//!
//! One trigger per engagement: whoever read an engagement is asked again when it changed, and only then. The workspace itself
//! is no signal; it is never copied to be looked at.

use crate::{
    browser::{clock, idb::Second, page, persistence, prefs, storage},
    engagement::{Change, Engagement, Put, merge},
    exchange,
    playbook::{EngagementId, Language},
    workspace::{
        Face, Kept, Notice, Refusal, Room, SafeState, SaveState, TakenBack, Workspace, deflated, inflated,
        reminder::SinceFile,
    },
};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Where the snapshot before the last import stands, made small: it may hold two hundred engagements.
const BEFORE_IMPORT: &str = "ep.before-import";
/// No snapshot is larger, in bytes: all that fits here is smaller.
const LARGEST_SNAPSHOT: usize = 128 << 20;
/// Set as long as nothing was changed since everything was handed out as a file.
const ALL_SHARED: &str = "ep.all-shared";
/// What was done since everything was handed out as a file.
const SINCE_FILE: &str = "ep.since-file";

/// The workspace of this browser.
pub type Desk = Workspace<storage::BrowserStore>;

/// Engagements and how they are kept; cheap to copy.
#[derive(Clone, Copy)]
pub struct Store {
    workspace: StoredValue<Desk, LocalStorage>,
    triggers: StoredValue<BTreeMap<EngagementId, ArcTrigger>>,
    list: Trigger,
    second: StoredValue<Option<Second>, LocalStorage>,
    /// The code that looks after the second store is there, and whether it is at it.
    pub(super) started: StoredValue<bool>,
    pub(super) tending: StoredValue<bool>,
    /// Whether something was changed since the last backup; not known at the start.
    pub(super) changed_since_backup: StoredValue<Option<bool>>,
    /// A backup was made.
    pub backed_up: Trigger,
    /// Whether everything is saved.
    pub save_state: RwSignal<SaveState>,
    /// Whether everything is in the second store too.
    pub safe_state: RwSignal<SafeState>,
    /// Whether everything, as it is now, was handed out as a file.
    pub all_shared: RwSignal<bool>,
    /// What was done since then, for the reminder.
    pub since_file: RwSignal<SinceFile>,
    /// When something was saved last, UTC milliseconds.
    pub saved_at: RwSignal<Option<i64>>,
    /// When the last file was handed out, UTC milliseconds.
    pub shared_at: RwSignal<Option<i64>>,
    /// What the user has to know about the storage.
    pub notices: RwSignal<Vec<Notice>>,
    /// The step that an undo would take back.
    pub last_step: RwSignal<Option<u64>>,
    /// Whether something that was taken back can be done again.
    pub can_redo: RwSignal<bool>,
    /// What came back from the other store has been read.
    pub recovery_seen: RwSignal<bool>,
    /// The user's name, as it goes with every change.
    pub author: RwSignal<String>,
    /// The name is asked for at the first edit, once.
    pub ask_name: RwSignal<bool>,
    /// Counts the replicas this tab has used: each wants its lock.
    pub replica_changed: Trigger,
}

impl Store {
    /// Signals over what was opened.
    #[must_use]
    pub fn new(desk: Desk, second: Option<Second>) -> Self {
        let store = Self {
            workspace: StoredValue::new_local(desk),
            second: StoredValue::new_local(second),
            started: StoredValue::new(false),
            tending: StoredValue::new(false),
            triggers: StoredValue::new(BTreeMap::new()),
            list: Trigger::new(),
            changed_since_backup: StoredValue::new(None),
            backed_up: Trigger::new(),
            save_state: RwSignal::new(SaveState::Saved),
            safe_state: RwSignal::new(SafeState::Absent),
            all_shared: RwSignal::new(!prefs::get_text(ALL_SHARED).is_empty()),
            since_file: RwSignal::new(SinceFile::parse(&prefs::get_text(SINCE_FILE))),
            saved_at: RwSignal::new(None),
            shared_at: RwSignal::new(prefs::get("ep.shared")),
            notices: RwSignal::new(Vec::new()),
            last_step: RwSignal::new(None),
            can_redo: RwSignal::new(false),
            recovery_seen: RwSignal::new(false),
            author: RwSignal::new(prefs::get_text("ep.author")),
            ask_name: RwSignal::new(false),
            replica_changed: Trigger::new(),
        };
        store.look(false);
        store
    }

    /// Reads one engagement; whoever reads here is asked again when it changes. Those in the trash are not there.
    pub fn with<T>(self, id: &EngagementId, read: impl FnOnce(Option<&Engagement>) -> T) -> T {
        self.trigger(id).track();
        self.with_untracked(id, read)
    }

    /// Reads one engagement once.
    pub fn with_untracked<T>(self, id: &EngagementId, read: impl FnOnce(Option<&Engagement>) -> T) -> T {
        self.workspace
            .with_value(|workspace| read(workspace.get(id).filter(|_| !workspace.is_trashed(id))))
    }

    /// What a list shows of one engagement, without reading more of it; asked again when it changes.
    #[must_use]
    pub fn face(self, id: &EngagementId) -> Option<Face> {
        self.trigger(id).track();
        self.read_untracked(|workspace| workspace.face(id))
    }

    /// Somebody looks at an engagement: its whole history is wanted.
    pub fn note_opened(self, id: &EngagementId) {
        self.change(|workspace| workspace.note_opened(id, clock::now()));
        self.deepened(std::slice::from_ref(id), || ());
    }

    /// Reads the workspace; whoever reads here is asked again when engagements come or go.
    pub fn read<T>(self, read: impl FnOnce(&Desk) -> T) -> T {
        self.list.track();
        self.read_untracked(read)
    }

    /// Reads the workspace once.
    pub fn read_untracked<T>(self, read: impl FnOnce(&Desk) -> T) -> T {
        self.workspace.with_value(read)
    }

    /// The engagements that are not in the trash.
    #[must_use]
    pub fn ids(self) -> Vec<EngagementId> {
        self.list.track();
        self.ids_untracked()
    }

    /// The engagements that are not in the trash, once.
    #[must_use]
    pub fn ids_untracked(self) -> Vec<EngagementId> {
        self.read_untracked(|workspace| workspace.ids().cloned().collect())
    }

    /// Does what a person did.
    pub fn dispatch(self, id: &EngagementId, change: Change) {
        self.dispatch_all(id, &[change]);
    }

    /// Does several things as one edit.
    pub fn dispatch_all(self, id: &EngagementId, changes: &[Change]) {
        let done = self
            .workspace
            .try_update_value(|workspace| workspace.apply(id, changes, clock::now()));
        if let Some(Ok(outcome)) = done
            && outcome.changed
        {
            self.edited(id);
        }
        self.look(true);
    }

    /// Takes back the last thing that was done here; `None` when there is none.
    ///
    /// # Errors
    /// When nothing was done.
    pub fn undo(self) -> Result<Option<TakenBack>, Refusal> {
        self.turn(|workspace| workspace.undo(clock::now()))
    }

    /// Does again what was taken back last; `None` when there is nothing.
    ///
    /// # Errors
    /// When nothing was done.
    pub fn redo(self) -> Result<Option<TakenBack>, Refusal> {
        self.turn(|workspace| workspace.redo(clock::now()))
    }

    fn turn(
        self,
        act: impl FnOnce(&mut Desk) -> Result<Option<TakenBack>, Refusal>,
    ) -> Result<Option<TakenBack>, Refusal> {
        let done = self.change(act);
        if let Ok(Some(taken)) = &done {
            for id in &taken.engagements {
                self.edited(id);
            }
            self.list.notify();
        }
        self.look(true);
        done
    }

    /// Begins an engagement.
    ///
    /// # Errors
    /// When there is no room for one more, or the storage is read-only.
    pub fn create(self, id: &EngagementId, changes: &[Change]) -> Result<(), Refusal> {
        let done = self.change(|workspace| workspace.create(id, changes, clock::now()).map(|_| ()));
        if done.is_ok() {
            self.edited(id);
            self.list.notify();
        }
        self.look(true);
        done
    }

    /// Takes in copies of engagements: all or none. A snapshot of those that change is kept first; when it cannot be written,
    /// nothing is done.
    ///
    /// # Errors
    /// When nothing was taken in.
    pub fn merge_in(self, engagements: &[Engagement]) -> Result<usize, Refusal> {
        self.import(engagements, &[])
    }

    /// Takes in copies of engagements, and writes what was chosen while looking at them: values for conflicts, or what another
    /// engagement of the same customer says. Returns how many engagements are other than before.
    ///
    /// # Errors
    /// When nothing was taken in.
    pub fn import(self, engagements: &[Engagement], chosen: &[(EngagementId, Vec<Put>)]) -> Result<usize, Refusal> {
        self.keep_snapshot(engagements, chosen)?;
        let changed = self.change(|workspace| workspace.import(engagements, chosen, clock::now()))?;
        self.note_changed(changed.iter().any(|id| !exchange::is_sample(id)));
        self.redraw(&changed);
        for (id, _) in chosen
            .iter()
            .filter(|(id, puts)| !puts.is_empty() && changed.contains(id))
        {
            self.edited(id);
        }
        self.look(true);
        Ok(changed.len())
    }

    /// Puts an engagement into the trash.
    ///
    /// # Errors
    /// When it stays where it is.
    pub fn trash(self, id: &EngagementId) -> Result<(), Refusal> {
        let done = self.change(|workspace| workspace.trash(id, clock::now()));
        self.redraw(&BTreeSet::from([id.clone()]));
        self.look(true);
        done
    }

    /// Takes an engagement out of the trash.
    ///
    /// # Errors
    /// When it stays there.
    pub fn restore(self, id: &EngagementId) -> Result<(), Refusal> {
        let done = self.change(|workspace| workspace.restore(id));
        self.redraw(&BTreeSet::from([id.clone()]));
        self.look(true);
        done
    }

    /// What was typed into a box and not saved, when it began from the value that stands there.
    #[must_use]
    pub fn draft(self, place: &str, committed: &str) -> Option<String> {
        self.read_untracked(|workspace| workspace.draft(place, committed))
    }

    /// Keeps what is typed into a box. It is no work yet: where there is no room for it, nothing is said.
    pub fn keep_draft(self, place: &str, committed: &str, text: &str) {
        let _ = self.change(|workspace| workspace.keep_draft(place, committed, text, clock::now()));
    }

    /// Forgets what was typed into a box: it is saved, or given up.
    pub fn drop_draft(self, place: &str) {
        let _ = self.change(|workspace| workspace.drop_draft(place));
    }

    /// Erases everything but the backups, for every tab.
    ///
    /// # Errors
    /// When something is still there.
    pub fn erase_all(self) -> Result<(), Refusal> {
        let ids: BTreeSet<EngagementId> = self.ids_untracked().into_iter().collect();
        prefs::set_text(BEFORE_IMPORT, "");
        self.count(|_| SinceFile::default());
        let done = self.change(|workspace| workspace.erase_all(clock::now()));
        self.redraw(&ids);
        self.look(true);
        done
    }

    /// Reads what other tabs have written: one key, or everything.
    pub fn hear(self, key: Option<&str>) {
        if key.is_none_or(|key| key == SINCE_FILE) {
            set_if_other(self.since_file, SinceFile::parse(&prefs::get_text(SINCE_FILE)));
        }
        let changed = self.change(|workspace| match key {
            Some(key) => workspace.hear_of(key, clock::now()),
            None => workspace.hear(clock::now()),
        });
        self.note_changed(changed.iter().any(|id| !exchange::is_sample(id)));
        self.redraw(&changed);
        self.look(false);
    }

    /// Tries again to write what could not be written.
    pub fn save(self) {
        self.change(|workspace| workspace.save());
        self.look(true);
    }

    /// A pass of the keeper.
    pub fn keep(self, dead: &[crate::engagement::stamp::ReplicaId]) -> Kept {
        let kept = self.change(|workspace| workspace.keep(clock::now(), dead));
        self.look(false);
        kept
    }

    /// How much room there is.
    #[must_use]
    pub fn room(self) -> Room {
        self.read(Workspace::room)
    }

    /// Whether what is kept outlives the tab.
    #[must_use]
    pub fn lasts(self) -> bool {
        self.read_untracked(|workspace| workspace.store().lasts())
    }

    /// Writes under another name from now on.
    pub fn set_author(self, name: &str) {
        prefs::set_text("ep.author", name);
        self.author.set(name.to_owned());
        self.sign();
    }

    /// Writes in another language from now on.
    pub fn write_in(self, language: Language) {
        let author = self.author.get_untracked();
        self.change(|workspace| workspace.sign(&author, language.tag()));
        self.replica_changed.notify();
    }

    /// Writes under a new replica from now on: after a freeze, or when the name changed.
    pub fn sign(self) {
        let author = self.author.get_untracked();
        let language = crate::browser::shell::chosen_language();
        self.change(|workspace| workspace.sign(&author, &language));
        self.replica_changed.notify();
    }

    /// A file was handed to the browser: with everything there is, or with a part of it.
    pub fn note_shared(self, at: i64, everything: bool) {
        prefs::set("ep.shared", &at);
        self.shared_at.set(Some(at));
        if everything {
            prefs::set_text(ALL_SHARED, "yes");
            self.all_shared.set(true);
            self.count(|_| SinceFile::default());
        }
    }

    /// Is quiet about files for a day.
    pub fn put_off_reminder(self) {
        self.count(|since| since.put_off(clock::now()));
    }

    /// What was done since the last file, by any tab.
    fn count(self, change: impl FnOnce(SinceFile) -> SinceFile) {
        let since = change(SinceFile::parse(&prefs::get_text(SINCE_FILE)));
        let nothing = since == SinceFile::default();
        let text = if nothing { String::new() } else { since.to_text() };
        prefs::set_text(SINCE_FILE, &text);
        set_if_other(self.since_file, since);
    }

    /// Something is other than in the last file.
    fn note_changed(self, changed: bool) {
        if changed {
            self.changed_since_backup.set_value(Some(true));
        }
        if changed && self.all_shared.get_untracked() {
            prefs::set_text(ALL_SHARED, "");
            self.all_shared.set(false);
        }
    }

    /// The second store, where there is one.
    pub(super) fn second(self) -> Option<Second> {
        self.second.get_value()
    }

    /// The second store came after all.
    pub(super) fn set_second(self, second: Second) {
        self.second.set_value(Some(second));
    }

    /// Whether there is a copy of what stood here before the last import.
    #[must_use]
    pub fn has_snapshot(self) -> bool {
        !prefs::get_text(BEFORE_IMPORT).is_empty()
    }

    /// What stood here before the last import, as a file: what to go back to.
    #[must_use]
    pub fn snapshot(self) -> Option<String> {
        inflated(&prefs::get_text(BEFORE_IMPORT), LARGEST_SNAPSHOT)
    }

    fn keep_snapshot(self, engagements: &[Engagement], chosen: &[(EngagementId, Vec<Put>)]) -> Result<(), Refusal> {
        if !self.lasts() {
            return Ok(());
        }
        let text = self.read_untracked(|workspace| {
            let merged = engagements.iter().filter_map(|theirs| {
                let mine = workspace.get(theirs.id())?;
                merge(mine, theirs).news_for_mine.then_some(mine)
            });
            let written = chosen.iter().filter_map(|(id, _)| workspace.get(id));
            let changing: BTreeMap<&EngagementId, &Engagement> =
                merged.chain(written).map(|one| (one.id(), one)).collect();
            let changing: Vec<&Engagement> = changing.into_values().collect();
            (!changing.is_empty()).then(|| exchange::export(&changing))
        });
        text.map_or(Ok(()), |text| {
            prefs::keep_text(BEFORE_IMPORT, &deflated(&text)).map_err(Refusal::Store)
        })
    }

    pub(super) fn change<T>(self, act: impl FnOnce(&mut Desk) -> T) -> T {
        self.workspace
            .try_update_value(act)
            .expect("the workspace lives as long as the page")
    }

    fn trigger(self, id: &EngagementId) -> ArcTrigger {
        let known = self.triggers.with_value(|triggers| triggers.get(id).cloned());
        known.unwrap_or_else(|| {
            let trigger = ArcTrigger::new();
            self.triggers.update_value(|triggers| {
                triggers.insert(id.clone(), trigger.clone());
            });
            trigger
        })
    }

    /// A person edited here.
    fn edited(self, id: &EngagementId) {
        self.trigger(id).notify();
        page::tell_tabs();
        let real = !exchange::is_sample(id);
        if real && self.lasts() && !prefs::get::<bool>("ep.asked-persist").unwrap_or(false) {
            prefs::set("ep.asked-persist", &true);
            leptos::task::spawn_local(async {
                let _ = persistence::ask().await;
            });
        }
        self.note_changed(real);
        if real {
            self.count(|since| since.edited(clock::now()));
        }
        if real && self.author.with_untracked(String::is_empty) && !prefs::get::<bool>("ep.asked-name").unwrap_or(false)
        {
            prefs::set("ep.asked-name", &true);
            self.ask_name.set(true);
        }
    }

    pub(super) fn redraw(self, changed: &BTreeSet<EngagementId>) {
        for id in changed {
            self.trigger(id).notify();
        }
        if !changed.is_empty() {
            self.list.notify();
        }
    }

    /// Everything may be other than it was.
    fn redraw_all(self) {
        let known: Vec<ArcTrigger> = self
            .triggers
            .with_value(|triggers| triggers.values().cloned().collect());
        for trigger in known {
            trigger.notify();
        }
        self.list.notify();
    }

    /// Takes over how saving stands, and what the workspace has to say; what waits for the second store is on its way.
    pub(super) fn look(self, wrote: bool) {
        self.append(false);
        let (state, notices, changed, steps) = self.change(|workspace| {
            (
                workspace.save_state(),
                workspace.take_notices(),
                workspace.take_changed(),
                (workspace.last_step(), workspace.can_redo()),
            )
        });
        self.redraw(&changed);
        set_if_other(self.last_step, steps.0);
        set_if_other(self.can_redo, steps.1);
        let state = match state {
            SaveState::Saved if !self.lasts() => SaveState::Unsaved(crate::workspace::StoreError::Blocked),
            state => state,
        };
        set_if_other(self.save_state, state);
        if wrote && state == SaveState::Saved {
            self.saved_at.set(Some(clock::now()));
        }
        if notices.contains(&Notice::NewReplica) {
            self.replica_changed.notify();
        }
        if notices.contains(&Notice::Erased) {
            self.redraw_all();
        }
        let told: Vec<Notice> = notices
            .into_iter()
            .filter(|notice| *notice != Notice::NewReplica)
            .collect();
        if !told.is_empty() {
            self.notices.update(|all| all.extend(told));
        }
    }
}

/// Sets a signal, and tells only when it is other than before.
pub fn set_if_other<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|before| *before != value) {
        signal.set(value);
    }
}
