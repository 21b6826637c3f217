//! Says what just happened, for at least ten seconds and as long as it is looked at; what can be taken back offers that.

use super::icon::Icon;
use crate::app::{taking_back, ui::use_ui, words::W};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// One message at a time, at the bottom.
#[component]
pub fn Toast() -> impl IntoView {
    let ui = use_ui();
    let held = RwSignal::new(false);
    let timer = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        let waiting = ui.toast.with(Option::is_some) && !held.get();
        timer.set_value(waiting.then(|| Timeout::new(10_000, move || ui.toast.set(None))));
    });
    view! {
        <div class="toasts" role="status">
            {move || ui.toast.get().map(|message| view! {
                <div
                    class="toast"
                    on:mouseenter=move |_| held.set(true)
                    on:mouseleave=move |_| held.set(false)
                    on:focusin=move |_| held.set(true)
                    on:focusout=move |_| held.set(false)
                >
                    <Icon name="complete"/>
                    <p>{message.text}</p>
                    {message.step.map(|step| view! {
                        <Show when=move || ui.store.last_step.get() == Some(step)>
                            <button class="btn small" type="button" on:click=move |_| { held.set(false); taking_back::undo(ui) }>{ui.say(W::undo)}</button>
                        </Show>
                    })}
                    <button class="btn small quiet icon" type="button" aria-label=ui.say(W::dismiss) on:click=move |_| { held.set(false); ui.toast.set(None) }><Icon name="x"/></button>
                </div>
            })}
        </div>
    }
}
