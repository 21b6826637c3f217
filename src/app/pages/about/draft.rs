//! What was filled in for an engagement that does not exist yet. It is kept as one unfinished text, choices and
//! services with it.

use crate::{browser::page, playbook::ServiceId};
use leptos::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;

const SERVICES: &str = "services";

/// The form; cheap to copy.
#[derive(Clone, Copy, Default)]
pub struct Draft {
    pub name: RwSignal<String>,
    pub motion: RwSignal<String>,
    pub region: RwSignal<String>,
    pub seats: RwSignal<String>,
    pub assigned: RwSignal<String>,
    pub manager: RwSignal<String>,
    pub author: RwSignal<String>,
    pub services: RwSignal<BTreeSet<ServiceId>>,
}

impl Draft {
    /// Each text by the id of its field.
    fn texts(self) -> [(&'static str, RwSignal<String>); 7] {
        [
            ("customer-name", self.name),
            ("new-motion", self.motion),
            ("new-region", self.region),
            ("new-seats", self.seats),
            ("new-assigned", self.assigned),
            ("new-manager", self.manager),
            ("new-author", self.author),
        ]
    }

    /// Somebody types: what stands in a box is part of the draft before the box is left. Half a date is none yet.
    pub fn typed(self, event: &web_sys::Event) {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input.filter(|input| input.type_() == "text") else {
            return;
        };
        let of = self.texts().into_iter().find(|(id, _)| *id == input.id());
        if let Some(((_, text), value)) = of.zip(page::text_in(event)) {
            text.set(value);
        }
    }

    /// As it is kept; empty where nothing was filled in.
    pub fn to_text(self) -> String {
        let mut all = Map::new();
        for (id, text) in self.texts() {
            let text = text.get();
            if !text.is_empty() {
                all.insert(id.to_owned(), Value::String(text));
            }
        }
        let services: Vec<String> = self
            .services
            .with(|services| services.iter().map(ToString::to_string).collect());
        if !services.is_empty() {
            all.insert(SERVICES.to_owned(), json!(services));
        }
        if all.is_empty() {
            String::new()
        } else {
            Value::Object(all).to_string()
        }
    }

    /// As it was kept; what is not there is empty.
    pub fn fill(self, text: &str) {
        let all: Value = serde_json::from_str(text).unwrap_or_default();
        for (id, signal) in self.texts() {
            signal.set(all[id].as_str().unwrap_or_default().to_owned());
        }
        let services = all[SERVICES].as_array().into_iter().flatten();
        let services = services.filter_map(|id| ServiceId::parse(id.as_str()?));
        self.services.set(services.collect());
    }
}
