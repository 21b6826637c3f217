//! A part of the playbook that holds for some customers only: drawn where it holds, folded with its reason where it does not,
//! and asked for on the folded line while nobody knows.

use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::Change,
    playbook::{Condition, EngagementId, Fact},
    rules::{self, Answer, OutOfScope, Question, Why},
};
use leptos::prelude::*;

/// Whether a part holds in the engagement; everything holds without a customer.
#[must_use]
pub fn answer_in(ui: Ui, engagement: Option<&EngagementId>, when: Option<&Condition>) -> Answer {
    match (engagement, when) {
        (Some(id), Some(when)) => ui.store.with(id, |engagement| {
            engagement.map_or(Answer::Holds, |engagement| rules::answer(when, engagement))
        }),
        _ => Answer::Holds,
    }
}

/// The question for a fact.
#[must_use]
pub fn fact_word(fact: Fact) -> W {
    match fact {
        Fact::AccountManaged => W::fact_account_managed,
        Fact::AccountTeamKnown => W::fact_account_team_known,
        Fact::PartnerInvolved => W::fact_partner_involved,
        Fact::Windows10Entitled => W::fact_windows_10_entitled,
        Fact::Enterprise => W::fact_enterprise,
        Fact::AdditionalAdoptionBenefit => W::fact_additional_adoption_benefit,
        Fact::MigrationInScope => W::fact_migration_in_scope,
        Fact::KickoffAndAssessmentInOne => W::fact_kickoff_and_assessment_in_one,
        Fact::OnedriveAdoptionProgramme => W::fact_onedrive_adoption_programme,
        Fact::AnotherWorkload => W::fact_another_workload,
    }
}

/// Why a part does not hold, in words.
#[must_use]
pub fn why_text(ui: Ui, why: &Why) -> String {
    let value = |value: String| [("value", value)];
    match why {
        Why::Fact(fact, is) => {
            let answer = ui.word(if *is { W::yes } else { W::no });
            ui.fill(
                W::why_fact,
                &[("question", ui.word(fact_word(*fact))), ("answer", answer)],
            )
        }
        Why::OtherMotion(motion) | Why::ThisMotion(motion) => {
            ui.fill(W::why_motion, &value(ui.name(|names| names.motion(motion).to_owned())))
        }
        Why::NotInScope(service) => ui.fill(W::why_service_out, &value(ui.service(service))),
        Why::InScope(service) => ui.fill(W::why_service_in, &value(ui.service(service))),
        Why::Seats(seats) => ui.fill(W::why_seats, &value(ui.number(*seats as usize))),
    }
}

/// Why something is not asked for, in words.
#[must_use]
pub fn out_of_scope_text(ui: Ui, reason: &OutOfScope) -> String {
    match reason {
        OutOfScope::Services(services) if services.len() == 1 => {
            ui.fill(W::why_service_out, &[("value", ui.services(services))])
        }
        OutOfScope::Services(services) => ui.fill(W::why_services_out, &[("value", ui.services(services))]),
        OutOfScope::Motions(motions) => {
            let names: Vec<String> = motions
                .iter()
                .map(|id| ui.name(|names| names.motion(id).to_owned()))
                .collect();
            ui.fill(W::why_motions_only, &[("value", ui.speech().locale.list(&names))])
        }
        OutOfScope::Phase(why) => why_text(ui, why),
        OutOfScope::WithoutManager => ui.word(W::why_without_manager),
    }
}

/// The question that decides whether a part holds, with its answers.
#[component]
pub fn Ask(engagement: EngagementId, question: Question) -> impl IntoView {
    let ui = use_ui();
    match question {
        Question::Fact(fact) => {
            let answer = move |is: bool| {
                let engagement = engagement.clone();
                move |_| ui.store.dispatch(&engagement, Change::SetFact(fact, Some(is)))
            };
            view! {
                <div class="ask" role="group" aria-label=ui.say(fact_word(fact))>
                    <span>{ui.say(fact_word(fact))}</span>
                    <button class="btn small" type="button" on:click=answer(true)>{ui.say(W::yes)}</button>
                    <button class="btn small" type="button" on:click=answer(false)>{ui.say(W::no)}</button>
                </div>
            }
            .into_any()
        }
        Question::Motion | Question::Seats => {
            let word = if question == Question::Motion {
                W::ask_motion
            } else {
                W::ask_seats
            };
            let href = crate::app::route::Route::About(engagement).href();
            view! { <p class="ask"><a href=href>{ui.say(word)}</a></p> }.into_any()
        }
    }
}
