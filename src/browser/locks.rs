//! Web Locks: who is alive, and who keeps. A lock is held as long as its `Held` lives, at most as long as the tab.
//!
//! A query proves nothing, only an acquired lock does. The keeper's rules stand in `workspace`; here is only the bridge,
//! written by hand because web-sys has the interface behind a build flag.

use crate::engagement::stamp::ReplicaId;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// A lock that is ours; dropping it gives it back.
#[derive(Debug)]
#[must_use]
pub struct Held {
    release: Function,
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Whether locks hold between all pages that share the storage.
///
/// On `file://` all local pages share one storage, and nothing shows that locks span them: then nobody removes what
/// another tab wrote.
#[must_use]
pub fn span_pages() -> bool {
    let protocol = web_sys::window().and_then(|window| window.location().protocol().ok());
    manager().is_some() && protocol.is_some_and(|protocol| protocol != "file:")
}

/// Takes the lock of this start of this tab; to be held before its first write. `None` where there are no locks.
pub async fn hold_tab(replica: ReplicaId) -> Option<Held> {
    request(&tab(replica), false).await
}

/// Takes the lock of another tab, if that tab is dead.
pub async fn take_dead(replica: ReplicaId) -> Option<Held> {
    request(&tab(replica), true).await
}

/// Waits until this tab is the keeper. `None` where there are no locks: then nobody is.
pub async fn become_keeper() -> Option<Held> {
    request("ep.keeper", false).await
}

fn tab(replica: ReplicaId) -> String {
    format!("ep.tab.{replica}")
}

fn manager() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

async fn request(name: &str, if_available: bool) -> Option<Held> {
    let manager = manager()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &if_available.into()).ok()?;
    let (answered, answer) = promise();
    let (held, release) = promise();
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let _ = answer.call1(&JsValue::NULL, &lock.is_object().into());
        if lock.is_object() {
            held.into()
        } else {
            JsValue::UNDEFINED
        }
    });
    // The request itself settles when the lock is given back, or fails where locks are forbidden.
    let request = manager.request(name, &options, &granted).ok()?;
    let first = Promise::race(&Array::of2(&answered, &request));
    let ours = JsFuture::from(first).await.ok()?.is_truthy();
    ours.then_some(Held { release })
}

/// A promise and the function that settles it.
fn promise() -> (Promise, Function) {
    // Not `Function::default()`: that is `new Function("")`, which the policy of the page refuses.
    let mut settle = None;
    let promise = Promise::new(&mut |resolve, _| settle = Some(resolve));
    (
        promise,
        settle.expect("a promise hands out its functions before it is made"),
    )
}
