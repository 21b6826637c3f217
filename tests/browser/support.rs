//! What every test here needs: the built app on a server, a browser with it, words, and engagements to begin with.

mod app;
mod backups;
mod folder;
mod made;
#[path = "../shared/noise.rs"]
mod noise;
mod person;
mod seats;
mod site;
mod words;

pub use app::{App, key, quoted};
pub use folder::Folder;
pub use made::{Author, answers, contoso, day, fabrikam, in_days, kept, put_into_trash, written_by_another_tab};
pub use noise::noise;
pub use person::{Hand, Person};
pub use seats::Seats;
pub use site::{Site, axe, dist, single_file};
pub use words::Words;

/// What a test gives back; an error of any kind fails it.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;
