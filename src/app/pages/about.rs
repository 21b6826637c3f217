//! Customer, services and facts of an engagement: the form for a new one, and the same fields for one that is there.

mod draft;

use super::frame::{Crumbs, Head, InEngagement, Plain, Tabs, crumbs_of};
use crate::{
    app::{
        components::{
            condition::fact_word,
            datum::read_number,
            field::{SelectField, TextField},
            halves::Halves,
            icon::Icon,
            task_details::{field_day, read_day},
            unfinished::{Unfinished, UnfinishedMark},
        },
        route::Route,
        ui::{Ui, use_ui},
        words::W,
    },
    browser::{clock, page},
    engagement::{Change, Engagement},
    playbook::{EngagementId, Fact, MotionId, RegionId, ServiceId},
    workspace::Refusal,
};
use draft::Draft;
use leptos::prelude::*;

/// Why nothing was done, in words.
#[must_use]
pub fn refusal_text(ui: Ui, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoRoom { .. } => ui.word(W::no_room),
        Refusal::Store(_) => ui.word(W::storage_refused),
        Refusal::ReadOnly => ui.word(W::read_only_explained),
        Refusal::Unfit(fault) => ui.fill(
            W::import_damaged,
            &[
                ("path", fault.place()),
                (
                    "fault",
                    W::of(fault.kind.code()).map(|word| ui.word(word)).unwrap_or_default(),
                ),
            ],
        ),
        Refusal::Unknown(_) | Refusal::Exists(_) => ui.word(W::no_such_engagement),
    }
}

/// The form for a new engagement: only the name is asked for, everything else can follow.
#[component]
pub fn New() -> impl IntoView {
    let ui = use_ui();
    let error = RwSignal::new(String::new());
    let halves = Halves::told_in(error);
    let typed = move |event: leptos::ev::Event| drop(halves.text_in(ui, &event));
    let draft = Draft::default();
    let name = draft.name;
    let unfinished = Unfinished::of_new_engagement();
    if let Some(text) = unfinished.back_once() {
        draft.fill(&text);
    }
    Effect::new(move |_| unfinished.typed("", &draft.to_text()));
    let give_up = Callback::new(move |()| {
        unfinished.over();
        draft.fill("");
        halves.over();
    });
    // The first edit is made here: whoever has given no name yet is asked beside it.
    let nameless = ui.store.author.with_untracked(String::is_empty);
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if halves.stand() {
            return page::focus("customer-name");
        }
        let customer = name.get_untracked().trim().to_owned();
        if customer.is_empty() {
            error.set(ui.word(W::name_wanted));
            page::focus("customer-name");
            return;
        }
        let seats = match read_number(ui, &draft.seats.get_untracked()) {
            Ok(seats) => seats,
            Err(_) => return page::focus("new-seats"),
        };
        let Ok(assigned) = read_day(ui, &draft.assigned.get_untracked()) else {
            return page::focus("new-assigned");
        };
        let author = draft.author.get_untracked();
        if !author.trim().is_empty() {
            ui.store.set_author(author.trim());
        }
        let mut changes = vec![Change::SetCustomer(customer)];
        changes.push(Change::SetMotion(MotionId::parse(&draft.motion.get_untracked())));
        changes.push(Change::SetRegion(RegionId::parse(&draft.region.get_untracked())));
        changes.push(Change::SetSeats(seats));
        changes.push(Change::SetAssignedOn(assigned));
        changes.push(Change::SetFastTrackManager(
            draft.manager.get_untracked().trim().to_owned(),
        ));
        changes.extend(
            draft
                .services
                .get_untracked()
                .into_iter()
                .map(|service| Change::SetServiceInScope(service, true)),
        );
        let id = clock::new_engagement();
        match ui.store.create(&id, &changes) {
            Ok(()) => {
                unfinished.over();
                page::go(&Route::Engagement(id).href());
            }
            Err(refusal) => error.set(refusal_text(ui, &refusal)),
        }
    };
    let keep = move |signal: RwSignal<String>| {
        move |text: String| {
            signal.set(text);
            Ok(())
        }
    };
    let choose = move |signal: RwSignal<String>| move |text: String| signal.set(text);
    let crumbs = move || -> Crumbs { vec![(ui.word(W::portfolio), Some(Route::Portfolio.href()))] };
    let seats = move |text: String| {
        let read = read_number(ui, &text).map(|_| ());
        draft.seats.set(text);
        read
    };
    view! {
        <Plain>
            <Head crumbs=Signal::derive(crumbs) title=Signal::derive(ui.say(W::new_engagement))/>
            <form class="stack" on:submit=begin on:input=move |event| draft.typed(&event) novalidate>
                <UnfinishedMark of=unfinished field="customer-name" give_up=give_up/>
                <section class="panel"><div class="body fields">
                    <div class="field wide">
                        <label for="customer-name">{ui.say(W::customer_name)}</label>
                        <input class="input" id="customer-name" autocomplete="off" dir="auto" required aria-describedby=move || if unfinished.is_back() { "customer-name-error customer-name-unfinished" } else { "customer-name-error" } aria-invalid=move || (!error.with(String::is_empty)).then_some("true") prop:value=move || name.get() on:input=typed/>
                        <span class="error" id="customer-name-error" role="alert">{move || error.get()}</span>
                    </div>
                    <SelectField id="new-motion" label=Signal::derive(ui.say(W::motion)) value=draft.motion options=motions(ui) save=choose(draft.motion)/>
                    <SelectField id="new-region" label=Signal::derive(ui.say(W::region)) value=draft.region options=regions(ui) save=choose(draft.region)/>
                    <TextField id="new-seats" kind="number" label=Signal::derive(ui.say(W::seats)) value=draft.seats save=seats/>
                    <TextField id="new-assigned" kind="date" label=Signal::derive(ui.say(W::assigned)) value=draft.assigned save=keep(draft.assigned)/>
                    {nameless.then(|| view! { <TextField id="new-author" label=Signal::derive(ui.say(W::own_name)) value=draft.author save=keep(draft.author) hint=MaybeProp::derive(move || Some(ui.word(W::own_name_hint)))/> })}
                    <TextField id="new-manager" label=Signal::derive(ui.say(W::fast_track_manager)) value=draft.manager save=keep(draft.manager)/>
                </div></section>
                <section class="panel">
                    <header><h2>{ui.say(W::services_in_scope)}</h2></header>
                    <div class="body"><Services
                        chosen=Signal::derive(move || draft.services.get())
                        choose=move |(service, is): (ServiceId, bool)| draft.services.update(|all| { if is { all.insert(service); } else { all.remove(&service); } })
                    /></div>
                </section>
                <p class="row">
                    <button class="btn primary" type="submit">{ui.say(W::begin)}</button>
                    <a class="btn" href=Route::Portfolio.href()>{ui.say(W::cancel)}</a>
                </p>
            </form>
        </Plain>
    }
}

fn motions(ui: Ui) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let named = ui
            .structure()
            .motions
            .iter()
            .map(|id| (id.to_string(), ui.name(|names| names.motion(id).to_owned())))
            .collect::<Vec<_>>();
        [vec![(String::new(), ui.word(W::not_known_yet))], named].concat()
    })
}

fn regions(ui: Ui) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let named = ui
            .structure()
            .regions
            .iter()
            .map(|id| (id.to_string(), ui.name(|names| names.region(id).to_owned())))
            .collect::<Vec<_>>();
        [vec![(String::new(), ui.word(W::not_known_yet))], named].concat()
    })
}

/// The services that can be in scope, each a checkbox.
#[component]
pub fn Services(
    /// Those that are ticked.
    #[prop(into)]
    chosen: Signal<std::collections::BTreeSet<ServiceId>>,
    /// Takes a tick or an untick.
    #[prop(into)]
    choose: Callback<(ServiceId, bool)>,
) -> impl IntoView {
    let ui = use_ui();
    let all: Vec<ServiceId> = ui.structure().scopable_services().cloned().collect();
    let boxes = all
        .into_iter()
        .map(|service| {
            let id = format!("service-{service}");
            let (is, name, pick) = (service.clone(), service.clone(), service.clone());
            view! {
                <li data-service=service.to_string()>
                    <input class="check" type="checkbox" id=id.clone() prop:checked=move || chosen.with(|chosen| chosen.contains(&is)) on:change=move |event| {
                        choose.run((pick.clone(), event_target_checked(&event)));
                        page::show_ticked(&event, chosen.with_untracked(|chosen| chosen.contains(&pick)), false);
                    }/>
                    <label for=id>{move || ui.service(&name)}</label>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="services" role="list">{boxes}</ul> }
}

/// Customer, services and facts of an engagement that is there.
#[component]
pub fn About(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement.clone());
    let services = Signal::derive(move || {
        ui.store.with(&id.get_value(), |one| {
            one.map(Engagement::services_in_scope).unwrap_or_default()
        })
    });
    view! {
        <InEngagement engagement=engagement rail=false>
            <Head crumbs=crumbs_of(ui, id) title=Signal::derive(ui.say(W::customer_and_scope))/>
            <Tabs engagement=id.get_value()/>
            <CustomerFields engagement=id.get_value()/>
            <section class="panel">
                <header><h2>{ui.say(W::services_in_scope)}</h2><p>{ui.say(W::services_explained)}</p></header>
                <div class="body"><Services chosen=services choose=move |(service, is): (ServiceId, bool)| ui.store.dispatch(&id.get_value(), Change::SetServiceInScope(service, is))/></div>
            </section>
            <section class="panel">
                <header><h2>{ui.say(W::facts)}</h2><p>{ui.say(W::facts_explained)}</p></header>
                <div class="body"><ul class="lined factlist" role="list">{Fact::ALL.map(|fact| view! { <FactField engagement=id.get_value() fact=fact/> }).collect_view()}</ul></div>
            </section>
        </InEngagement>
    }
}

#[component]
fn CustomerFields(engagement: EngagementId) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let read = move |of: fn(&Engagement) -> String| {
        Signal::derive(move || ui.store.with(&id.get_value(), |one| one.map(of).unwrap_or_default()))
    };
    let write = move |change: fn(String) -> Change| {
        move |text: String| {
            ui.store.dispatch(&id.get_value(), change(text.trim().to_owned()));
            Ok(())
        }
    };
    let put = move |change: Change| ui.store.dispatch(&id.get_value(), change);
    let rename = move |text: String| {
        if text.trim().is_empty() {
            return Err(ui.word(W::name_wanted));
        }
        put(Change::SetCustomer(text.trim().to_owned()));
        Ok(())
    };
    let seats = move |text: String| read_number(ui, &text).map(|seats| put(Change::SetSeats(seats)));
    let assigned = move |text: String| read_day(ui, &text).map(|day| put(Change::SetAssignedOn(day)));
    let languages = Signal::derive(move || {
        let named = crate::playbook::Language::ALL.map(|one| (one.tag().to_owned(), one.own_name().to_owned()));
        [vec![(String::new(), ui.word(W::not_known_yet))], named.to_vec()].concat()
    });
    view! {
        <section class="panel"><header><h2>{ui.say(W::customer)}</h2></header><div class="body fields">
            <TextField id="about-name" label=Signal::derive(ui.say(W::customer_name)) value=read(|one| one.customer().to_owned()) save=rename/>
            <TextField id="about-tenant" label=Signal::derive(ui.say(W::tenant)) value=read(|one| one.tenant().to_owned()) save=write(Change::SetTenant)/>
            <TextField id="about-country" label=Signal::derive(ui.say(W::country)) value=read(|one| one.country().to_owned()) save=write(Change::SetCountry)/>
            <SelectField id="about-region" label=Signal::derive(ui.say(W::region)) value=read(|one| one.region().map(|id| id.to_string()).unwrap_or_default()) options=regions(ui) save=move |text: String| put(Change::SetRegion(RegionId::parse(&text)))/>
            <TextField id="about-seats" kind="number" label=Signal::derive(ui.say(W::seats)) value=read(|one| one.seats().map(|n| n.to_string()).unwrap_or_default()) save=seats/>
            <SelectField id="about-language" label=Signal::derive(ui.say(W::customer_language)) value=read(|one| one.customer_language().to_owned()) options=languages save=move |text: String| put(Change::SetCustomerLanguage((!text.is_empty()).then_some(text)))/>
            <SelectField id="about-motion" label=Signal::derive(ui.say(W::motion)) value=read(|one| one.motion().map(|id| id.to_string()).unwrap_or_default()) options=motions(ui) save=move |text: String| put(Change::SetMotion(MotionId::parse(&text)))/>
            <TextField id="about-assigned" kind="date" label=Signal::derive(ui.say(W::assigned)) value=read(|one| field_day(one.assigned_on())) save=assigned/>
            <TextField id="about-manager" label=Signal::derive(ui.say(W::fast_track_manager)) value=read(|one| one.fast_track_manager().to_owned()) save=write(Change::SetFastTrackManager)/>
        </div></section>
    }
}

/// A fact: yes, no, not known yet.
#[component]
fn FactField(engagement: EngagementId, fact: Fact) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let answer = Memo::new(move |_| ui.store.with(&id.get_value(), |one| one.and_then(|one| one.fact(fact))));
    let proposed = Memo::new(move |_| {
        let seats = ui.store.with(&id.get_value(), |one| one.and_then(Engagement::seats));
        fact == Fact::Enterprise && answer.get().is_none() && seats.is_some_and(|seats| seats >= 20_000)
    });
    let field = move |value: Option<bool>| {
        let tag = match value {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        format!("fact-{}-{tag}", fact.as_str())
    };
    let radio = move |value: Option<bool>, word: W| {
        let put = move |_| {
            ui.store.dispatch(&id.get_value(), Change::SetFact(fact, value));
            page::choose(&field(answer.get_untracked()));
        };
        let field = field(value);
        let label = field.clone();
        view! {
            <label for=label>
                <input type="radio" id=field name=format!("fact-{}", fact.as_str()) prop:checked=move || answer.get() == value on:change=put/>
                {ui.say(word)}
            </label>
        }
    };
    view! {
        <li>
            <fieldset class="fact" data-fact=fact.as_str()>
                <legend>{ui.say(fact_word(fact))}</legend>
                {radio(Some(true), W::yes)} {radio(Some(false), W::no)} {radio(None, W::not_known_yet)}
                <Show when=move || proposed.get()><p class="meta"><Icon name="warning"/>{ui.say(W::enterprise_proposed)}</p></Show>
            </fieldset>
        </li>
    }
}
