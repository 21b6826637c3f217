//! How a browser is opened: profile, window, languages, downloads.

use std::path::PathBuf;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

/// Where the browser keeps its data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Profile {
    /// A new folder that goes with the browser.
    #[default]
    Fresh,
    /// A folder of the caller, which stays: for tests that come back to what a killed browser has left.
    At(PathBuf),
}

/// What can be chosen before a browser starts. The default: a new profile, 1280 by 900, English, nothing downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where the browser keeps its data.
    pub profile: Profile,
    /// Width and height of the page in CSS pixels. See also [`super::Browser::device`].
    pub window: (u32, u32),
    /// `navigator.languages`, the first one first.
    pub languages: Vec<String>,
    /// Where downloads go, without asking; `None` refuses them.
    pub downloads: Option<PathBuf>,
    /// Further command-line flags, such as `--disable-features=...`.
    pub flags: Vec<String>,
    /// Further preferences of the profile, such as `("profile.default_content_setting_values.cookies", 2)`.
    pub preferences: Vec<(String, Value)>,
    /// Keeps the question open that a page asks before it is left, for `accept_alert` and `dismiss_alert`. Otherwise it is
    /// answered with yes at once, and nobody sees that it was asked.
    pub keep_questions: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            profile: Profile::Fresh,
            window: (1280, 900),
            languages: vec!["en-US".to_owned(), "en".to_owned()],
            downloads: None,
            flags: Vec::new(),
            preferences: Vec::new(),
            keep_questions: false,
        }
    }
}

impl Options {
    /// The default with a profile that stays.
    pub fn with_profile(folder: impl Into<PathBuf>) -> Self {
        Self {
            profile: Profile::At(folder.into()),
            ..Self::default()
        }
    }

    /// The default with other languages: `Options::with_languages(&["de-AT", "en"])`.
    pub fn with_languages(languages: &[&str]) -> Self {
        Self {
            languages: languages.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Self::default()
        }
    }

    /// What is sent to chromedriver.
    pub(super) fn capabilities(&self, binary: &str, profile: &str) -> Capabilities {
        let languages = self.languages.join(",");
        let mut args: Vec<String> = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Tests tick boxes faster than any person; pages in the background must go on as fast.
            "--disable-background-timer-throttling",
            "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows",
            // The pages that the browser's own address bar loads at each start: a quarter of all that a start costs.
            "--disable-features=PreloadTopChromeWebUI,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,\
             AiModeOmniboxEntryPoint",
        ]
        .map(str::to_owned)
        .to_vec();
        args.push(format!("--user-data-dir={profile}"));
        args.push(format!("--window-size={},{}", self.window.0, self.window.1));
        args.push(format!("--accept-lang={languages}"));
        args.extend(self.flags.iter().cloned());
        let mut preferences = json!({ "intl.accept_languages": languages, "intl.selected_languages": languages });
        for (key, value) in &self.preferences {
            preferences[key] = value.clone();
        }
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".to_owned(), json!("chrome"));
        capabilities.insert(
            "goog:chromeOptions".to_owned(),
            json!({ "binary": binary, "args": args, "prefs": preferences }),
        );
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        if self.keep_questions {
            // Only with the newer protocol switched on does chromedriver leave this question alone.
            capabilities.insert("webSocketUrl".to_owned(), json!(true));
            capabilities.insert(
                "unhandledPromptBehavior".to_owned(),
                json!({ "default": "ignore", "beforeUnload": "ignore" }),
            );
        }
        capabilities
    }
}
