//! The app's own words as a typed list: a word that is used and not listed does not compile, a word that is listed and not
//! written in a language fails a test.

use serde::Deserialize;
use std::collections::BTreeMap;

macro_rules! words {
    ($($name:ident)*) => {
        /// A word, sentence or label of the app; its name is its key in `content/ui/<language>.json`.
        #[allow(non_camel_case_types, missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum W { $($name),* }

        impl W {
            /// Every word with its key, in the order of the list.
            pub const ALL: &[(&str, W)] = &[$((stringify!($name), W::$name)),*];
        }
    };
}

words! {
    actions
    add_note
    all_notes
    all_places_of_task
    any
    app_name
    archive
    archive_it
    archived_it
    ask_motion
    ask_seats
    assigned
    before_import
    before_import_explained
    begin
    both_kept
    by
    cancel
    chart_aim
    chart_of_many
    chart_of_one
    choose_file
    choose_services
    comment
    complete_it
    complete_it_too
    completion
    conflicts
    copy_link
    copy_link_to_step
    copy_link_to_task
    could_not_delete
    count_conflicts
    count_mine_newer
    count_new
    count_newer
    count_same
    count_unknown
    country
    customer
    customer_and_scope
    customer_language
    customer_name
    data
    data_explained
    date
    dates
    delete
    dismiss
    done_on
    done_on_day
    download_a_copy
    due
    due_on
    edit
    edition_and_history
    edition_counts
    empty
    end_account_team_mail
    end_account_team_unknown
    end_after_enablement
    end_after_migration
    end_after_review
    end_another_workload
    end_close
    end_close_today
    end_closed_on
    end_customer_mail
    end_discussion
    end_done
    end_enabled
    end_enabled_by_word
    end_follow_on
    end_follow_on_explained
    end_held_on
    end_held_with
    end_locked
    end_moved_on
    end_next
    end_next_action
    end_no_discussion
    end_not_needed
    end_proposed
    end_queue
    end_queue_mail
    end_queue_move
    end_release
    end_released_on
    end_review_csm
    end_review_disengages
    end_review_more_discussions
    end_review_more_entitlements
    end_review_outcome
    end_rfa_shown
    end_seen_by
    end_sent_on
    end_service_status
    end_service_wanted
    end_set_to
    end_start_follow_on
    end_status_of
    end_task_waits
    end_to_follow_on
    end_to_origin
    end_use_queue
    end_use_statuses
    end_which_workload
    end_word_by
    end_word_on
    enterprise_proposed
    entitlements
    entry_removed
    erase_all
    erase_explained
    erase_question
    erased
    everything
    evidence
    export
    export_all
    export_failed
    exported_n
    fact_account_managed
    fact_account_team_known
    fact_additional_adoption_benefit
    fact_another_workload
    fact_enterprise
    fact_kickoff_and_assessment_in_one
    fact_migration_in_scope
    fact_onedrive_adoption_programme
    fact_partner_involved
    fact_windows_10_entitled
    facts
    facts_explained
    fast_track_manager
    fast_track_manager_short
    fault_missing
    fault_not_a_date
    fault_not_a_field
    fault_not_a_list
    fault_not_a_mark
    fault_not_a_number
    fault_not_a_session
    fault_not_an_id
    fault_not_an_object
    fault_not_in_replicas
    fault_not_text
    fault_not_yes_no
    fault_text_too_long
    field_wanted
    filter
    find_a_term
    fold_all
    gate_close
    gate_close_with_reason
    gate_closed_because
    gate_closed_by
    gate_comes_first
    gate_discussion
    gate_new_scope
    gate_open_again
    gate_reason
    gate_reopened
    gate_task_n
    glossary
    glossary_explained
    group_active
    group_blocked
    group_closed
    group_open
    group_unsettled
    group_waiting
    import
    import_byte_order_mark
    import_changed_nothing
    import_damaged
    import_duplicate_key
    import_empty
    import_ends_early
    import_explained
    import_it
    import_lone_surrogate
    import_newer
    import_not_a_version
    import_not_json
    import_not_ours
    import_not_utf8
    import_number_out_of_range
    import_too_deep
    import_too_large
    import_too_many_items
    import_trailing_text
    import_twice
    import_unreadable
    imported_n
    in_order
    in_scope
    in_tracks
    is_in_state
    keep_everything
    keep_name
    key_inputs
    key_outcomes
    kind_engagements
    kind_journals
    kind_other
    kind_quarantine
    kind_trash
    language
    language_failed
    last_change
    last_change_by
    later
    leave_it
    link_copied
    lock_answer
    lock_before_move
    lock_discussions
    lock_enablement
    lock_last_workload
    lock_migration
    lock_next_action
    lock_no_service
    lock_queue_mail
    lock_queue_move
    lock_release
    lock_task
    look_at_sample
    mandatory_column
    mandatory_settled
    mine
    missing_before_done
    missing_in_phase
    motion
    moved_to_trash
    n_archived
    n_conflicts
    n_engagements
    n_hidden_by_filter
    n_in_trash
    n_mandatory_open
    n_of_limit
    n_of_n
    n_of_n_settled
    n_outcomes_open
    n_phases_out_of_scope
    n_questions_open
    n_removed_entries
    n_removed_notes
    n_seats
    n_selected
    n_services
    n_steps
    n_tasks
    n_tasks_out_of_scope
    n_terms
    name_of_today
    name_wanted
    needs_sign_in
    neighbours
    new_engagement
    new_in_file
    new_note
    new_note_hint
    new_version
    next_and_why
    next_page
    next_steps
    no
    no_due_date
    no_guidance_yet
    no_owner
    no_room
    no_services_yet
    no_such_engagement
    no_such_engagement_explained
    no_such_task
    no_such_term
    no_task_in_this_edition
    not_a_date
    not_a_number
    not_known_yet
    not_saved
    not_saved_explained
    not_shared_yet
    note
    note_is_empty
    note_removed
    notes
    notes_and_facts
    nothing_changed_yet
    nothing_here
    nothing_here_explained
    nothing_in_this_edition
    nothing_missing
    nothing_next
    nothing_to_export
    notice_adopted
    notice_damaged
    notice_erased
    notice_foreign_write
    notice_unreadable
    notice_written_again
    objectives
    offline
    offline_not_yet
    offline_ready
    on_this_page
    or_drop
    our_translation
    overview
    own_name
    own_name_hint
    owner
    part_missing
    parts_of_engagement
    paste_here
    path_of_phases
    phase
    phase_n_of_n
    phases_and_processes
    places
    playbook
    portfolio
    preview_it
    previous_page
    print_page
    print_whole
    process_blocked
    process_closed
    process_in_progress
    process_new_scope
    process_open
    process_out_of_scope
    process_ready
    process_settled
    purpose
    purpose_and_objectives
    quality_inputs
    quality_outputs
    read_only
    read_only_explained
    reason
    reason_begun
    reason_blocked
    reason_due_soon
    reason_gate
    reason_mandatory
    reason_overdue
    reason_wanted
    records_that_done
    reference
    region
    reload
    remove
    removed_note
    requirement
    resources
    restore
    role
    room
    room_unit
    sample
    sample_note
    save_a_file
    saved
    saved_explained
    seats
    service
    service_is_in_state
    services
    services_differ
    services_explained
    services_in_scope
    settings
    shared
    shared_explained
    show_all_branches
    show_everything
    skip_to_work
    somebody
    start_point_1
    start_point_2
    start_point_3
    start_text
    start_title
    state
    state_before
    state_of_task
    state_of_task_for
    status_both
    status_mine_newer
    status_new
    status_newer
    status_same
    step_n
    storage_blocked
    storage_full
    storage_refused
    success_plan
    task_n
    task_per_service
    tasks
    tenant
    text_too_long
    theirs
    theirs_newer
    theme
    theme_dark
    theme_light
    theme_system
    ticked
    together
    track
    trash
    trash_explained
    trash_is_empty
    try_again
    unarchive
    unarchived_it
    unfold_all
    unnamed_customer
    unofficial
    version
    what
    what_file_brings
    what_the_text_brings
    what_to_do
    what_was_noticed
    where_it_stands
    where_work_is_kept
    who_is_writing
    whole_playbook
    why_fact
    why_motion
    why_motions_only
    why_seats
    why_service_in
    why_service_out
    why_services_out
    why_without_manager
    with_comment
    written_in
    yes
}

impl W {
    /// The word with this key; errors of other modules carry keys.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == key).map(|(_, word)| *word)
    }
}

/// A text, or its forms by number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Form {
    /// One text.
    Plain(String),
    /// By plural category: `one`, `other` and so on.
    Plural(BTreeMap<String, String>),
}

/// The words of one language.
#[derive(Clone, Debug)]
pub struct UiWords(Vec<Form>);

impl UiWords {
    /// Reads the words of a language.
    ///
    /// # Errors
    /// It is not JSON, or a word is missing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut all: BTreeMap<String, Form> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let take = |(key, _): &(&str, W)| all.remove(*key).ok_or_else(|| format!("no word for {key}"));
        W::ALL.iter().map(take).collect::<Result<_, _>>().map(Self)
    }

    /// The text of a word; of one with forms the general one.
    #[must_use]
    pub fn plain(&self, word: W) -> &str {
        self.form(word, "other")
    }

    /// The text of a word for a plural category.
    #[must_use]
    pub fn form(&self, word: W, category: &str) -> &str {
        match self.0.get(word as usize) {
            Some(Form::Plain(text)) => text,
            Some(Form::Plural(forms)) => forms
                .get(category)
                .or_else(|| forms.get("other"))
                .map_or("", String::as_str),
            None => "",
        }
    }
}
