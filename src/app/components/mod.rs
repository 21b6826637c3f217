//! The parts pages are made of. A component draws signals and dispatches changes; an `if` about an engagement belongs in `rules`.
#![allow(missing_docs)] // The macro makes a public field of each property; their documentation stands where it says something.

pub mod banner;
pub mod bar;
pub mod blocks;
pub mod calendar_panel;
pub mod check_list;
pub mod condition;
pub mod datum;
pub mod deadline_list;
pub mod entries;
pub mod field;
pub mod filter;
pub mod finding_list;
pub mod holiday_import;
pub mod icon;
pub mod line_chart;
pub mod locked;
pub mod matrix;
pub mod milestone_table;
pub mod milestones;
pub mod next_item;
pub mod note_list;
pub mod path;
pub mod prose;
pub mod recorded;
pub mod rule;
pub mod save_state;
pub mod state_chip;
pub mod step_panel;
pub mod task_details;
pub mod task_row;
pub mod term;
pub mod toast;
pub mod toc;
pub mod turn;
pub mod unfinished;
