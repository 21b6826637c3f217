//! The style sheets as one, in the order in which they build on each other.

use anyhow::{Result, ensure};

use crate::minify;
use crate::workspace::Workspace;

/// From the general to the special; those that exist are taken.
const ORDER: [&str; 6] = ["tokens", "base", "layout", "components", "pages", "print"];

/// `style/*.css` in order, then what the shell itself needs.
pub fn read(workspace: &Workspace) -> Result<String> {
    let folder = workspace.root().join("style");
    let mut css = String::new();
    for name in ORDER {
        let path = folder.join(format!("{name}.css"));
        if path.is_file() {
            css.push_str(&minify::css(&super::read(&path)?));
        }
    }
    if let Ok(entries) = std::fs::read_dir(&folder) {
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let known = name.strip_suffix(".css").is_none_or(|stem| ORDER.contains(&stem));
            ensure!(
                known,
                "style/{name} has no place in the order {ORDER:?} (xtask/src/dist/styles.rs)"
            );
        }
    }
    css.push_str(&minify::css(&super::read(&workspace.public().join("boot.css"))?));
    Ok(css)
}
