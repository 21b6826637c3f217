//! A process: guidance and work in one place for a customer, or the playbook page without one.

use super::frame::{Crumbs, Head, InEngagement, Plain, customer_name};
use crate::{
    app::{
        components::{
            blocks::Blocks,
            check_list::CheckList,
            condition::{Ask, out_of_scope_text},
            filter::FilterBar,
            halves::Halves,
            history_link::HistoryLink,
            icon::Icon,
            prose::Prose,
            step_panel::StepPanel,
            term::{TermPop, Terms},
            toc::{Contents, Line, Neighbours},
            turn::turns,
            unfinished::{Unfinished, UnfinishedMark},
        },
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::{Change, LONGEST_TEXT},
    playbook::{EngagementId, Guidance, Place, Process, ProcessId, TaskId, Words},
    rules::{self, Closing::WithReason, GateState},
};
use leptos::prelude::*;
use std::sync::Arc;

/// A process of an engagement.
#[component]
pub fn Work(engagement: EngagementId, process: ProcessId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let Some(facts) = ui.structure().process(&process).cloned() else {
        return view! { <super::not_found::NotFound/> }.into_any();
    };
    let facts = StoredValue::new(facts);
    let crumbs = move || -> Crumbs {
        let phase = facts.with_value(|facts| ui.name(|names| names.phase(&facts.phase).to_owned()));
        let name = ui.store.with(&id.get_value(), |one| {
            one.map(|one| customer_name(ui, one)).unwrap_or_default()
        });
        vec![
            (ui.word(W::portfolio), Some(Route::Portfolio.href())),
            (name, Some(Route::Engagement(id.get_value()).href())),
            (phase, None),
        ]
    };
    let reason = Memo::new(move |_| {
        let overview = ui.overview(&id.get_value())?;
        overview
            .process(&facts.with_value(|facts| facts.id.clone()))?
            .scope
            .clone()
            .err()
    });
    let out = move || {
        reason.get().map(
            |reason| view! { <p class="banner"><Icon name="none"/><span>{out_of_scope_text(ui, &reason)}</span></p> },
        )
    };
    let filtering = RwSignal::new(false);
    Terms::provide(ui, &process);
    view! {
        <InEngagement engagement=engagement process=Some(process)>
            <Head crumbs=Signal::derive(crumbs) title=Signal::derive(move || title(ui, &facts.get_value()))>
                <div class="row">
                    <button class="btn" type="button" aria-expanded=move || filtering.get().to_string() on:click=move |_| filtering.update(|is| *is = !*is)>{ui.say(W::filter)}</button>
                    <Folding/>
                    <PrintButton/>
                    <CopyLink/>
                </div>
            </Head>
            <Summary process=facts.get_value().id/>
            {out}
            <Show when=move || filtering.get()><section class="panel"><div class="body"><FilterBar engagement=id.get_value()/></div></section></Show>
            <label class="row branches">
                <input class="check" type="checkbox" id="all-branches" prop:checked=move || ui.all_branches.get() on:change=move |event| ui.all_branches.set(event_target_checked(&event))/>
                {ui.say(W::show_all_branches)}
            </label>
            <Gate engagement=id.get_value() process=facts.get_value()/>
            <ProcessContents engagement=Some(id.get_value()) process=facts.get_value()/>
            <Page engagement=Some(id.get_value()) process=facts.get_value()/>
            <Neighbours process=facts.get_value().id engagement=Some(id.get_value())/>
            <TermPop/>
        </InEngagement>
    }
    .into_any()
}

/// A process of the playbook, with all its branches.
#[component]
pub fn Reading(process: ProcessId) -> impl IntoView {
    let ui = use_ui();
    let Some(facts) = ui.structure().process(&process).cloned() else {
        return view! { <super::not_found::NotFound/> }.into_any();
    };
    let facts = StoredValue::new(facts);
    Terms::provide(ui, &process);
    let crumbs = move || -> Crumbs {
        let phase = facts.with_value(|facts| ui.name(|names| names.phase(&facts.phase).to_owned()));
        vec![(ui.word(W::playbook), Some(Route::Playbook.href())), (phase, None)]
    };
    view! {
        <Plain>
            <div class="stack" data-process=process.to_string()>
                <Head crumbs=Signal::derive(crumbs) title=Signal::derive(move || title(ui, &facts.get_value()))><div class="row"><Folding/><PrintButton/><CopyLink/></div></Head>
                <Summary process=process.clone()/>
                <ProcessContents engagement=None process=facts.get_value()/>
                <Page engagement=None process=facts.get_value()/>
                <Neighbours process=process.clone() engagement=None/>
            </div>
            <TermPop/>
        </Plain>
    }
    .into_any()
}

fn title(ui: Ui, process: &Process) -> String {
    ui.name(|names| names.process(&process.id).to_owned())
}

/// A process within the whole playbook.
#[component]
pub fn Chapter(process: Process) -> impl IntoView {
    let ui = use_ui();
    let (id, shown) = (process.id.clone(), process.clone());
    view! {
        <article class="stack chapter" data-process=id.to_string()>
            <h2 class="chapter-title">{move || title(ui, &shown)}</h2>
            <Summary process=id.clone()/>
            <Page engagement=None process=process/>
        </article>
    }
}

/// What the page holds, with links.
#[component]
fn ProcessContents(engagement: Option<EngagementId>, process: Process) -> impl IntoView {
    let ui = use_ui();
    let part = |id: &'static str, word: W| -> Line { (Spot::Step(id.into()), Signal::derive(ui.say(word))) };
    let steps = process.steps.iter().map(|step| -> Line {
        let place = Place {
            process: process.id.clone(),
            step: step.id.clone(),
        };
        (Spot::Step(step.id.clone()), Signal::derive(move || ui.step(&place)))
    });
    let lines = std::iter::once(part(AIMS, W::purpose_and_objectives))
        .chain(steps)
        .chain([part(ENDS, W::key_outcomes), part(ONWARD, W::next_steps)])
        .collect();
    let open = engagement.is_none() && crate::browser::page::is_wide();
    let href = move |spot: Spot| {
        let process = process.id.clone();
        match &engagement {
            Some(engagement) => Route::Work(engagement.clone(), process, Some(spot)).href(),
            None => Route::Process(process, Some(spot)).href(),
        }
    };
    view! { <Contents href=href lines=lines open=open/> }
}

/// So many steps have room on a first screen.
const FIRST_STEPS: usize = 4;

/// The parts of a page that are no step, as they stand in addresses.
const AIMS: &str = "purpose";
const ENDS: &str = "key-outcomes";
const ONWARD: &str = "next-steps";

/// Folds and unfolds all steps.
#[component]
fn Folding() -> impl IntoView {
    let ui = use_ui();
    let open = RwSignal::new(true);
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        crate::browser::page::open_all("details.step", open.get_untracked());
    };
    let word = move || ui.word(if open.get() { W::fold_all } else { W::unfold_all });
    view! { <button class="btn" type="button" on:click=toggle>{word}</button> }
}

/// Prints the page, everything unfolded.
#[component]
pub fn PrintButton() -> impl IntoView {
    let ui = use_ui();
    view! { <button class="btn" type="button" on:click=move |_| crate::browser::page::print()>{ui.say(W::print_page)}</button> }
}

/// Copies the address of the page.
#[component]
pub fn CopyLink() -> impl IntoView {
    let ui = use_ui();
    let copy = move |_| ui.copy_link(&crate::browser::page::hash());
    view! { <button class="btn icon" type="button" aria-label=ui.say(W::copy_link) title=ui.say(W::copy_link) on:click=copy><Icon name="copy"/></button> }
}

#[component]
fn Summary(process: ProcessId) -> impl IntoView {
    let ui = use_ui();
    move || {
        let words = ui.words(&process)?;
        let text = words.get("summary").cloned()?;
        Some(view! { <p class="lead-text"><Prose process=process.clone() text=text key="summary"/></p> })
    }
}

/// How the process stands at its gate: what is missing, each entry a link; what should come first; closing and opening again.
#[component]
fn Gate(engagement: EngagementId, process: Process) -> impl IntoView {
    let ui = use_ui();
    let gate = {
        let (id, process, structure) = (engagement.clone(), process.clone(), ui.structure());
        Memo::new(move |_| {
            let guidance = ui.guidance(&process.id);
            ui.store.with(&id, |one| {
                one.map(|one| rules::gate(&structure, guidance.as_deref(), one, &process))
            })
        })
    };
    let is_done = Memo::new(move |_| gate.with(|gate| gate.as_ref().is_none_or(|gate| gate.missing.is_empty())));
    let state = Memo::new(move |_| gate.with(|gate| gate.as_ref().map(|gate| gate.state)));
    let look = move || gate_look(state.get().unwrap_or(GateState::Open));
    let questions = move || gate.get().map(|gate| gate.missing.questions).unwrap_or_default();
    let id = StoredValue::new(engagement);
    let of = StoredValue::new(process.id);
    view! {
        <section class="panel gate" aria-labelledby="gate-title" data-gate=move || look().3>
            <Show
                when=move || is_done.get()
                fallback=move || view! { <h2 id="gate-title"><Icon name="warning"/>{ui.say(W::missing_before_done)}</h2> }
            >
                <h2 id="gate-title" class="ok" data-group="closed"><Icon name="complete"/>{ui.say(W::nothing_missing)}</h2>
            </Show>
            <span class="flag" data-group=move || look().0><Icon name=Signal::derive(move || look().1)/>{move || ui.word(look().2)}</span>
            <ul role="list">{move || gate.get().map(|gate| gate_list(ui, id.get_value(), of.get_value(), &gate))}</ul>
            <For each=questions key=|question| question.clone() children=move |question| view! { <Ask engagement=id.get_value() question=question/> }/>
            <Closing engagement=id.get_value() process=of.get_value() gate=gate/>
        </section>
    }
}

/// Colour group, drawing, word and name in the page of a process at its gate.
fn gate_look(state: GateState) -> (&'static str, &'static str, W, &'static str) {
    match state {
        GateState::OutOfScope => ("none", "none", W::process_out_of_scope, "out-of-scope"),
        GateState::Open => ("open", "open", W::process_open, "open"),
        GateState::InProgress => ("active", "active", W::process_in_progress, "in-progress"),
        GateState::ReadyToClose => ("active", "check", W::process_ready, "ready"),
        GateState::Closed => ("closed", "complete", W::process_closed, "closed"),
        GateState::NewScope => ("warning", "warning", W::process_new_scope, "new-scope"),
    }
}

/// What is missing and what should come first, each entry a way to it.
fn gate_list(ui: Ui, engagement: EngagementId, process: ProcessId, gate: &rules::Gate) -> impl IntoView + use<> {
    let missing = &gate.missing;
    let line = |task: &TaskId, word: W| {
        let href = Route::Work(engagement.clone(), process.clone(), Some(Spot::Task(task.clone()))).href();
        let text = ui.fill(word, &[("task", task.to_string())]);
        view! { <li><Icon name="open"/><a href=href>{text}</a></li> }
    };
    let gates = missing
        .gates
        .iter()
        .map(|task| line(task, W::gate_task_n))
        .collect_view();
    let others = missing
        .mandatory
        .iter()
        .map(|task| line(task, W::task_n))
        .collect_view();
    let outcomes = missing.outcomes.first().map(|first| {
        let anchor = format!("block-{first}");
        let text = ui.count(W::n_outcomes_open, missing.outcomes.len(), &[]);
        view! { <li><Icon name="open"/><button class="aslink" type="button" on:click=move |_| { crate::browser::page::show(&anchor); }>{text}</button></li> }
    });
    let ending = Route::Completion(engagement.clone()).href();
    let discussions = missing.discussions.iter().map(|service| {
        let text = ui.fill(W::gate_discussion, &[("service", ui.service(service))]);
        view! { <li><Icon name="open"/><a href=ending.clone()>{text}</a></li> }
    });
    let discussions = discussions.collect_view();
    let first = gate.warnings.iter().map(|task| {
        let text = ui.fill(W::gate_comes_first, &[("task", task.to_string())]);
        view! { <li data-comes-first=task.to_string()><Icon name="warning"/><a href=ui.task_href(task)>{text}</a></li> }
    });
    view! { {gates} {others} {discussions} {outcomes} {first.collect_view()} }
}

/// Moves the focus to what a click brings, once it is drawn.
fn focus_soon(id: &'static str) {
    crate::browser::page::after_frame(move || crate::browser::page::focus(id));
}

/// Closes the process, with a written reason where something is missing; shows the closing on record; opens it again.
#[component]
fn Closing(engagement: EngagementId, process: ProcessId, gate: Memo<Option<rules::Gate>>) -> impl IntoView {
    let ui = use_ui();
    // The reason that was being written when the tab went.
    let unfinished = Unfinished::of(&format!("close-reason.{process}"), "");
    let reason = RwSignal::new(unfinished.text());
    let error = RwSignal::new(String::new());
    let halves = Halves::told_in(error);
    let asking = RwSignal::new(unfinished.back_once().is_some());
    let id = StoredValue::new((engagement, process));
    let give_up = Callback::new(move |()| {
        unfinished.over();
        reason.set(String::new());
        halves.over();
        asking.set(false);
        focus_soon("close-process");
    });
    let name = move || ui.name(|names| id.with_value(|(_, process)| names.process(process).to_owned()));
    let put = move |reason: String| {
        let (engagement, process) = id.get_value();
        let on = crate::browser::clock::today();
        ui.store
            .dispatch(&engagement, Change::CloseProcess { process, on, reason });
        ui.tell_step(ui.word(W::process_closed));
    };
    let wants_reason =
        Memo::new(move |_| gate.with(|gate| gate.as_ref().is_some_and(|gate| rules::may_close(gate) == WithReason)));
    let can_close = Memo::new(move |_| {
        gate.with(|gate| {
            gate.as_ref()
                .is_some_and(|gate| !matches!(gate.state, GateState::OutOfScope | GateState::Closed))
        })
    });
    let is_closed = Memo::new(move |_| gate.with(|gate| gate.as_ref().is_some_and(|gate| gate.closed.is_some())));
    let close = move |_| {
        if wants_reason.get_untracked() {
            asking.set(true);
            focus_soon("close-reason");
        } else {
            put(String::new());
            focus_soon("open-again");
        }
    };
    let close_all_the_same = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if halves.stand() {
            return crate::browser::page::focus("close-reason");
        }
        let words = reason.get_untracked().trim().to_owned();
        if words.is_empty() {
            error.set(ui.word(W::reason_wanted));
            return crate::browser::page::focus("close-reason");
        }
        if words.len() > LONGEST_TEXT {
            return error.set(ui.word(W::text_too_long));
        }
        put(words);
        unfinished.over();
        reason.set(String::new());
        asking.set(false);
        focus_soon("open-again");
    };
    let record = move || {
        let gate = gate.get()?;
        let closed = gate.closed?;
        let author = ui.author(&closed.by.map(|by| by.author).unwrap_or_default());
        let word = if gate.state == GateState::InProgress {
            W::gate_reopened
        } else {
            W::gate_closed_by
        };
        let because = (!closed.reason.is_empty()).then(|| {
            let text = ui.fill(W::gate_closed_because, &[("reason", closed.reason)]);
            view! { <p data-closed-reason="">{text}</p> }
        });
        let joined = (!gate.joined.is_empty()).then(|| {
            let text = ui.fill(W::gate_new_scope, &[("services", ui.services(&gate.joined))]);
            view! { <p data-new-scope=""><Icon name="warning"/>" "{text}</p> }
        });
        let by = ui.fill(word, &[("day", ui.day(closed.on)), ("author", author)]);
        Some(view! { <div class="wide"><p class="meta">{by}</p>{because}{joined}</div> })
    };
    view! {
        {record}
        <p class="row">
            <Show when=move || can_close.get() && !(asking.get() && wants_reason.get())>
                <button class="btn small" type="button" id="close-process" on:click=close>{ui.say(W::gate_close)}</button>
            </Show>
            <Show when=move || is_closed.get()>
                <button class="btn small" type="button" id="open-again" on:click=move |_| {
                    let (engagement, process) = id.get_value();
                    ui.store.dispatch(&engagement, Change::ReopenProcess(process));
                    focus_soon("close-process");
                }>{ui.say(W::gate_open_again)}</button>
                <HistoryLink engagement=id.get_value().0 section="processes" item=id.get_value().1.to_string() what=Signal::derive(name)/>
            </Show>
        </p>
        <Show when=move || can_close.get() && asking.get() && wants_reason.get()>
            <form class="field wide" on:submit=close_all_the_same novalidate>
                <label for="close-reason">{ui.say(W::gate_reason)}</label>
                <textarea
                    class="input"
                    id="close-reason"
                    rows="2"
                    dir="auto"
                    required
                    aria-describedby=move || if unfinished.is_back() { "close-reason-error close-reason-unfinished" } else { "close-reason-error" }
                    aria-invalid=move || (!error.with(String::is_empty)).then_some("true")
                    prop:value=move || reason.get()
                    on:input=move |event| {
                        if let Some(words) = halves.text_in(ui, &event) {
                            unfinished.typed("", &words);
                            reason.set(words);
                        }
                    }
                ></textarea>
                <UnfinishedMark of=unfinished field="close-reason" give_up=give_up focus="close-process"/>
                <span class="error" id="close-reason-error" role="alert">{move || error.get()}</span>
                <span class="row">
                    <button class="btn small" type="submit" id="close-all-the-same">{ui.say(W::gate_close_with_reason)}</button>
                    <button class="btn small quiet" type="button" on:click=move |_| give_up.run(())>{ui.say(W::cancel)}</button>
                </span>
            </form>
        </Show>
    }
}

/// Everything of a process below its title.
#[component]
fn Page(engagement: Option<EngagementId>, process: Process) -> impl IntoView {
    let ui = use_ui();
    // The first screen first: title and heads at once, then one step after the other.
    let all = process.steps.len();
    let turn = turns(ui, all + 1);
    let below = Memo::new(move |_| turn.get() > 0);
    let steps = process
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let place = Place {
                process: process.id.clone(),
                step: step.id.clone(),
            };
            let drawn = Memo::new(move |_| turn.get() > index);
            let (step, engagement) = (step.clone(), engagement.clone());
            let panel = move || {
                view! { <StepPanel number=index + 1 place=place.clone() step=step.clone() engagement=engagement.clone() drawn=drawn/> }
            };
            // Below the first screen even the heads come a frame later.
            if index < FIRST_STEPS {
                panel().into_any()
            } else {
                (move || below.get().then(&panel)).into_any()
            }
        })
        .collect_view();
    let last = Memo::new(move |_| turn.get() > all);
    let written = {
        let id = process.id.clone();
        move || Some((ui.guidance(&id)?, ui.words(&id)?))
    };
    let aims = {
        let (written, id, engagement) = (written.clone(), process.id.clone(), engagement.clone());
        let drawn = Memo::new(move |_| turn.get() > 0);
        move || {
            let (guidance, words) = drawn.get().then(&written).flatten()?;
            Some(view! { <Aims process=id.clone() engagement=engagement.clone() guidance=guidance words=words/> })
        }
    };
    let ends = {
        let (id, engagement) = (process.id.clone(), engagement.clone());
        move || {
            let (guidance, words) = last.get().then(&written).flatten()?;
            Some(view! { <Ends process=id.clone() engagement=engagement.clone() guidance=guidance words=words/> })
        }
    };
    view! {
        {aims}
        {steps}
        {ends}
        {move || last.get().then(|| view! { <Onward process=process.clone() engagement=engagement.clone()/> <History process=process.clone()/> })}
    }
}

/// Purpose and objectives, folded: those who know the process start with the steps.
#[component]
fn Aims(
    process: ProcessId,
    engagement: Option<EngagementId>,
    guidance: Arc<Guidance>,
    words: Arc<Words>,
) -> impl IntoView {
    let ui = use_ui();
    let open = engagement.is_none();
    view! {
        <details class="panel aims" id=Spot::Step(AIMS.into()).anchor() open=open>
            <summary><h2>{ui.say(W::purpose_and_objectives)}</h2><Icon name="down"/></summary>
            <div class="pair body guide">
                <div><h3>{ui.say(W::purpose)}</h3><Blocks process=process.clone() engagement=engagement.clone() blocks=guidance.purpose.clone() words=words.clone()/></div>
                <div><h3>{ui.say(W::objectives)}</h3><Blocks process=process engagement=engagement blocks=guidance.objectives.clone() words=words/></div>
            </div>
        </details>
    }
}

/// Key inputs and key outcomes.
#[component]
fn Ends(
    process: ProcessId,
    engagement: Option<EngagementId>,
    guidance: Arc<Guidance>,
    words: Arc<Words>,
) -> impl IntoView {
    let ui = use_ui();
    let panel = move |word: W, blocks: &Vec<crate::playbook::Block>| {
        (!blocks.is_empty()).then(|| view! {
            <section class="panel">
                <header><h2>{ui.say(word)}</h2></header>
                <div class="body"><CheckList process=process.clone() engagement=engagement.clone() blocks=blocks.clone() words=words.clone()/></div>
            </section>
        })
    };
    view! { <div class="pair" id=Spot::Step(ENDS.into()).anchor() tabindex="-1">{panel(W::key_inputs, &guidance.key_inputs)} {panel(W::key_outcomes, &guidance.key_outcomes)}</div> }
}

/// Where it goes on.
#[component]
fn Onward(process: Process, engagement: Option<EngagementId>) -> impl IntoView {
    let ui = use_ui();
    let id = process.id.clone();
    let text = {
        let (id, engagement) = (id.clone(), engagement.clone());
        move || {
            let (guidance, words) = (ui.guidance(&id)?, ui.words(&id)?);
            (!guidance.next.is_empty()).then(|| view! {
                <div class="guide"><Blocks process=id.clone() engagement=engagement.clone() blocks=guidance.next.clone() words=words/></div>
            })
        }
    };
    let links = process.next.clone().into_iter().map(|next| {
        let href = ui.href_at(&next, None);
        view! { <a href=href><b>{move || ui.name(|names| names.process(&next).to_owned())}</b><Icon name="right"/></a> }
    }).collect_view();
    view! {
        <section class="panel" id=Spot::Step(ONWARD.into()).anchor() tabindex="-1">
            <header><h2>{ui.say(W::next_steps)}</h2></header>
            <div class="body">{text} <div class="goto">{links}</div></div>
        </section>
    }
}

/// Edition, page date and change history.
#[component]
fn History(process: Process) -> impl IntoView {
    let ui = use_ui();
    let day = move |text: &str| crate::engagement::parse_day(text).map_or_else(|| text.to_owned(), |day| ui.day(day));
    let edition = ui.structure().edition.clone();
    let dated = process.source_date.clone();
    let rows = process.history.clone().into_iter().map(|revision| {
        let only = revision.only_in.clone();
        let only = move || (!only.is_empty()).then(|| {
            let names: Vec<String> = only.iter().map(|tag| crate::playbook::Language::parse(tag).map_or(tag.clone(), |one| one.own_name().to_owned())).collect();
            format!(" ({})", ui.row(&names))
        });
        let (date, change) = (revision.date.clone(), revision.change.clone());
        view! { <li><time>{move || day(&date)}</time> " " {move || ui.name(|names| names.change(&change).to_owned())}{only}</li> }
    }).collect_view();
    view! {
        <details class="more history">
            <summary>{move || ui.fill(W::edition_and_history, &[("edition", edition.clone()), ("day", day(&dated))])}</summary>
            <ul class="meta" role="list">{rows}</ul>
        </details>
    }
}
