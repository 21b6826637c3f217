//! Ending a process together with everything it started.
//!
//! Chromium is many processes, and its storage lives in another than its pages: one that is killed alone leaves the others
//! to write for a moment. A process group is not enough, since browsers share the group of their driver.

/// A process and all its descendants, as they are now; itself first.
#[cfg(target_os = "linux")]
pub fn of(root: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, status(id)?.parent)))
        .collect();
    let mut tree = vec![root];
    let mut next = 0;
    while let Some(&parent) = tree.get(next) {
        tree.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        next += 1;
    }
    tree
}

/// Elsewhere the children end by themselves when their parent is gone.
#[cfg(not(target_os = "linux"))]
pub fn of(root: u32) -> Vec<u32> {
    vec![root]
}

/// SIGKILL to all of them.
pub fn kill(tree: &[u32]) {
    #[cfg(unix)]
    for id in tree {
        use rustix::process::{Pid, Signal, kill_process};
        if let Some(id) = i32::try_from(*id).ok().and_then(Pid::from_raw) {
            // Fails if it has ended already.
            let _ = kill_process(id, Signal::KILL);
        }
    }
    #[cfg(not(unix))]
    let _ = tree;
}

/// Whether any of them is still at work; one that has ended and waits to be collected by its parent is not.
#[cfg(target_os = "linux")]
pub fn is_running(tree: &[u32]) -> bool {
    tree.iter().any(|id| status(*id).is_some_and(|status| !status.ended))
}

/// Not known elsewhere.
#[cfg(not(target_os = "linux"))]
pub fn is_running(_tree: &[u32]) -> bool {
    false
}

#[cfg(target_os = "linux")]
struct Status {
    parent: u32,
    ended: bool,
}

/// From `/proc/ID/stat`: `ID (name) state parent ...`; the name may hold anything, brackets too.
#[cfg(target_os = "linux")]
fn status(id: u32) -> Option<Status> {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    let mut fields = rest.split_whitespace();
    let state = fields.next()?;
    Some(Status {
        parent: fields.next()?.parse().ok()?,
        ended: matches!(state, "Z" | "X"),
    })
}
