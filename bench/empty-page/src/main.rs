//! The smallest Leptos page: one heading, and the mark `data-ready` that the app sets too.
//!
//! It exists to be compared with. What it weighs and how long it takes to start is what Leptos itself costs;
//! the rest is ours. Nothing else belongs here.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;

    mount_to_body(|| view! { <h1>"Empty page"</h1> });
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-ready", "");
    }
}

/// There is no page outside the browser; this keeps native builds of the whole workspace going.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
