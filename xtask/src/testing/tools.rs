//! What the browser tests need and the repository does not hold: a browser, its driver, fonts, and axe-core.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::workspace::Workspace;

/// The rules for accessibility that the tests run in the page; exactly this version, so that no day brings new findings.
const AXE: &str = "4.14.1";

/// A Debian package, and how to see that what it brings is there.
struct Tool {
    package: &'static str,
    is_there: fn() -> bool,
}

const TOOLS: [Tool; 3] = [
    Tool {
        package: "chromium",
        is_there: || command::find("chromium").is_some(),
    },
    Tool {
        package: "chromium-driver",
        is_there: || command::find("chromedriver").is_some(),
    },
    // Without them Japanese and Chinese are boxes, and every width is wrong.
    Tool {
        package: "fonts-noto-cjk",
        is_there: has_cjk_fonts,
    },
];

/// Makes sure that browser, driver and fonts are there: installs what is missing on Debian as root, else names it.
pub fn ensure_browsers() -> Result<()> {
    let missing: Vec<&str> = TOOLS
        .iter()
        .filter(|tool| !(tool.is_there)())
        .map(|tool| tool.package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if command::find("apt-get").is_none() || !is_root() {
        bail!(
            "the browser tests need {}. On Debian: apt-get install --no-install-recommends {}",
            missing.join(", "),
            missing.join(" ")
        );
    }
    println!("Installing {}", missing.join(", "));
    command::run(Command::new("apt-get").arg("update"))?;
    command::run(
        Command::new("apt-get")
            .args(["install", "--yes", "--no-install-recommends"])
            .args(&missing)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    match TOOLS.iter().find(|tool| !(tool.is_there)()) {
        Some(tool) => bail!("{} was installed, but what it should bring is not there", tool.package),
        None => Ok(()),
    }
}

/// The path of `axe.min.js`, installed into the target folder if it is not there in the right version.
pub fn ensure_axe(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target().join("npm");
    let package = folder.join("node_modules/axe-core");
    if installed_version(&package).as_deref() != Some(AXE) {
        if command::find("npm").is_none() {
            bail!(
                "the browser tests need axe-core {AXE}, and there is no npm to install it. On Debian: apt-get install npm"
            );
        }
        println!("Installing axe-core {AXE}");
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        // Scripts of packages are not run; nothing is written but the package.
        command::run(
            Command::new("npm")
                .args([
                    "install",
                    "--ignore-scripts",
                    "--no-package-lock",
                    "--no-save",
                    "--no-audit",
                    "--no-fund",
                ])
                .args(["--loglevel=error", "--prefix"])
                .arg(&folder)
                .arg(format!("axe-core@{AXE}")),
        )?;
    }
    let script = package.join("axe.min.js");
    if !script.is_file() {
        bail!("axe-core {AXE} has no axe.min.js");
    }
    Ok(script)
}

fn installed_version(package: &Path) -> Option<String> {
    let text = fs::read_to_string(package.join("package.json")).ok()?;
    let description: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(description["version"].as_str()?.to_owned())
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// Looks for a font file with CJK in its name, since the program that lists fonts may be missing itself.
fn has_cjk_fonts() -> bool {
    let mut folders = vec![
        PathBuf::from("/usr/share/fonts"),
        PathBuf::from("/usr/local/share/fonts"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().contains("CJK"))
            {
                return true;
            }
        }
    }
    false
}
