//! What the numbers say: each threshold with its verdict in words, what was counted, and where it is decided. What needs
//! attention stands first; what is met is folded.

use super::{condition::fact_word, icon::Icon, rule::rule_text};
use crate::{
    app::{
        route::{Route, Spot},
        ui::{Ui, use_ui},
        words::W,
    },
    browser::clock,
    playbook::{EngagementId, ServiceId},
    rules::{self, Finding, Origin, Verdict, Wanted},
};
use leptos::prelude::*;

/// The verdicts in the order of the page, each with its word and its drawing.
const GROUPS: [(Verdict, W, &str, &str); 5] = [
    (Verdict::Attention, W::verdict_attention, "warning", "warning"),
    (Verdict::NotMet, W::verdict_not_met, "open", "open"),
    (Verdict::Applies, W::verdict_applies, "active", "right"),
    (Verdict::Unknown, W::verdict_unknown, "none", "unknown"),
    (Verdict::Met, W::verdict_met, "closed", "complete"),
];

/// Findings of one rule with the same verdict.
#[derive(Clone, Debug, PartialEq)]
struct Together {
    rule: &'static str,
    findings: Vec<(Finding, Vec<Wanted>)>,
}

/// What was counted, in words.
fn counted(ui: Ui, finding: &Finding) -> String {
    let of = |wanted: &str| {
        let found = finding.numbers.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, number)| *number)
    };
    let plain = |number: u32| ui.number(number as usize);
    let pair = |word: W, first: u32, second: u32| ui.fill(word, &[("n", plain(first)), ("all", plain(second))]);
    let band = |band: u32| match band {
        1 => ui.word(W::band_low),
        2 => ui.word(W::band_middle),
        _ => ui.word(W::band_high),
    };
    let parts = finding.numbers.iter().filter_map(|(name, number)| {
        let count = |word| Some(ui.count(word, *number as usize, &[]));
        match *name {
            "active" | "users" => count(W::n_active_users),
            "per_mille" => Some(ui.speech().locale.percent(f64::from(*number) / 10.0)),
            "band" => Some(band(*number)),
            "seats" => count(W::n_seats),
            "entitlements" => count(W::n_entitlements),
            "migrated" => Some(match of("agreed") {
                Some(agreed) => pair(W::n_of_agreed, *number, agreed),
                None => ui.count(W::n_users_migrated, *number as usize, &[]),
            }),
            "reached" => Some(pair(W::n_of_metrics, *number, of("metrics").unwrap_or_default())),
            "discussed" => Some(pair(W::n_of_discussed, *number, of("services").unwrap_or_default())),
            "weeks" => count(W::every_n_weeks),
            "days" => count(W::n_days_old),
            "idle_days" => count(W::n_days_idle),
            "attempts" => count(W::n_attempts),
            "position" => Some(ui.fill(W::position_n, &[("n", plain(*number))])),
            "sum" => Some(ui.fill(W::sum_n, &[("n", plain(*number))])),
            _ => None,
        }
    });
    let day = finding.day.map(|day| ui.day(day));
    parts.chain(day).collect::<Vec<_>>().join(" · ")
}

/// A missing fact, and the page where it is written down.
fn gap(ui: Ui, id: &EngagementId, wanted: &Wanted) -> (String, Option<Route>) {
    let of = |service: &ServiceId, word: W| {
        let text = format!("{} · {}", ui.service(service), ui.word(word));
        (text, Some(Route::Services(id.clone())))
    };
    let about = |word: W| (ui.word(word), Some(Route::About(id.clone())));
    match wanted {
        Wanted::Seats => about(W::seats),
        Wanted::Staff => (ui.word(W::seats_of_staff), None),
        Wanted::Motion => about(W::motion),
        Wanted::AssignedOn => about(W::assigned),
        Wanted::Services => about(W::services_in_scope),
        Wanted::Fact(fact) => about(fact_word(*fact)),
        Wanted::Reading(service) => of(service, W::active_users),
        Wanted::Source(service) => of(service, W::source_report),
        Wanted::Entitlements(service) => of(service, W::entitlements),
        Wanted::Status(service) => of(service, W::entitlement_status),
        Wanted::Parts(service) => of(service, W::entitlements_of_parts),
        Wanted::Scenarios(service) => of(service, W::entitlements_of_scenarios),
        Wanted::AgreedUsers(service) => of(service, W::agreed_users),
        Wanted::Forecasts(service) => of(service, W::forecast_dates),
        Wanted::Attempts(service) => of(service, W::attempts),
        Wanted::MigrationDay => (ui.word(W::day_of_migration), Some(Route::Services(id.clone()))),
        Wanted::Weeks => (ui.word(W::every_weeks), Some(Route::Plan(id.clone()))),
        Wanted::Measurements => (ui.word(W::measurements), Some(Route::Plan(id.clone()))),
        Wanted::Note => (ui.word(W::note_with_day), Some(Route::Notes(id.clone()))),
    }
}

/// Where a rule is decided: its step, else its process.
fn link(ui: Ui, id: &EngagementId, together: &Together) -> Option<(String, String)> {
    let place = together.findings.first().and_then(|(finding, _)| finding.place.clone());
    if let Some(place) = place {
        let spot = Spot::Step(place.step.clone());
        let href = Route::Work(id.clone(), place.process.clone(), Some(spot)).href();
        return Some((href, ui.step(&place)));
    }
    let origins = rules::threshold(together.rule)?.origins;
    let process = origins.iter().find_map(|origin| match origin {
        Origin::Process(process) => ui.structure().process(&(*process).into()).map(|known| known.id.clone()),
        _ => None,
    })?;
    let href = Route::Work(id.clone(), process.clone(), None).href();
    Some((href, ui.name(|names| names.process(&process).to_owned())))
}

/// All findings of an engagement.
#[component]
pub fn FindingList(
    /// The engagement.
    engagement: EngagementId,
) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let structure = ui.structure();
    let found = Memo::new(move |_| {
        let today = ui.today.get();
        ui.store.with(&id.get_value(), |one| {
            let Some(one) = one else { return Vec::new() };
            let mut groups: Vec<Vec<Together>> = GROUPS.iter().map(|_| Vec::new()).collect();
            for finding in clock::measured("ep.findings", || rules::findings(&structure, one, today)) {
                let wanted = rules::wanted(one, &finding, today);
                let at = GROUPS.iter().position(|(verdict, ..)| *verdict == finding.verdict);
                let Some(group) = at.and_then(|at| groups.get_mut(at)) else {
                    continue;
                };
                match group
                    .iter_mut()
                    .find(|one| one.rule == finding.rule && one.findings[0].0.place == finding.place)
                {
                    Some(together) => together.findings.push((finding, wanted)),
                    None => group.push(Together {
                        rule: finding.rule,
                        findings: vec![(finding, wanted)],
                    }),
                }
            }
            groups
        })
    });
    let group = move |at: usize| {
        let (verdict, word, colour, icon) = GROUPS[at];
        let count = Memo::new(move |_| {
            found.with(|found| {
                let rules = found.get(at).into_iter().flatten();
                rules.map(|together| together.findings.len()).sum::<usize>()
            })
        });
        let lines = move || {
            found.with(|found| {
                let rules = found.get(at).into_iter().flatten().cloned();
                rules
                    .map(|together| line(ui, &id.get_value(), &together))
                    .collect_view()
            })
        };
        let tag = format!("{verdict:?}").to_lowercase();
        view! {
            <Show when=move || { count.get() > 0 }>
                <details class="changes" open=matches!(verdict, Verdict::Attention | Verdict::NotMet) data-verdict=tag.clone()>
                    <summary>
                        <h3 class="flag" data-group=colour><Icon name=icon/>{ui.say(word)} " " <span class="num">{move || ui.number(count.get())}</span></h3>
                        <Icon name="down"/>
                    </summary>
                    <ul class="lined" role="list">{lines}</ul>
                </details>
            </Show>
        }
    };
    (0..GROUPS.len()).map(group).collect_view()
}

/// One rule with what it says about each service, or about the engagement.
fn line(ui: Ui, engagement: &EngagementId, together: &Together) -> impl IntoView + use<> {
    let target = link(ui, engagement, together);
    let lines = together
        .findings
        .iter()
        .map(|(finding, wanted)| {
            let service = finding.service.as_ref().map(|service| ui.service(service));
            let facts = counted(ui, finding);
            let said = service
                .into_iter()
                .chain((!facts.is_empty()).then_some(facts))
                .collect::<Vec<_>>()
                .join(" · ");
            let gaps = wanted
                .iter()
                .enumerate()
                .map(|(at, wanted)| {
                    let (text, route) = gap(ui, engagement, wanted);
                    let text = match route {
                        Some(route) => view! { <a href=route.href()>{text}</a> }.into_any(),
                        None => text.into_any(),
                    };
                    view! { {(at > 0).then_some(" · ")} {text} }
                })
                .collect_view();
            let gaps = (!wanted.is_empty()).then(|| view! { <span>{ui.word(W::wanted_first)} " " {gaps}</span> });
            (!said.is_empty() || gaps.is_some()).then(|| view! { <li>{said} " " {gaps}</li> })
        })
        .collect_view();
    let rule = together.rule;
    view! {
        <li data-rule=rule>
            <p>{rule_text(ui, rule)} " " {target.map(|(href, name)| view! { <a class="meta" href=href>{name}</a> })}</p>
            <ul class="meta facts-of-rule" role="list">{lines}</ul>
        </li>
    }
}
