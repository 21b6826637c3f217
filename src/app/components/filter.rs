//! Which tasks are shown: by service, role, requirement and state. A filter hides; it never changes what counts.

use super::field::SelectField;
use crate::{
    app::{
        ui::{Ui, use_ui},
        words::W,
    },
    engagement::{Engagement, StateKey},
    playbook::{EngagementId, Place, Requirement, StateGroup, Structure, TaskId},
    rules,
};
use leptos::prelude::*;

/// What to show; empty texts show everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A phase, on the page of all tasks.
    pub phase: String,
    /// A service.
    pub service: String,
    /// A role.
    pub role: String,
    /// `mandatory` or `optional`.
    pub requirement: String,
    /// A group of states, or `unsettled`.
    pub state: String,
}

impl Filter {
    /// Whether anything is hidden.
    #[must_use]
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a place is in the phase that is shown.
    #[must_use]
    pub fn of_phase(&self, structure: &Structure, place: &Place) -> bool {
        let process = structure.process(&place.process);
        self.phase.is_empty() || process.is_some_and(|process| process.phase.as_str() == self.phase)
    }

    /// Whether a task is shown.
    #[must_use]
    pub fn lets(&self, structure: &Structure, engagement: &Engagement, id: &TaskId) -> bool {
        let Some(task) = structure.tasks.get(id).filter(|_| self.is_set()) else {
            return true;
        };
        let keys = rules::keys(structure, engagement, id);
        let service = self.service.is_empty()
            || keys
                .iter()
                .any(|key| matches!(key, StateKey::Service(service) if service.as_str() == self.service));
        let role = self.role.is_empty() || task.role.as_str() == self.role;
        let requirement = match self.requirement.as_str() {
            "mandatory" => task.requirement == Requirement::Mandatory,
            "optional" => task.requirement == Requirement::Optional,
            _ => true,
        };
        let state = self.state.is_empty()
            || keys
                .iter()
                .map(|key| engagement.task_state(id, key))
                .any(|state| match self.state.as_str() {
                    "unsettled" => !state.settles(),
                    "open" => state.group() == StateGroup::Open,
                    "active" => state.group() == StateGroup::Active,
                    "waiting" => state.group() == StateGroup::Waiting,
                    "blocked" => state.group() == StateGroup::Blocked,
                    _ => state.group() == StateGroup::Closed,
                });
        service && role && requirement && state
    }
}

/// The fields of the filter.
#[component]
pub fn FilterBar(
    /// The engagement.
    engagement: EngagementId,
    /// Whether phases can be chosen.
    #[prop(optional)]
    phases: bool,
    /// What else is chosen in the same row.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let ui = use_ui();
    let filter = ui.filter_signal();
    let id = engagement;
    let any = move || (String::new(), ui.word(W::any));
    let services = Signal::derive(move || {
        let mut all = vec![any()];
        let scope = ui
            .store
            .with(&id, |one| one.map(Engagement::services_in_scope).unwrap_or_default());
        all.extend(scope.iter().map(|service| (service.to_string(), ui.service(service))));
        all
    });
    let roles = Signal::derive(move || {
        let mut all = vec![any()];
        let structure = ui.structure();
        let used: std::collections::BTreeSet<_> = structure.tasks.values().map(|task| &task.role).collect();
        all.extend(
            used.into_iter()
                .map(|role| (role.to_string(), ui.name(|names| names.role(role).to_owned()))),
        );
        all
    });
    let requirements = Signal::derive(move || {
        let name = |requirement| ui.name(|names| names.requirement(requirement).to_owned());
        vec![
            any(),
            ("mandatory".into(), name(Requirement::Mandatory)),
            ("optional".into(), name(Requirement::Optional)),
        ]
    });
    let states = Signal::derive(move || {
        let option = |id: &str, word| (id.to_owned(), ui.word(word));
        vec![
            any(),
            option("unsettled", W::group_unsettled),
            option("open", W::group_open),
            option("active", W::group_active),
            option("waiting", W::group_waiting),
            option("blocked", W::group_blocked),
            option("closed", W::group_closed),
        ]
    });
    let phase_options = Signal::derive(move || {
        let mut all = vec![any()];
        all.extend(
            ui.structure()
                .phases
                .iter()
                .map(|phase| (phase.id.to_string(), ui.name(|names| names.phase(&phase.id).to_owned()))),
        );
        all
    });
    let field = move |id: &'static str,
                      word: W,
                      options: Signal<Vec<(String, String)>>,
                      part: fn(&mut Filter) -> &mut String| {
        view! {
            <SelectField
                id=id
                label=Signal::derive(ui.say(word))
                value=Signal::derive(move || part(&mut filter.get()).clone())
                options=options
                save=move |value: String| filter.update(|filter| *part(filter) = value)
            />
        }
    };
    view! {
        <div class="filters fields" role="group" aria-label=ui.say(W::filter)>
            {children.map(|children| children())}
            {phases.then(|| field("filter-phase", W::phase, phase_options, |filter| &mut filter.phase))}
            {field("filter-service", W::service, services, |filter| &mut filter.service)}
            {field("filter-role", W::role, roles, |filter| &mut filter.role)}
            {field("filter-requirement", W::requirement, requirements, |filter| &mut filter.requirement)}
            {field("filter-state", W::state, states, |filter| &mut filter.state)}
            <Show when=move || filter.with(Filter::is_set)>
                <button class="btn" type="button" on:click=move |_| filter.set(Filter::default())>{ui.say(W::show_everything)}</button>
            </Show>
        </div>
    }
}

impl Ui {
    /// What the filter shows.
    #[must_use]
    pub fn filter(self) -> Filter {
        self.filter_signal().get()
    }
}
