//! Mounts the app, nothing else.

fn main() {
    #[cfg(all(feature = "page", target_arch = "wasm32"))]
    engagement_playbook::app::start();
}
