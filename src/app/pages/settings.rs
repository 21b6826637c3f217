//! Language, theme and own name.

use super::frame::{Head, Plain};
use crate::{
    app::{
        components::field::{SelectField, TextField},
        ui::use_ui,
        words::W,
    },
    browser::{page, prefs, shell},
    playbook::Language,
};
use leptos::prelude::*;

/// The page of settings.
#[component]
pub fn Settings() -> impl IntoView {
    let ui = use_ui();
    let theme = RwSignal::new(prefs::get_text("ep.theme"));
    let languages = Signal::derive(|| {
        Language::OFFERED
            .map(|one| (one.tag().to_owned(), one.own_name().to_owned()))
            .to_vec()
    });
    let themes = Signal::derive(move || {
        vec![
            (String::new(), ui.word(W::theme_system)),
            ("light".into(), ui.word(W::theme_light)),
            ("dark".into(), ui.word(W::theme_dark)),
        ]
    });
    let choose_theme = move |choice: String| {
        page::set_theme(&choice);
        prefs::set_text("ep.theme", &choice);
        theme.set(choice);
    };
    let choose_language = move |tag: String| {
        if let Some(language) = Language::parse(&tag) {
            ui.choose_language(language);
        }
    };
    let name = move |text: String| {
        ui.store.set_author(text.trim());
        ui.store.ask_name.set(false);
        Ok(())
    };
    view! {
        <Plain>
            <Head crumbs=Vec::new() title=Signal::derive(ui.say(W::settings))/>
            <section class="panel"><div class="body fields">
                <TextField id="own-name" label=Signal::derive(ui.say(W::own_name)) value=Signal::derive(move || ui.store.author.get()) save=name hint=MaybeProp::derive(move || Some(ui.word(W::own_name_hint)))/>
                <SelectField id="settings-language" label=Signal::derive(ui.say(W::language)) value=Signal::derive(move || ui.language().tag().to_owned()) options=languages save=choose_language/>
                <SelectField id="theme" label=Signal::derive(ui.say(W::theme)) value=theme options=themes save=choose_theme/>
            </div></section>
            <p class="meta">{move || ui.fill(W::version, &[("version", shell::version())])}</p>
        </Plain>
    }
}
