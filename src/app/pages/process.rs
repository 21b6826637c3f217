//! A process: guidance and work in one place for a customer, or the playbook page without one.

use super::frame::{Crumbs, Head, InEngagement, Plain, customer_name};
use crate::{
    app::{
        components::{
            blocks::Blocks,
            check_list::CheckList,
            condition::{Ask, out_of_scope_text},
            filter::FilterBar,
            icon::Icon,
            prose::Prose,
            step_panel::StepPanel,
            term::{TermPop, Terms},
            toc::{Contents, Line, Neighbours},
            turn::turns,
        },
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    playbook::{EngagementId, Guidance, Place, Process, ProcessId, TaskId, Words},
    rules,
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

/// What is missing before the process is done, each entry a link.
#[component]
fn Gate(engagement: EngagementId, process: Process) -> impl IntoView {
    let ui = use_ui();
    let missing = {
        let (id, process, structure) = (engagement.clone(), process.clone(), ui.structure());
        Memo::new(move |_| {
            let guidance = ui.guidance(&process.id);
            ui.store.with(&id, |one| {
                one.map(|one| rules::missing(&structure, guidance.as_deref(), one, &process))
                    .unwrap_or_default()
            })
        })
    };
    let link = {
        let (id, process) = (engagement.clone(), process.id.clone());
        move |task: &TaskId| Route::Work(id.clone(), process.clone(), Some(Spot::Task(task.clone()))).href()
    };
    let list = move || {
        let missing = missing.get();
        let gates = missing
            .gates
            .iter()
            .map(|task| {
                let text = ui.fill(W::gate_task_n, &[("task", task.to_string())]);
                view! { <li><Icon name="open"/><a href=link(task)>{text}</a></li> }
            })
            .collect_view();
        let others = missing
            .mandatory
            .iter()
            .map(|task| {
                let text = ui.fill(W::task_n, &[("task", task.to_string())]);
                view! { <li><Icon name="open"/><a href=link(task)>{text}</a></li> }
            })
            .collect_view();
        let outcomes = missing.outcomes.first().map(|first| {
            let anchor = format!("block-{first}");
            let text = ui.count(W::n_outcomes_open, missing.outcomes.len(), &[]);
            view! { <li><Icon name="open"/><button class="aslink" type="button" on:click=move |_| { crate::browser::page::show(&anchor); }>{text}</button></li> }
        });
        view! { {gates} {others} {outcomes} }
    };
    let id = StoredValue::new(engagement);
    view! {
        <section class="panel gate" aria-labelledby="gate-title">
            <Show
                when=move || missing.with(|missing| missing.is_empty())
                fallback=move || view! { <h2 id="gate-title"><Icon name="warning"/>{ui.say(W::missing_before_done)}</h2> }
            >
                <h2 id="gate-title" class="ok" data-group="closed"><Icon name="complete"/>{ui.say(W::nothing_missing)}</h2>
            </Show>
            <ul role="list">{list}</ul>
            <For each=move || missing.get().questions key=|question| question.clone() children=move |question| view! { <Ask engagement=id.get_value() question=question/> }/>
        </section>
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
