//! Who changed what, and when: everything, or one item; by person and by day. Any value can be brought back.

use super::frame::{Head, InEngagement, Tabs, crumbs_of};
use crate::{
    app::{
        components::{
            field::{SelectField, TextField},
            icon::Icon,
        },
        route::Route,
        taking_back,
        ui::{Ui, use_ui},
        value_text,
        words::W,
    },
    browser::{clock, page},
    engagement::{Change, Put, Shape, parse_day, shape_of},
    playbook::EngagementId,
    rules::{self, HistoryField, HistoryLine},
};
use leptos::prelude::*;
use serde_json::Value;

/// So many changes are drawn at first, and with each "more".
const AT_ONCE: usize = 50;

/// The person that stands for everybody in the choice.
const EVERYBODY: &str = "";
/// Before a name in the choice, since a name may be empty.
const NAMED: &str = "=";

/// The page of the history.
#[component]
pub fn HistoryPage(engagement: EngagementId, item: Option<(String, String)>) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let path = item.map(|(section, item)| vec![section, item]);
    let of = StoredValue::new(path.clone());
    let lines = Memo::new(move |_| {
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| rules::history(one, of.get_value().as_deref()))
                .unwrap_or_default()
        })
    });
    let (person, from, to) = (
        RwSignal::new(EVERYBODY.to_owned()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let shown = RwSignal::new(AT_ONCE);
    let found = Memo::new(move |_| {
        let (person, from, to) = (person.get(), parse_day(&from.get()), parse_day(&to.get()));
        let lets = |line: &&HistoryLine| {
            let day = clock::local_day(line.at);
            (person == EVERYBODY || person.strip_prefix(NAMED) == Some(&line.author))
                && from.is_none_or(|from| day >= from)
                && to.is_none_or(|to| day <= to)
        };
        lines.with(|lines| lines.iter().filter(lets).cloned().collect::<Vec<_>>())
    });
    let first = move || found.get().into_iter().take(shown.get()).collect::<Vec<_>>();
    let has_more = move || found.with(Vec::len) > shown.get();
    let people = Signal::derive(move || {
        let named = |name: String| (format!("{NAMED}{name}"), ui.author(&name));
        let all = std::iter::once((EVERYBODY.to_owned(), ui.word(W::everybody)));
        all.chain(lines.with(|lines| rules::people(lines)).into_iter().map(named))
            .collect()
    });
    let day = |signal: RwSignal<String>| {
        move |text: String| {
            signal.set(text);
            Ok(())
        }
    };
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::history))>
                <div class="row"><Steps/></div>
            </Head>
            <Tabs engagement=id.get_value()/>
            <section class="panel"><div class="body">
                <p>{ui.say(W::history_explained)}</p>
                {path.clone().map(|path| view! {
                    <p class="row">
                        <b>{move || ui.fill(W::history_of, &[("what", item_name(ui, &path))])}</b>
                        <a href=Route::History(id.get_value(), None).href()>{ui.say(W::whole_history)}</a>
                    </p>
                })}
                <div class="fields">
                    <SelectField id="person" label=Signal::derive(ui.say(W::person)) value=person options=people save=move |value: String| person.set(value)/>
                    <TextField id="from" label=Signal::derive(ui.say(W::from_day)) value=from kind="date" save=day(from)/>
                    <TextField id="to" label=Signal::derive(ui.say(W::to_day)) value=to kind="date" save=day(to)/>
                </div>
            </div></section>
            <p class="meta" role="status">{move || ui.count(W::n_changes, found.with(Vec::len), &[])}</p>
            <Show when=move || found.with(|found| !found.is_empty())>
                <section class="panel" aria-label=ui.say(W::history)><div class="body">
                    <ol class="lined" role="list">
                        <For
                            each=first
                            key=|line| (line.dot, line.fields.iter().map(|field| field.shows).collect::<Vec<_>>())
                            children=move |line| view! { <Line engagement=id.get_value() line=line/> }
                        />
                    </ol>
                    <Show when=has_more>
                        <button class="btn" type="button" on:click=move |_| shown.update(|shown| *shown += AT_ONCE)>{ui.say(W::show_more)}</button>
                    </Show>
                </div></section>
            </Show>
        </InEngagement>
    }
}

/// Takes back and does again what was done in this tab.
#[component]
fn Steps() -> impl IntoView {
    let ui = use_ui();
    view! {
        <button class="btn" type="button" aria-disabled=move || ui.store.last_step.get().is_none().to_string() on:click=move |_| taking_back::undo(ui)>
            {ui.say(W::undo)} " " <kbd>"Ctrl+Z"</kbd>
        </button>
        <button class="btn" type="button" aria-disabled=move || (!ui.store.can_redo.get()).to_string() on:click=move |_| taking_back::redo(ui)>
            {ui.say(W::redo)} " " <kbd>"Ctrl+Shift+Z"</kbd>
        </button>
    }
}

/// One change with the fields that it wrote.
#[component]
fn Line(engagement: EngagementId, line: HistoryLine) -> impl IntoView {
    let ui = use_ui();
    let at = line.at;
    let who = line.author.clone();
    let fields = line
        .fields
        .into_iter()
        .filter(|field| value_is_for_people(&field.path))
        .map(|field| view! { <FieldLine engagement=engagement.clone() field=field/> })
        .collect_view();
    view! {
        <li class="change">
            <p class="meta"><b><bdi>{move || ui.author(&who)}</bdi></b> " · " {move || ui.instant(at)}</p>
            <ul role="list">{fields}</ul>
        </li>
    }
}

/// What one field was and became, and a way back to it.
#[component]
fn FieldLine(engagement: EngagementId, field: HistoryField) -> impl IntoView {
    let ui = use_ui();
    let field = StoredValue::new(field);
    let removal = field.with_value(|field| is_removal(&field.path));
    let place =
        move || field.with_value(|field| value_text::place(ui, if removal { &field.path[..2] } else { &field.path }));
    let what = move || {
        field.with_value(|field| {
            let said = |value: Option<&Value>| value_text::value(ui, &field.path, value);
            match (&field.value, &field.before) {
                (Some(value), _) if removal => ui.word(if value.is_null() {
                    W::was_restored
                } else {
                    W::was_removed
                }),
                (None, _) => ui.word(W::too_long_to_keep),
                (value, Some(before)) => ui.fill(
                    W::from_to,
                    &[("before", said(Some(before))), ("after", said(value.as_ref()))],
                ),
                (value, None) => said(value.as_ref()),
            }
        })
    };
    let can_come_back = field.with_value(|field| field.value.is_some() && !field.shows && !removal);
    let item = field.with_value(|field| match field.path.as_slice() {
        [section, item, ..] => Some((section.clone(), item.clone())),
        _ => None,
    });
    let href = item.map(|item| Route::History(engagement.clone(), Some(item)).href());
    let bring_back = move |_| {
        let Some((path, value)) = field.with_value(|field| Some((field.path.clone(), field.value.clone()?))) else {
            return;
        };
        let put = Put {
            path: path.clone(),
            value,
            only_over: None,
        };
        ui.store.dispatch(&engagement, Change::Put(vec![put]));
        ui.tell_step(ui.fill(W::brought_back, &[("what", value_text::place(ui, &path))]));
        // The button goes with the line that is drawn anew.
        page::focus("title");
    };
    view! {
        <li>
            {match href {
                Some(href) => view! { <a href=href>{place}</a> }.into_any(),
                None => view! { <span>{place}</span> }.into_any(),
            }}
            ": " <span class="words" dir="auto">{what}</span>
            {can_come_back.then(|| view! {
                " " <button class="btn small" type="button" aria-label=move || format!("{}: {}", ui.word(W::bring_back), place()) on:click=bring_back>
                    <Icon name="undo"/>{ui.say(W::bring_back)}
                </button>
            })}
        </li>
    }
}

/// What the history of one item is headed with.
fn item_name(ui: Ui, path: &[String]) -> String {
    match path {
        [section, id] if section == "tasks" => {
            value_text::place(ui, &[section.clone(), id.clone(), "state".to_owned()])
        }
        _ => value_text::place(ui, path),
    }
}

fn is_removal(path: &[String]) -> bool {
    path.len() == 3 && path[2] == "removed"
}

/// What is written for the app's own use is left out: the state before a tick, what a handover has seen.
fn value_is_for_people(path: &[String]) -> bool {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    !matches!(names[..], ["tasks", _, "before" | "befores", ..])
        && (shape_of(&names) != Some(Shape::Dots) || is_removal(path))
}
