//! What is dropped on the page: files, and folders that are walked for files.
//!
//! A browser says what was dropped only while it tells of the drop: entries are taken in that moment and looked into
//! afterwards. A folder is read in portions until an empty one comes; how deep and how much is bounded, and what was
//! not read is named.

use super::files::Offered;
use js_sys::{Array, Promise};
use std::collections::VecDeque;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransferItem, DragEvent, Event, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

/// So many folders below the dropped one are looked into, one in the other.
pub const DEEPEST: usize = 8;
/// So many files and folders are looked at.
pub const MOST: usize = 10_000;

/// What was dropped; nothing of it has been looked into.
#[derive(Debug, Default)]
pub struct Dropped {
    files: Vec<Offered>,
    folders: Vec<FileSystemDirectoryEntry>,
}

/// Why something in a folder is not among the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The browser could not read the file.
    File,
    /// The browser could not read the folder.
    Folder,
    /// The folder lies deeper than is looked.
    TooDeep,
    /// In this folder the limit was reached; the rest was not looked at.
    TooMany,
}

/// What was found in it.
#[derive(Debug, Default)]
pub struct Walked {
    /// The files that were dropped by themselves, and of folders those whose names end in `.json`.
    pub files: Vec<Offered>,
    /// What was not read, by name with its folders.
    pub unread: Vec<(String, Unread)>,
}

impl Dropped {
    /// What a drop brings; the browser itself does nothing with it.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        event.prevent_default();
        let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
        let Some(items) = data.map(|data| data.items()) else {
            return Self::default();
        };
        let mut dropped = Self::default();
        for item in (0..items.length()).filter_map(|place| items.get(place)) {
            match folder_of(&item) {
                Some(folder) => dropped.folders.push(folder),
                None => dropped
                    .files
                    .extend(item.get_as_file().ok().flatten().map(Offered::new)),
            }
        }
        dropped
    }

    /// Whether there is nothing to look into.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// Whether there are folders among it.
    #[must_use]
    pub fn has_folders(&self) -> bool {
        !self.folders.is_empty()
    }

    /// Looks into the folders.
    pub async fn walk(self) -> Walked {
        let mut walked = Walked {
            files: self.files,
            unread: Vec::new(),
        };
        let mut waiting: VecDeque<_> = self.folders.into_iter().map(|folder| (folder, 0)).collect();
        let mut seen = 0;
        while let Some((folder, depth)) = waiting.pop_front() {
            let reader = folder.create_reader();
            loop {
                let portion = match portion(&reader).await {
                    Ok(portion) if portion.is_empty() => break,
                    Ok(portion) => portion,
                    Err(_) => {
                        walked.unread.push((path(&folder), Unread::Folder));
                        break;
                    }
                };
                for entry in portion {
                    seen += 1;
                    if seen > MOST {
                        walked.unread.push((path(&folder), Unread::TooMany));
                        return walked;
                    }
                    if !entry.is_directory() {
                        walked.take(&entry).await;
                    } else if depth < DEEPEST {
                        waiting.push_back((entry.unchecked_into(), depth + 1));
                    } else {
                        walked.unread.push((path(&entry), Unread::TooDeep));
                    }
                }
            }
        }
        walked
    }
}

impl Walked {
    async fn take(&mut self, entry: &FileSystemEntry) {
        if !entry.name().to_lowercase().ends_with(".json") {
            return;
        }
        match file(entry.unchecked_ref()).await {
            Ok(file) => self.files.push(Offered::at(path(entry), file)),
            Err(_) => self.unread.push((path(entry), Unread::File)),
        }
    }
}

fn folder_of(item: &DataTransferItem) -> Option<FileSystemDirectoryEntry> {
    // Older browsers do not know entries: then a folder is a file that cannot be read.
    let entry = item.webkit_get_as_entry().ok().flatten()?;
    entry.is_directory().then(|| entry.unchecked_into())
}

fn path(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}

/// The next entries of a folder; none when all were given.
async fn portion(reader: &FileSystemDirectoryReader) -> Result<Vec<FileSystemEntry>, JsValue> {
    let mut asked = Ok(());
    let given = Promise::new(&mut |resolve, reject| {
        asked = reader.read_entries_with_callback_and_callback(&resolve, &reject);
    });
    asked?;
    let given: Array = JsFuture::from(given).await?.dyn_into()?;
    Ok(given.iter().map(JsCast::unchecked_into).collect())
}

async fn file(entry: &FileSystemFileEntry) -> Result<File, JsValue> {
    let given = Promise::new(&mut |resolve, reject| entry.file_with_callback_and_callback(&resolve, &reject));
    JsFuture::from(given).await?.dyn_into()
}
