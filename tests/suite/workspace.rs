//! Where work is kept: the protocol over a storage that is full, slow, damaged, shared, or cut off at any write.
mod bounded;
mod cleared;
mod damage;
mod drafts;
mod examples;
mod faults;
mod imports;
mod model;
mod newer;
mod older;
mod playbook_share;
mod resting;
mod safe;
mod tabs;
mod trash;
mod two_stores;
mod undo;
