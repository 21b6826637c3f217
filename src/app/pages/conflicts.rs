//! Every field that carries several values, side by side: who wrote what and when, and what is to stay. Nothing is decided here
//! by itself, and what is left for later stays marked.

use super::frame::{Head, InEngagement, Tabs, crumbs_of};
use crate::{
    app::{
        components::icon::Icon,
        route::Route,
        ui::{Ui, use_ui},
        value_text,
        words::W,
    },
    browser::{clock, page},
    engagement::{Change, Claim, Conflict},
    playbook::{EngagementId, TaskId},
};
use leptos::prelude::*;

/// The page of conflicts.
#[component]
pub fn Conflicts(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let open = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| one.open_conflicts()).unwrap_or_default()
        })
    });
    let count = move || match open.with(Vec::len) {
        0 => ui.word(W::no_conflicts),
        count => ui.count(W::n_conflicts, count, &[]),
    };
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::conflicts))/>
            <Tabs engagement=id.get_value()/>
            <p role="status" id="open-conflicts">{count}</p>
            <Show when=move || !open.with(Vec::is_empty)>
                <p class="lead-text">{ui.say(W::both_kept)} " " {ui.say(W::choice_settles)}</p>
            </Show>
            <For each=move || open.get() key=Clone::clone children=move |conflict| view! { <SideBySide engagement=id.get_value() conflict=conflict open=open/> }/>
        </InEngagement>
    }
}

/// The id of a conflict in the page.
fn anchor(conflict: &Conflict) -> String {
    format!("conflict-{}", conflict.path.join("."))
}

/// Where the focus goes from a conflict: the next one, the first one after the last, the heading when it is the only one.
fn after(open: &[Conflict], path: &[String]) -> String {
    let place = open.iter().position(|one| one.path == path).unwrap_or_default();
    let next = open
        .iter()
        .cycle()
        .skip(place + 1)
        .take(open.len().saturating_sub(1))
        .next();
    next.map_or_else(|| "title".to_owned(), anchor)
}

/// Who wrote a value, and when.
#[must_use]
pub fn by_whom(ui: Ui, claim: &Claim) -> String {
    ui.row(&[ui.author(&claim.author), ui.instant(claim.at)])
}

/// Where a field is written in the app.
fn href_of(ui: Ui, engagement: &EngagementId, path: &[String]) -> String {
    let id = engagement.clone();
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    let route = match parts.as_slice() {
        ["tasks", task, ..] => match TaskId::parse(task) {
            Some(task) => return ui.task_href(&task),
            None => Route::Tasks(id),
        },
        ["notes", ..] => Route::Notes(id),
        ["services" | "readings" | "migrations" | "parts" | "scenarios", ..] => Route::Services(id),
        [
            "picture" | "goals" | "actions" | "metrics" | "measurements" | "meetings",
            ..,
        ] => Route::Plan(id),
        ["calendar" | "holidays", ..] => Route::Dates(id),
        ["completion", ..] => Route::Completion(id),
        ["checks" | "processes", process, ..] => match crate::playbook::ProcessId::parse(process) {
            Some(process) => Route::Work(id, process, None),
            None => Route::Engagement(id),
        },
        ["about", ..] => Route::About(id),
        _ => Route::Engagement(id),
    };
    route.href()
}

#[component]
fn SideBySide(engagement: EngagementId, conflict: Conflict, open: Memo<Vec<Conflict>>) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let anchor = anchor(&conflict);
    let tag = conflict.path.join(".");
    let heading = format!("h-{anchor}");
    let of = StoredValue::new(conflict.clone());
    let go_on = move || {
        let next = open.with_untracked(|open| of.with_value(|one| after(open, &one.path)));
        move || {
            page::after_frame(move || {
                page::show(&next);
            })
        }
    };
    let settle = move |changes: Vec<Change>, said: String| {
        let go = go_on();
        ui.store.dispatch_all(&id.get_value(), &changes);
        ui.tell(said);
        go();
    };
    let place = move || of.with_value(|one| value_text::place(ui, &one.path));
    let entry = {
        let conflict = conflict.clone();
        let words = move || {
            let entry = conflict.entry.as_ref().filter(|_| conflict.note().is_none());
            entry.map(|entry| value_text::value(ui, &conflict.path[..2], Some(entry)))
        };
        move || words().map(|text| view! { <p class="meta" dir="auto">{text}</p> })
    };
    let card = {
        let (anchor, heading) = (anchor.clone(), heading.clone());
        move |number: usize, claim: Claim| {
            let (value_id, heading) = (format!("{anchor}-{number}"), heading.clone());
            let claim = StoredValue::new(claim);
            let words = move || {
                claim.with_value(|claim| of.with_value(|one| value_text::value(ui, &one.path, Some(&claim.value))))
            };
            let keep = move |_| {
                let value = claim.with_value(|claim| claim.value.clone());
                let said = ui.fill(
                    W::kept_value,
                    &[("what", place()), ("value", value_text::shortened(&words()))],
                );
                settle(vec![of.with_value(|one| one.keep(&value))], said);
            };
            let label = move || {
                let author = claim.with_value(|claim| claim.author.clone());
                let me = ui.store.author.get();
                ui.word(match (author.is_empty(), author == me) {
                    (true, _) => W::keep_this,
                    (false, true) => W::keep_mine,
                    (false, false) => W::keep_theirs,
                })
            };
            view! {
                <li class="claim" data-claim=number.to_string()>
                    <p class="words" id=value_id.clone() dir="auto">{words}</p>
                    <p class="meta" dir="auto">{move || claim.with_value(|claim| by_whom(ui, claim))}</p>
                    {(number == 0).then(|| view! { <p><span class="tag">{ui.say(W::shows_now)}</span></p> })}
                    <button class="btn small" type="button" data-keep=number.to_string() aria-describedby=format!("{heading} {value_id}") on:click=keep>{label}</button>
                </li>
            }
        }
    };
    let cards = conflict.values.iter().cloned().enumerate();
    let cards = cards.map(|(number, claim)| card(number, claim)).collect_view();
    let texts_of_a_note = conflict.note().is_some()
        && conflict
            .values
            .iter()
            .all(|claim| claim.value.as_str().is_some_and(|text| !text.is_empty()));
    let both = move |_| {
        let changes = ui.store.with_untracked(&id.get_value(), |one| {
            one.map(|one| of.with_value(|conflict| conflict.keep_both(one, clock::new_note)))
        });
        if let Some(changes) = changes.filter(|changes| !changes.is_empty()) {
            settle(changes, ui.word(W::kept_both));
        }
    };
    let path = conflict.path.clone();
    view! {
        <section class="panel conflict" id=anchor.clone() data-conflict=tag tabindex="-1" aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone() dir="auto"><Icon name="clash"/>{place}</h2>
                <p><a href=move || href_of(ui, &id.get_value(), &path)>{ui.say(W::open_its_place)}</a></p>
            </header>
            <div class="body stack">
                {entry}
                <ul class="claims" role="list">{cards}</ul>
                <p class="row">
                    {texts_of_a_note.then(|| view! { <button class="btn small" type="button" data-keep="both" aria-describedby=heading.clone() on:click=both>{ui.say(W::keep_both)}</button> })}
                    <button class="btn small quiet" type="button" data-keep="later" aria-describedby=heading.clone() on:click=move |_| go_on()()>{ui.say(W::later)}</button>
                </p>
            </div>
        </section>
    }
}
