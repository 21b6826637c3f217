//! The bar: where one can go, how the work is kept, and the language.

use super::{icon::Icon, save_state::SaveStatePop};
use crate::{
    app::{route::Route, ui::use_ui, words::W},
    playbook::Language,
};
use leptos::prelude::*;

/// The bar at the top of every page.
#[component]
pub fn Bar() -> impl IntoView {
    let ui = use_ui();
    let link = move |route: Route, word: W| {
        let (href, name) = (route.href(), route.name());
        let here = move || {
            let at = ui.route.with(|route| match route {
                Route::Process(..) | Route::Task(_) | Route::Reference(..) | Route::Glossary | Route::Whole => {
                    "playbook"
                }
                Route::Import | Route::Data | Route::Settings | Route::Playbook => route.name(),
                _ => "portfolio",
            });
            (at == name).then_some("page")
        };
        view! { <li><a href=href aria-current=here>{ui.say(word)}</a></li> }
    };
    view! {
        <header class="bar">
            <a class="brand" href="#/" aria-label=ui.say(W::app_name)><Icon name="brand"/><span class="hide-s">{ui.say(W::app_name)}</span></a>
            <nav aria-label=ui.say(W::places)>
                <ul role="list">
                    {link(Route::Portfolio, W::portfolio)}
                    {link(Route::Playbook, W::playbook)}
                    {link(Route::Import, W::import)}
                    {link(Route::Data, W::data)}
                    {link(Route::Settings, W::settings)}
                </ul>
            </nav>
            <SaveStatePop/>
            <LanguagePicker/>
        </header>
    }
}

/// The languages the app offers, each by its own name.
#[component]
pub fn LanguagePicker() -> impl IntoView {
    let ui = use_ui();
    view! {
        <span class="picker">
            <label class="sr" for="language">{ui.say(W::language)}</label>
            <select
                class="pick"
                id="language"
                prop:value=move || ui.language().tag()
                on:change=move |event| if let Some(language) = Language::parse(&event_target_value(&event)) { ui.choose_language(language) }
            >
                {Language::OFFERED
                    .map(|language| view! {
                        <option value=language.tag() lang=language.tag() selected=move || ui.language() == language>{language.own_name()}</option>
                    })
                    .collect_view()}
            </select>
            <Icon name="down"/>
        </span>
    }
}
