//! What the first screen of a first visit does without: every page but the empty one, the keeper, and reading files. (Writing them is not
//! among it: a copy of the work can be saved whatever else fails.)
//!
//! It is compiled into a wasm file of its own, so that the first visit waits for a third of the code only; the rest is fetched
//! as soon as the first screen stands. Everything here is called through the functions of this module: code that is reached
//! past them would stand in the first file again (`cargo xtask bench` shows it). The single file holds both.
#![allow(unsafe_code)] // Written by `wasm_split`: calls across the two files.

use super::{keeper, pages, route::Route, store::Store, taking_back, ui::Ui};
use crate::{
    engagement::Engagement,
    exchange::{self, ImportError},
};
use leptos::{prelude::*, wasm_split::SplitLoaderError};
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

/// Whether the second file is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// On its way.
    Coming,
    /// There: its pages draw at once.
    Here,
    /// Could not be had, for now.
    Missing,
}

/// Fetches the second file, starts what runs in it, and says how that went.
pub fn fetch(store: Store, rest: RwSignal<Rest>) {
    rest.set(Rest::Coming);
    leptos::task::spawn_local(async move {
        // Every function waits for the file by itself: after this nothing, `draw` answers at the first question.
        let drawn = draw(None).await.is_ok();
        let kept = drawn && keep(store).await.is_ok();
        rest.set(if kept { Rest::Here } else { Rest::Missing });
    });
}

/// Draws a page of the second file; `None` while it is not there.
#[must_use]
pub fn page(route: Route) -> Option<AnyView> {
    // Loaded code answers at the first question.
    match pin!(draw(Some(route))).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(drawn) => drawn.ok(),
        Poll::Pending => None,
    }
}

/// A function of the second file; in a build for work on the app there is one file only.
macro_rules! later {
    ($(#[doc = $doc:literal])* $visible:vis fn $name:ident($($argument:ident: $of:ty),*) -> $result:ty $body:block) => {
        $(#[doc = $doc])*
        #[cfg(not(debug_assertions))]
        #[leptos::wasm_split::wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
        $visible fn $name($($argument: $of),*) -> $result $body

        $(#[doc = $doc])*
        #[cfg(debug_assertions)]
        $visible async fn $name($($argument: $of),*) -> $result $body
    };
}

later! {
    fn draw(route: Option<Route>) -> Result<AnyView, SplitLoaderError> {
        let Some(route) = route else {
            return Ok(().into_any());
        };
        Ok(match route {
            Route::Portfolio => view! { <pages::portfolio::Portfolio/> }.into_any(),
            Route::NewEngagement => view! { <pages::about::New/> }.into_any(),
            Route::Engagement(id) => view! { <pages::engagement::Overview engagement=id/> }.into_any(),
            Route::About(id) => view! { <pages::about::About engagement=id/> }.into_any(),
            Route::Tasks(id) => view! { <pages::tasks::Tasks engagement=id/> }.into_any(),
            Route::Notes(id) => view! { <pages::notes::Notes engagement=id/> }.into_any(),
            Route::Plan(id) => view! { <pages::plan::Plan engagement=id/> }.into_any(),
            Route::Services(id) => view! { <pages::services::Services engagement=id/> }.into_any(),
            Route::Dates(id) => view! { <pages::dates::Dates engagement=id/> }.into_any(),
            Route::History(id, item) => view! { <pages::history::HistoryPage engagement=id item=item/> }.into_any(),
            Route::Conflicts(id) => view! { <pages::conflicts::Conflicts engagement=id/> }.into_any(),
            Route::Completion(id) => view! { <pages::completion::Ending engagement=id/> }.into_any(),
            Route::Handover(id) => view! { <pages::handover::Handing engagement=id/> }.into_any(),
            Route::Work(id, process, _) => view! { <pages::process::Work engagement=id process=process/> }.into_any(),
            Route::Playbook => view! { <pages::playbook::Playbook/> }.into_any(),
            Route::Process(process, _) => view! { <pages::process::Reading process=process/> }.into_any(),
            Route::Task(task) => view! { <pages::task::TaskPage task=task/> }.into_any(),
            Route::Reference(page, _) => view! { <pages::reference::Reference page=page/> }.into_any(),
            Route::Glossary => view! { <pages::glossary::Glossary/> }.into_any(),
            Route::Whole => view! { <pages::whole::Whole/> }.into_any(),
            Route::Import => view! { <pages::import::Import/> }.into_any(),
            Route::Data => view! { <pages::data::Data/> }.into_any(),
            Route::Settings => view! { <pages::settings::Settings/> }.into_any(),
            Route::Unknown(_) => view! { <pages::not_found::NotFound/> }.into_any(),
        })
    }
}

later! {
    /// Checks what was given as a file or a text.
    pub fn read(bytes: Vec<u8>) -> Result<Result<Vec<Engagement>, ImportError>, SplitLoaderError> {
        Ok(exchange::import(&bytes))
    }
}

later! {
    /// Looks after the second store until it has what this tab began with.
    pub fn tend(store: Store) -> Result<(), SplitLoaderError> {
        store.tend_until_done();
        Ok(())
    }
}

later! {
    /// Keeps the snapshots from now on, when it is this tab's turn.
    pub fn keep(store: Store) -> Result<(), SplitLoaderError> {
        keeper::run(store);
        Ok(())
    }
}

later! {
    /// Takes back the last thing that was done here, or does it again.
    pub fn take_back(ui: Ui, again: bool) -> Result<(), SplitLoaderError> {
        taking_back::take_back(ui, again);
        Ok(())
    }
}
