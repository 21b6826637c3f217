//! The entitlement status of a service: chosen by hand or reached by the guide's questions, with what belongs to it, what to do
//! next, and what contradicts itself.

use super::Of;
use crate::{
    app::{
        components::{
            blocks::Blocks,
            datum::{Bound, DatumField, Kind, Read, Write, shown},
            icon::Icon,
        },
        route::{Route, Spot},
        words::W,
    },
    browser::page,
    engagement::{Change, Datum, Engagement, ServiceField},
    playbook::{Block, ProcessId},
    rules::entitlement::{self, Contradiction, Guide, Leaf, Question, Reply, Severity, Status as L1},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The reference page that explains statuses.
const PAGE: &str = "entitlement-status";

/// Status, guide, actions, contradictions.
#[component]
pub fn Status(of: Of) -> impl IntoView {
    let ui = of.ui;
    let (a, b) = (of.service.get_value(), of.service.get_value());
    let entitlements = Bound::at(
        &["services", of.service.get_value().as_str(), "entitlements"],
        Arc::new(move |one: &Engagement| shown(one.entitlements(&a))) as Read,
        Arc::new(move |value| {
            let count = match value {
                Datum::Number(count) => count,
                _ => None,
            };
            Change::SetEntitlements(b.clone(), count)
        }) as Write,
    );
    let status = Memo::new(move |_| L1::parse(&of.text(ServiceField::Status)));
    let leaf = Memo::new(move |_| Leaf::parse(&of.text(ServiceField::Reason)));
    let statuses = ui.options("entitlement_status", L1::ALL.map(L1::as_str).to_vec());
    // The reasons of the status, and the chosen one even where it belongs to another: nothing that is written is hidden.
    let reasons = Signal::derive(move || {
        let (status, chosen) = (status.get(), leaf.get());
        let fits = |one: &Leaf| status.is_none_or(|status| one.status() == status) || Some(*one) == chosen;
        let named = Leaf::ALL.into_iter().filter(fits);
        let named = named.map(|one| (one.as_str().to_owned(), ui.listed("entitlement_reasons", one.as_str())));
        std::iter::once((String::new(), ui.word(W::not_known_yet)))
            .chain(named)
            .collect::<Vec<_>>()
    });
    let has = move |field: ServiceField| !of.text(field).is_empty();
    let day = move |field: ServiceField| of.read(|one, service| one.service_day(service, field)).is_some();
    let is = move |wanted: &[L1]| status.get().is_some_and(|status| wanted.contains(&status));
    let starts = Memo::new(move |_| is(&[L1::InProgress]) || day(ServiceField::StartDate));
    let moved = Memo::new(move |_| day(ServiceField::StartDateBefore));
    let owned =
        Memo::new(move |_| is(&[L1::StatusUnknown, L1::NoIntent, L1::Blocked]) || has(ServiceField::StatusOwner));
    let silent = Memo::new(move |_| leaf.get() == Some(Leaf::CustomerUnresponsive));
    let start = StoredValue::new(Bound::at(
        &[
            "services",
            of.service.get_value().as_str(),
            ServiceField::StartDate.name(),
        ],
        {
            let service = of.service.get_value();
            Arc::new(move |one: &Engagement| shown(one.service_day(&service, ServiceField::StartDate))) as Read
        },
        Arc::new(move |value| Change::SetStartDate {
            service: of.service.get_value(),
            day: match value {
                Datum::Day(day) => day,
                _ => None,
            },
            reason: String::new(),
        }) as Write,
    ));
    let was = move || {
        let before = of.read(|one, service| one.service_day(service, ServiceField::StartDateBefore));
        before.map(|day| ui.fill(W::start_date_was, &[("day", ui.day(day))]))
    };
    view! {
        <section>
            <h3>{ui.say(W::entitlement_status)}</h3>
            <div class="fields">
                <DatumField engagement=of.engagement.get_value() id=of.id("entitlements") label=Signal::derive(ui.say(W::entitlements)) kind=Kind::Number bound=entitlements/>
                {of.field(ServiceField::Status, W::status_l1, Kind::Choice(statuses))}
                <Show when=move || status.get() != Some(L1::DuplicateInvalid) || leaf.get().is_some()>
                    {of.field(ServiceField::Reason, W::status_l2, Kind::Choice(reasons))}
                </Show>
                <Show when=move || starts.get()>
                    <DatumField engagement=of.engagement.get_value() id=of.id("start_date") label=Signal::derive(ui.say(W::start_date)) kind=Kind::Day bound=start.get_value() hint=MaybeProp::derive(was)/>
                </Show>
                <Show when=move || moved.get()>{of.field(ServiceField::StartDateReason, W::start_date_reason, Kind::Line)}</Show>
                <Show when=move || owned.get()>{of.field(ServiceField::StatusOwner, W::status_owner, Kind::Line)}</Show>
                <Show when=move || silent.get()>{of.field(ServiceField::Attempts, W::attempts, Kind::Number)}</Show>
                {of.field(ServiceField::StatusNextAction, W::next_action_on, Kind::Day)}
                {of.field(ServiceField::StatusNote, W::status_note, Kind::Area)}
            </div>
            <Contradictions of=of/>
            <Questions of=of/>
            <Show when=move || leaf.get().is_some()>{move || leaf.get().map(|leaf| view! { <Actions of=of leaf=leaf/> })}</Show>
        </section>
    }
}

/// What does not fit together, each by its name.
#[component]
fn Contradictions(of: Of) -> impl IntoView {
    let ui = of.ui;
    let found = Memo::new(move |_| {
        let today = ui.today.get();
        of.read(|one, service| entitlement::contradictions(one, service, today))
    });
    let said = move |one: &Contradiction| {
        let mut text = ui.listed("contradictions", one.name());
        let values = [
            (
                "{status}",
                one.status()
                    .map(|status| ui.listed("entitlement_status", status.as_str())),
            ),
            (
                "{leaf}",
                one.leaf().map(|leaf| ui.listed("entitlement_reasons", leaf.as_str())),
            ),
            ("{n}", one.number().map(|number| ui.number(number as usize))),
            ("{all}", one.all().map(|number| ui.number(number as usize))),
        ];
        for (name, value) in values {
            text = text.replace(name, &value.unwrap_or_default());
        }
        text.replace("{service}", &ui.service(&of.service.get_value()))
    };
    view! {
        <Show when=move || !found.with(Vec::is_empty)>
            <ul class="contradictions" role="list" aria-label=ui.say(W::contradictions)>
                {move || found.get().iter().map(|one| {
                    let watch = one.severity() == Severity::Watch;
                    let (group, icon) = if watch { ("waiting", "warning") } else { ("blocked", "clash") };
                    view! { <li data-contradiction=one.name() data-group=group><Icon name=icon/><span>{said(one)}</span></li> }
                }).collect_view()}
            </ul>
        </Show>
    }
}

/// The guide: questions with their answers, the next one, and what they lead to.
#[component]
fn Questions(of: Of) -> impl IntoView {
    let ui = of.ui;
    let stands = Memo::new(move |_| {
        of.read(|one, service| {
            let asked: Vec<(Question, Option<Reply>)> = entitlement::trail(one, service)
                .into_iter()
                .map(|(question, reply)| (question, Some(reply)))
                .collect();
            let (next, proposal) = match entitlement::guide(one, service) {
                Guide::Ask(question) => (Some((question, None)), None),
                Guide::Propose { status, leaf } => (None, Some((status, leaf))),
            };
            (asked.into_iter().chain(next).collect::<Vec<_>>(), proposal)
        })
    });
    let chosen = Memo::new(move |_| {
        (
            L1::parse(&of.text(ServiceField::Status)),
            Leaf::parse(&of.text(ServiceField::Reason)),
        )
    });
    let take = move |_| {
        if let Some((status, leaf)) = stands.get_untracked().1 {
            let set =
                |field, text: &str| Change::SetService(of.service.get_value(), field, Datum::Text(text.to_owned()));
            let both = [
                set(ServiceField::Status, status.as_str()),
                set(ServiceField::Reason, leaf.map(Leaf::as_str).unwrap_or_default()),
            ];
            ui.store.dispatch_all(&of.engagement.get_value(), &both);
            ui.tell_step(ui.word(W::status_taken));
            page::focus(&of.id("status"));
        }
    };
    let proposed = move || {
        stands.get().1.map(|(status, leaf)| {
            let mut text = ui.listed("entitlement_status", status.as_str());
            if let Some(leaf) = leaf {
                text = format!("{text} · {}", ui.listed("entitlement_reasons", leaf.as_str()));
            }
            let same = chosen.get() == (Some(status), leaf);
            view! {
                <p class="ask" data-proposed=leaf.map_or(status.as_str(), Leaf::as_str)>
                    <Icon name="right"/><b>{text}</b>
                    {if same {
                        view! { <span class="flag" data-group="closed"><Icon name="complete"/>{ui.word(W::status_is_so)}</span> }.into_any()
                    } else {
                        view! { <button class="btn small primary" type="button" on:click=take>{ui.say(W::take_over)}</button> }.into_any()
                    }}
                </p>
            }
        })
    };
    view! {
        <details class="more guide-questions">
            <summary>{ui.say(W::find_status)}</summary>
            <ol role="list">
                <For
                    each=move || stands.get().0
                    key=|(question, _)| question.id
                    children=move |(question, _)| view! { <Asked of=of question=question/> }
                />
            </ol>
            <div aria-live="polite">{proposed}</div>
        </details>
    }
}

/// A question with its replies.
#[component]
fn Asked(of: Of, question: Question) -> impl IntoView {
    let ui = of.ui;
    let reply = Memo::new(move |_| of.read(|one, service| question.reply(one.answer(service, question.id))));
    let asked = move || {
        let name = ui.service(&of.service.get_value());
        ui.listed("questions", question.id).replace("{service}", &name)
    };
    let field = move |reply: Reply| of.id(&format!("{}-{}", question.id, reply.as_str()));
    let radio = move |option: Reply| {
        let put = move |_| {
            of.put(Change::SetAnswer(
                of.service.get_value(),
                question.id.to_owned(),
                Some(option.as_str().to_owned()),
            ));
            if let Some(reply) = reply.get_untracked() {
                page::choose(&field(reply));
            }
        };
        let text = move || match option {
            Reply::Yes => ui.word(W::yes),
            Reply::No => ui.word(W::no),
            Reply::Leaf(leaf) => ui.listed("entitlement_reasons", leaf.as_str()),
        };
        view! {
            <label for=field(option)>
                <input type="radio" id=field(option) name=of.id(question.id) prop:checked=move || reply.get() == Some(option) on:change=put/>
                {text}
            </label>
        }
    };
    view! {
        <li>
            <fieldset class="fact" data-question=question.id>
                <legend>{asked}</legend>
                {question.replies().into_iter().map(radio).collect_view()}
            </fieldset>
        </li>
    }
}

/// What to do with this reason, from the reference page.
#[component]
fn Actions(of: Of, leaf: Leaf) -> impl IntoView {
    let ui = of.ui;
    let page = ProcessId::from(PAGE);
    let text = {
        let page = page.clone();
        move || {
            let (guidance, words) = (ui.guidance(&page)?, ui.words(&page)?);
            let sections = guidance.sections.iter().flat_map(|section| &section.blocks);
            let act = find(sections, entitlement::actions(leaf)?)?;
            Some(
                view! { <Blocks process=page.clone() engagement=Some(of.engagement.get_value()) blocks=act.blocks.clone() words=words/> },
            )
        }
    };
    let explained = Route::Reference(page, Some(Spot::Step(leaf.status().as_str().into()))).href();
    view! {
        <div class="guide actions">
            <h4>{ui.say(W::recommended)}</h4>
            {text}
            <p><a href=explained>{ui.say(W::what_the_playbook_says)}</a></p>
        </div>
    }
}

/// A block by its id, at any depth.
fn find<'a>(blocks: impl IntoIterator<Item = &'a Block>, id: &str) -> Option<&'a Block> {
    blocks.into_iter().find_map(|block| {
        if block.id.as_str() == id {
            Some(block)
        } else {
            find(&block.blocks, id)
        }
    })
}
