//! Which days are no working days: the weekend and the holidays of this engagement.

use super::{
    datum::{Bound, DatumField, Kind, of_engagement},
    holiday_import::HolidayImport,
};
use crate::{
    app::{ui::use_ui, words::W},
    engagement::{Change, Engagement, Field},
    playbook::EngagementId,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// Weekend and holidays.
#[component]
pub fn CalendarPanel(
    /// The engagement.
    engagement: EngagementId,
) -> impl IntoView {
    let ui = use_ui();
    let id = StoredValue::new(engagement);
    let weekends = Kind::Choice(Signal::derive(move || {
        let all = [
            ("sat-sun", W::weekend_sat_sun),
            ("fri-sat", W::weekend_fri_sat),
            ("fri", W::weekend_fri),
            ("sun", W::weekend_sun),
            ("none", W::weekend_none),
        ];
        all.map(|(id, word)| (id.to_owned(), ui.word(word))).to_vec()
    }));
    let Bound { read, write, place } = of_engagement(Field::Weekend);
    let read = Arc::new(move |one: &Engagement| match read(one) {
        weekend if weekend.is_empty() => "sat-sun".to_owned(),
        weekend => weekend,
    });
    let holidays = Memo::new(move |_| {
        ui.store
            .with(&id.get_value(), |one| one.map(Engagement::holidays).unwrap_or_default())
    });
    let row = move |(day, name): (NaiveDate, String)| {
        let remove = move |_| {
            ui.store.dispatch(&id.get_value(), Change::SetHoliday(day, None));
            ui.tell_step(ui.word(W::holiday_removed));
        };
        let of = name.clone();
        view! {
            <li class="row" data-holiday=day.to_string()>
                <time datetime=day.to_string()>{move || ui.day(day)}</time>
                <span dir="auto">{name}</span>
                <button class="btn small quiet" type="button" on:click=remove>{ui.say(W::remove)}<span class="sr">" " {of}</span></button>
            </li>
        }
    };
    view! {
        <div class="fields">
            <DatumField engagement=id.get_value() id="weekend" label=Signal::derive(ui.say(W::weekend)) kind=weekends bound=Bound { read, write, place }/>
        </div>
        <h3>{move || ui.count(W::n_holidays, holidays.with(Vec::len), &[])}</h3>
        <ul class="holidays" role="list"><For each=move || holidays.get() key=|holiday| holiday.clone() children=row/></ul>
        <HolidayImport engagement=id.get_value()/>
    }
}
