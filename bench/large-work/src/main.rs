//! The functions that the page of the benchmark calls.

#[cfg(target_arch = "wasm32")]
mod page {
    use engagement_playbook::engagement::{Engagement, merge};
    use large_work::{copies, item, several};
    use std::cell::RefCell;
    use wasm_bindgen::prelude::wasm_bindgen;

    thread_local! {
        static COPIES: RefCell<Option<[Engagement; 2]>> = const { RefCell::new(None) };
    }

    /// Makes the two copies, and reads them.
    #[wasm_bindgen]
    pub fn prepare() -> Result<(), String> {
        let copies = copies::copies().map_err(|error| format!("{error:?}"))?;
        COPIES.set(Some(copies));
        Ok(())
    }

    /// Merges the two copies once; whether that brought news to both.
    #[wasm_bindgen]
    #[must_use]
    pub fn merge_once() -> bool {
        COPIES.with_borrow(|copies| {
            copies.as_ref().is_some_and(|[mine, theirs]| {
                let merged = merge(mine, theirs);
                merged.news_for_mine && merged.news_for_theirs
            })
        })
    }

    /// The file of so many engagements of which so many were worked on lately.
    #[wasm_bindgen]
    pub fn several_of(now: f64, count: usize, lately: usize) -> Result<String, String> {
        several::several(now as i64, count, lately).map_err(|error| error.to_string())
    }

    /// What an item costs in a file, how much of that is what was written, and what its history costs there; bytes.
    #[wasm_bindgen]
    #[must_use]
    pub fn cost_of_an_item() -> Vec<usize> {
        let cost = item::cost();
        vec![cost.item, cost.values, cost.history]
    }
}

/// Everything is called from outside.
fn main() {}
