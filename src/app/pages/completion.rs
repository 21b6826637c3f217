//! The end of an engagement as a guided page: each step with its fields, or with the reason why it has to wait.
//!
//! What may be done when is decided by `rules::completion`. A refused release is said beside its field and writes nothing.

use super::{
    about::{Services, refusal_text},
    frame::{Head, InEngagement, Tabs, crumbs_of},
};
use crate::{
    app::{
        components::{
            condition::Ask,
            datum::{DatumField, Kind, of_engagement, of_service, shown},
            field::{SelectField, TextField},
            icon::Icon,
            locked::lock_text,
            note_list::NoteList,
            task_details::read_day,
        },
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    browser::{clock, page},
    engagement::{Change, Datum, Engagement, Field, ServiceField},
    playbook::{EngagementId, Fact, ProcessId, ServiceId, TaskId},
    rules::{self, Action, Branch, Completion, Question, Standing},
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The completion of an engagement, step by step.
#[component]
pub fn Ending(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let structure = ui.structure();
    let end = Memo::new(move |_| {
        let today = ui.today.get();
        ui.store.with(&id.get_value(), |one| {
            one.map(|one| rules::completion(&structure, one, today))
        })
    });
    let lead = move || {
        end.with(|end| {
            let kind = end.as_ref().map(|end| end.kind)?;
            let task = |name, number: &str| (name, number.to_owned());
            Some(match kind {
                rules::Kind::Enablement => ui.fill(W::end_after_enablement, &[task("task", "4058")]),
                rules::Kind::Migration => {
                    ui.fill(W::end_after_migration, &[task("first", "4058"), task("second", "4060")])
                }
                rules::Kind::SuccessReview => ui.fill(W::end_after_review, &[task("task", "3735")]),
            })
        })
    };
    let question = Memo::new(move |_| end.with(|end| end.as_ref().and_then(|end| end.question.clone())));
    let actions = Memo::new(move |_| {
        end.with(|end| {
            let steps = end.iter().flat_map(|end| &end.steps);
            steps.map(|step| step.action.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::completion))/>
            <Tabs engagement=id.get_value()/>
            <p class="lead-text">{lead}</p>
            {move || question.get().map(|question| view! { <section class="panel"><div class="body"><Ask engagement=id.get_value() question=question/></div></section> })}
            <ol class="stack" role="list" data-completion="">
                <For each=move || actions.get() key=tag children=move |action| view! { <Step engagement=id.get_value() action=action end=end/> }/>
            </ol>
            <FollowOn engagement=id.get_value()/>
        </InEngagement>
    }
}

/// What tells one step from the others, in the page and in its address.
fn tag(action: &Action) -> String {
    match action {
        Action::AccountTeamMail(Branch::Known) => "account-team-mail".to_owned(),
        Action::AccountTeamMail(Branch::Unknown) => "account-team-unknown".to_owned(),
        Action::AccountTeamMail(Branch::Ask) => "account-team-question".to_owned(),
        Action::Discussion(service) => format!("discussion-{service}"),
        Action::AnotherWorkload => "another-workload".to_owned(),
        Action::CustomerMail => "customer-mail".to_owned(),
        Action::Task(task) => format!("task-{task}"),
        Action::Notes(process) => format!("notes-{process}"),
        Action::QueueMail => "queue-mail".to_owned(),
        Action::QueueMove => "queue-move".to_owned(),
        Action::Release => "release".to_owned(),
        Action::NextAction => "next-action".to_owned(),
        Action::ServiceStatus => "service-status".to_owned(),
        Action::ReviewOutcome => "review-outcome".to_owned(),
        Action::Close => "close".to_owned(),
    }
}

fn title(ui: Ui, action: &Action) -> String {
    match action {
        Action::AccountTeamMail(_) => ui.word(W::end_account_team_mail),
        Action::Discussion(service) => ui.fill(W::end_discussion, &[("service", ui.service(service))]),
        Action::AnotherWorkload => ui.word(W::end_another_workload),
        Action::CustomerMail => ui.word(W::end_customer_mail),
        Action::Task(task) => ui.fill(W::task_n, &[("task", task.to_string())]),
        Action::Notes(_) => ui.word(W::notes),
        Action::QueueMail => ui.word(W::end_queue_mail),
        Action::QueueMove => ui.word(W::end_queue_move),
        Action::Release => ui.word(W::end_release),
        Action::NextAction => ui.word(W::end_next_action),
        Action::ServiceStatus => ui.word(W::end_service_status),
        Action::ReviewOutcome => ui.word(W::end_review_outcome),
        Action::Close => ui.word(W::end_close),
    }
}

/// Colour group, drawing, word and name in the page of how a step stands.
fn look(standing: &Standing) -> (&'static str, &'static str, W, &'static str) {
    match standing {
        Standing::Done => ("closed", "complete", W::end_done, "done"),
        Standing::Next => ("active", "active", W::end_next, "next"),
        Standing::Locked(_) => ("waiting", "waiting", W::end_locked, "locked"),
        Standing::NotNeeded => ("none", "none", W::end_not_needed, "not-needed"),
    }
}

type End = Memo<Option<Completion>>;

/// A step: its title, how it stands, why it has to wait, and its fields.
#[component]
fn Step(engagement: EngagementId, action: Action, end: End) -> impl IntoView {
    let ui = use_ui();
    let of = action.clone();
    let standing =
        Memo::new(move |_| end.with(|end| end.as_ref().map_or(Standing::NotNeeded, |end| end.standing(&of))));
    let (tag, named) = (tag(&action), action.clone());
    let heading = format!("end-{tag}");
    let why = move || match standing.get() {
        Standing::Locked(lock) => Some(lock_text(ui, &lock)),
        _ => None,
    };
    // What is recorded can be corrected, and what unlocks a step stands in it.
    let always = matches!(
        action,
        Action::Release | Action::Discussion(_) | Action::AccountTeamMail(_) | Action::Task(_)
    );
    let open = Memo::new(move |_| always || !matches!(standing.get(), Standing::Locked(_)));
    let fields = StoredValue::new((engagement, action));
    view! {
        <li class="panel" data-end=tag data-standing=move || look(&standing.get()).3>
            <header>
                <h2 id=heading tabindex="-1">{move || title(ui, &named)}</h2>
                <span class="flag" data-group=move || look(&standing.get()).0><Icon name=Signal::derive(move || look(&standing.get()).1)/>{move || ui.word(look(&standing.get()).2)}</span>
            </header>
            <div class="body">
                {move || why().map(|why| view! { <p class="meta" data-why="">{why}</p> })}
                <Show when=move || open.get()>{
                    let (engagement, action) = fields.get_value();
                    view! { <Body engagement=engagement action=action end=end/> }
                }</Show>
            </div>
        </li>
    }
}

#[component]
fn Body(engagement: EngagementId, action: Action, end: End) -> AnyView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let day = move |name: &'static str, field: Field, word: W| {
        view! {
            <div class="fields"><DatumField engagement=id.get_value() id=name label=Signal::derive(ui.say(word)) kind=Kind::Day bound=of_engagement(field)/></div>
        }
    };
    match action {
        Action::AccountTeamMail(Branch::Known) => {
            day("account-team-mail-on", Field::AccountTeamMailOn, W::end_sent_on).into_any()
        }
        Action::AccountTeamMail(Branch::Unknown) => view! { <p>{ui.say(W::end_account_team_unknown)}</p> }.into_any(),
        Action::AccountTeamMail(Branch::Ask) => {
            view! { <Ask engagement=engagement question=Question::Fact(Fact::AccountTeamKnown)/> }.into_any()
        }
        Action::Discussion(service) => view! { <Discussion engagement=engagement service=service end=end/> }.into_any(),
        Action::AnotherWorkload => view! { <Another engagement=engagement/> }.into_any(),
        Action::CustomerMail => day("customer-mail-on", Field::CustomerMailOn, W::end_sent_on).into_any(),
        Action::Task(task) => view! { <TaskLink engagement=engagement task=task/> }.into_any(),
        Action::Notes(process) => view! { <ProcessNotes engagement=engagement process=process/> }.into_any(),
        Action::QueueMail => day("queue-mail-on", Field::QueueMailOn, W::end_sent_on).into_any(),
        Action::QueueMove => view! { <QueueMove engagement=engagement end=end/> }.into_any(),
        Action::Release => view! { <Release engagement=engagement/> }.into_any(),
        Action::NextAction => {
            let proposed = move || end.with(|end| end.as_ref().and_then(|end| end.next_action));
            let put = move |day| {
                ui.store.dispatch(
                    &id.get_value(),
                    Change::SetField(Field::NextAction, Datum::Day(Some(day))),
                );
            };
            view! {
                {day("next-action", Field::NextAction, W::end_next_action)}
                {move || proposed().map(|day| view! {
                    <button class="btn small" type="button" id="set-next-action" on:click=move |_| put(day)>{ui.fill(W::end_set_to, &[("day", ui.day(day))])}</button>
                })}
            }
            .into_any()
        }
        Action::ServiceStatus => view! { <Statuses engagement=engagement end=end/> }.into_any(),
        Action::ReviewOutcome => {
            let options = Signal::derive(move || {
                let names = [
                    W::end_review_more_discussions,
                    W::end_review_more_entitlements,
                    W::end_review_csm,
                    W::end_review_disengages,
                ];
                let named = rules::REVIEW_OUTCOMES.iter().zip(names);
                std::iter::once((String::new(), ui.word(W::not_known_yet)))
                    .chain(named.map(|(id, word)| ((*id).to_owned(), ui.word(word))))
                    .collect::<Vec<_>>()
            });
            view! {
                <div class="fields"><DatumField engagement=engagement id="review-outcome" label=Signal::derive(ui.say(W::end_review_outcome)) kind=Kind::Choice(options) bound=of_engagement(Field::ReviewOutcome)/></div>
            }
            .into_any()
        }
        Action::Close => {
            let close = move |_| {
                let today = Datum::Day(Some(clock::today()));
                ui.store
                    .dispatch(&id.get_value(), Change::SetField(Field::ClosedOn, today));
                page::focus("closed-on");
            };
            let is_open = move || {
                ui.store.with(&id.get_value(), |one| {
                    one.is_some_and(|one| one.field_day(Field::ClosedOn).is_none())
                })
            };
            view! {
                {day("closed-on", Field::ClosedOn, W::end_closed_on)}
                <Show when=is_open><button class="btn small" type="button" id="close-today" on:click=close>{ui.say(W::end_close_today)}</button></Show>
            }
            .into_any()
        }
    }
}

/// The milestone or the customer's word, then the day of the discussion and who took part.
#[component]
fn Discussion(engagement: EngagementId, service: ServiceId, end: End) -> impl IntoView {
    let ui = use_ui();
    let (id, of) = (StoredValue::new(engagement), StoredValue::new(service.clone()));
    let workload = Memo::new(move |_| {
        end.with(|end| {
            let all = end.as_ref()?.workloads.iter();
            all.clone().find(|one| one.service == of.get_value()).cloned()
        })
    });
    let counts = Memo::new(move |_| workload.with(|one| one.as_ref().is_none_or(|one| one.counts)));
    let counted = Memo::new(move |_| {
        workload.with(|one| {
            one.as_ref()
                .is_some_and(|one| one.enabled == Some(true) && !one.by_word)
        })
    });
    let by_word = Memo::new(move |_| workload.with(|one| one.as_ref().is_some_and(|one| one.by_word)));
    // A discussion that is on record shows whatever the readings say now.
    let held = Memo::new(move |_| {
        workload.with(|one| {
            one.as_ref()
                .is_some_and(|one| one.discussed_on.is_some() || one.enabled == Some(true))
        })
    });
    let field = move |name: &str, field: ServiceField, word: W, kind: Kind| {
        let service = of.get_value();
        let bound = of_service(&service, field);
        view! { <DatumField engagement=id.get_value() id=format!("{name}-{service}") label=Signal::derive(ui.say(word)) kind=kind bound=bound/> }
    };
    view! {
        <Show when=move || counts.get() fallback=move || view! { <p>{ui.say(W::end_no_discussion)}</p> }>
            <Show when=move || counted.get()><p class="meta">{ui.say(W::end_enabled)}</p></Show>
            <Show when=move || by_word.get()><p class="meta">{ui.say(W::end_enabled_by_word)}</p></Show>
            <Show when=move || !counted.get()>
                <div class="fields">
                    {field("word-by", ServiceField::NoBlockerBy, W::no_blocker_by, Kind::Line)}
                    {field("word-on", ServiceField::NoBlockerOn, W::no_blocker_on, Kind::Day)}
                </div>
            </Show>
            <Show when=move || held.get()>
                <div class="fields">
                    {field("discussed-on", ServiceField::DiscussedOn, W::end_held_on, Kind::Day)}
                    {field("discussed-with", ServiceField::DiscussedWith, W::end_held_with, Kind::Line)}
                </div>
            </Show>
            <p><a href=Route::Services(id.get_value()).href()>{ui.say(W::services)}</a></p>
        </Show>
    }
}

/// Whether another workload follows, which, and how the form was shown.
#[component]
fn Another(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let answer = Memo::new(move |_| {
        ui.store
            .with(&id.get_value(), |one| one.and_then(rules::another_workload))
    });
    let value = Signal::derive(move || match answer.get() {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => String::new(),
    });
    let options = Signal::derive(move || {
        vec![
            (String::new(), ui.word(W::not_known_yet)),
            ("yes".to_owned(), ui.word(W::yes)),
            ("no".to_owned(), ui.word(W::no)),
        ]
    });
    let choose = move |text: String| {
        let is = match text.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let mut changes = vec![Change::SetFact(Fact::AnotherWorkload, is)];
        if is != Some(true) {
            let words = if is.is_some() { "none" } else { "" };
            changes.push(Change::SetField(Field::AnotherWorkload, Datum::Text(words.to_owned())));
        }
        ui.store.dispatch_all(&id.get_value(), &changes);
    };
    // A word of another author stays to be chosen, though it names no service of this edition.
    let workloads = Signal::derive(move || {
        let written = ui.store.with(&id.get_value(), |one| {
            one.map(|one| one.field_text(Field::AnotherWorkload).to_owned())
                .unwrap_or_default()
        });
        let structure = ui.structure();
        let mut options = vec![(String::new(), ui.word(W::not_known_yet))];
        options.extend(
            structure
                .scopable_services()
                .map(|service| (service.to_string(), ui.service(service))),
        );
        if written != "none" && !options.iter().any(|(id, _)| *id == written) {
            options.push((written.clone(), written));
        }
        options
    });
    view! {
        <div class="fields">
            <SelectField id="another-workload" label=Signal::derive(ui.say(W::fact_another_workload)) value=value options=options save=choose/>
            <Show when=move || answer.get() == Some(true)>
                <DatumField engagement=id.get_value() id="which-workload" label=Signal::derive(ui.say(W::end_which_workload)) kind=Kind::Choice(workloads) bound=of_engagement(Field::AnotherWorkload)/>
                <DatumField engagement=id.get_value() id="rfa-shown" label=Signal::derive(ui.say(W::end_rfa_shown)) kind=Kind::Area bound=of_engagement(Field::RfaShown)/>
            </Show>
        </div>
    }
}

/// The task, and the process it stands in.
#[component]
fn TaskLink(engagement: EngagementId, task: TaskId) -> impl IntoView {
    let ui = use_ui();
    let structure = ui.structure();
    let place = structure
        .tasks
        .get(&task)
        .and_then(|facts| facts.places.first().cloned());
    place.map(|place| {
        let href = Route::Work(engagement, place.process.clone(), Some(Spot::Task(task.clone()))).href();
        let process = place.process.clone();
        view! {
            <p><a href=href>{move || ui.name(|names| names.task(&task, Some(&place)).to_owned())}</a></p>
            <p class="meta">{move || ui.name(|names| names.process(&process).to_owned())}</p>
        }
    })
}

/// A box for a note of the process, and the way to the process.
#[component]
fn ProcessNotes(engagement: EngagementId, process: ProcessId) -> impl IntoView {
    let ui = use_ui();
    let href = Route::Work(engagement.clone(), process.clone(), None).href();
    let named = process.clone();
    view! {
        <NoteList engagement=engagement process=Some(process) limit=0/>
        <p><a href=href>{move || ui.name(|names| names.process(&named).to_owned())}</a></p>
    }
}

/// Which queue, when, and who has seen the tenant there.
#[component]
fn QueueMove(engagement: EngagementId, end: End) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let queues = ui.options(
        "queues",
        vec!["ftcq-inactive-americas", "ftcq-inactive-apj", "ftcq-inactive-emea"],
    );
    let proposed = Memo::new(move |_| {
        let queue = end.with(|end| end.as_ref().and_then(|end| end.queue.clone()))?;
        let chosen = ui.store.with(&id.get_value(), |one| {
            one.is_some_and(|one| one.field_text(Field::Queue) == queue)
        });
        (!chosen).then_some(queue)
    });
    let take = move |_| {
        if let Some(queue) = proposed.get_untracked() {
            ui.store
                .dispatch(&id.get_value(), Change::SetField(Field::Queue, Datum::Text(queue)));
            page::focus("queue");
        }
    };
    view! {
        <div class="fields">
            <DatumField engagement=id.get_value() id="queue" label=Signal::derive(ui.say(W::end_queue)) kind=Kind::Choice(queues) bound=of_engagement(Field::Queue)/>
            <DatumField engagement=id.get_value() id="queue-moved-on" label=Signal::derive(ui.say(W::end_moved_on)) kind=Kind::Day bound=of_engagement(Field::QueueMovedOn)/>
            <DatumField engagement=id.get_value() id="queue-seen-by" label=Signal::derive(ui.say(W::end_seen_by)) kind=Kind::Line bound=of_engagement(Field::QueueSeenBy)/>
        </div>
        {move || proposed.get().map(|queue| view! {
            <button class="btn small" type="button" id="use-queue" on:click=take>{ui.fill(W::end_use_queue, &[("queue", ui.listed("queues", &queue))])}</button>
        })}
    }
}

/// The day of the release; refused before the queue move, with the reason beside the field.
#[component]
fn Release(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let value = Signal::derive(move || {
        ui.store.with(&id.get_value(), |one| {
            shown(one.and_then(|one| one.field_day(Field::ReleasedOn)))
        })
    });
    let save = move |text: String| {
        let day = read_day(ui, &text)?;
        let refused = |one: Option<&Engagement>| day.and_then(|day| rules::may_release(one?, day).err());
        if let Some(lock) = ui.store.with_untracked(&id.get_value(), refused) {
            return Err(lock_text(ui, &lock));
        }
        ui.store
            .dispatch(&id.get_value(), Change::SetField(Field::ReleasedOn, Datum::Day(day)));
        Ok(())
    };
    view! { <div class="fields"><TextField id="released-on" kind="date" label=Signal::derive(ui.say(W::end_released_on)) value=value save=save/></div> }
}

/// The service status of each service that was discussed, with what the app proposes.
#[component]
fn Statuses(engagement: EngagementId, end: End) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let proposals = Memo::new(move |_| {
        end.with(|end| {
            let all = end.iter().flat_map(|end| &end.workloads);
            all.filter_map(|one| Some((one.service.clone(), one.proposed_status?)))
                .collect::<Vec<_>>()
        })
    });
    let line = move |(service, proposed): (ServiceId, &'static str)| {
        let options = ui.options("service_status", rules::entitlement::SERVICE_STATUSES.to_vec());
        let bound = of_service(&service, ServiceField::ServiceStatus);
        let name = format!("end-status-{service}");
        let label = Signal::derive(move || ui.fill(W::end_status_of, &[("service", ui.service(&service))]));
        view! {
            <div>
                <DatumField engagement=id.get_value() id=name label=label kind=Kind::Choice(options) bound=bound/>
                <p class="meta">{move || ui.fill(W::end_proposed, &[("status", ui.listed("service_status", proposed))])}</p>
            </div>
        }
    };
    let take = move |_| {
        let changes: Vec<Change> = proposals
            .get_untracked()
            .into_iter()
            .map(|(service, status)| {
                Change::SetService(service, ServiceField::ServiceStatus, Datum::Text(status.to_owned()))
            })
            .collect();
        ui.store.dispatch_all(&id.get_value(), &changes);
    };
    view! {
        <div class="fields"><For each=move || proposals.get() key=|line| line.clone() children=line/></div>
        <button class="btn small" type="button" id="use-statuses" on:click=take>{ui.say(W::end_use_statuses)}</button>
    }
}

/// The engagement that follows on this one, or the form that begins it; and the one it follows on.
#[component]
fn FollowOn(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let other = move |field: Field| {
        ui.store.with(&id.get_value(), |one| {
            one.and_then(|one| EngagementId::parse(one.field_text(field)))
        })
    };
    let link = move |field: Field, word: W| {
        other(field).map(|other| view! { <p><a href=Route::Engagement(other).href()>{ui.say(word)}</a></p> })
    };
    let none = Memo::new(move |_| other(Field::FollowOn).is_none());
    view! {
        <section class="panel" aria-labelledby="h-follow-on" data-follow-on="">
            <header><h2 id="h-follow-on">{ui.say(W::end_follow_on)}</h2></header>
            <div class="body stack">
                {move || link(Field::FollowsOn, W::end_to_origin)}
                {move || link(Field::FollowOn, W::end_to_follow_on)}
                <Show when=move || none.get()><Begin engagement=id.get_value()/></Show>
            </div>
        </section>
    }
}

#[component]
fn Begin(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let chosen = RwSignal::new(BTreeSet::<ServiceId>::new());
    // The workload that was named is offered; what a person chooses afterwards stays.
    let named = Memo::new(move |_| {
        let named = ui.store.with(&id.get_value(), |one| {
            one.filter(|one| rules::another_workload(one) == Some(true))
                .and_then(|one| ServiceId::parse(one.field_text(Field::AnotherWorkload)))
        });
        named.filter(|named| ui.structure().scopable_services().any(|one| one == named))
    });
    Effect::new(move |_| {
        if let Some(named) = named.get() {
            chosen.update(|chosen| {
                chosen.insert(named);
            });
        }
    });
    let error = RwSignal::new(String::new());
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let services = chosen.get_untracked();
        if services.is_empty() {
            return error.set(ui.word(W::end_service_wanted));
        }
        let next = clock::new_engagement();
        let changes = ui.store.with_untracked(&id.get_value(), |one| {
            one.map(|one| rules::follow_on(one, &services, &next))
        });
        let Some(changes) = changes else { return };
        match ui.store.create(&next, &changes.begin) {
            Ok(()) => {
                ui.store.dispatch(&id.get_value(), changes.refer);
                page::go(&Route::Engagement(next).href());
            }
            Err(refusal) => error.set(refusal_text(ui, &refusal)),
        }
    };
    let choose = move |(service, is): (ServiceId, bool)| {
        error.set(String::new());
        chosen.update(|chosen| {
            if is {
                chosen.insert(service);
            } else {
                chosen.remove(&service);
            }
        });
    };
    view! {
        <form class="stack" on:submit=begin>
            <p class="meta">{ui.say(W::end_follow_on_explained)}</p>
            <Services chosen=chosen choose=choose/>
            <p class="row">
                <button class="btn" type="submit" id="start-follow-on" aria-describedby="follow-on-error">{ui.say(W::end_start_follow_on)}</button>
                <span class="error" id="follow-on-error" role="alert">{move || error.get()}</span>
            </p>
        </form>
    }
}
