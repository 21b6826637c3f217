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
    account_goals
    account_team_mail_on
    action
    action_done
    action_dropped
    action_in_progress
    action_open
    actions
    active_users
    add_action
    add_goal
    add_measurement
    add_meeting
    add_metric
    add_note
    agreed_rhythm
    agreed_users
    all_notes
    all_places_of_task
    another_workload
    any
    app_name
    archive
    archive_it
    archived_it
    ask_motion
    ask_seats
    asked_at
    assigned
    attempts
    awareness
    baseline
    before_import
    before_import_explained
    begin
    both_kept
    business
    business_reason
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
    customer_mail_on
    customer_name
    customer_picture
    data
    data_explained
    date
    dates
    delete
    dibs
    discussed_on
    discussed_with
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
    engagement_closed_on
    enterprise_proposed
    entitlement_status
    entitlements
    entry_removed
    erase_all
    erase_explained
    erase_question
    erased
    every_weeks
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
    factor_confirmed
    factor_gap
    factor_planned
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
    field_and_value
    field_wanted
    filter
    find_a_term
    first_on
    fold_all
    follow_on
    follows_on
    forecast_10
    forecast_40
    gate_task_n
    glossary
    glossary_explained
    goal
    goal_on
    goals
    group_active
    group_blocked
    group_closed
    group_open
    group_unsettled
    group_waiting
    holiday
    horizon
    horizon_long
    horizon_short
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
    industry
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
    look_at_sample
    mandatory_column
    mandatory_settled
    measurement
    measurements
    meeting
    metric
    metrics
    migration_event
    migration_scenario
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
    name
    name_of_today
    name_wanted
    needs_sign_in
    neighbours
    new_engagement
    new_in_file
    new_note
    new_note_hint
    new_version
    next_action_date
    next_and_why
    next_on
    next_page
    next_steps
    no
    no_blocker_by
    no_blocker_on
    no_due_date
    no_guidance_yet
    no_other_workload
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
    organisation
    our_translation
    overview
    own_name
    own_name_hint
    owner
    part_missing
    part_of_entitlements
    parts_of_engagement
    paste_here
    path_of_phases
    phase
    phase_n_of_n
    phases_and_processes
    places
    plan_actions
    playbook
    portfolio
    preview_it
    previous_page
    print_page
    print_whole
    process_blocked
    process_closed_on
    process_closed_reason
    process_closed_services
    process_in_progress
    process_open
    process_out_of_scope
    process_settled
    project_roles
    purpose
    purpose_and_objectives
    quality_inputs
    quality_outputs
    queue
    queue_mail_on
    queue_moved_on
    queue_seen_by
    read_only
    read_only_explained
    reading
    reason
    reason_begun
    reason_blocked
    reason_due_soon
    reason_gate
    reason_mandatory
    reason_overdue
    reason_wanted
    record_here
    records_that_done
    reference
    region
    released_on
    reload
    remove
    removed_note
    requirement
    resources
    restore
    review_outcome
    review_round
    rfa_shown
    role
    room
    room_unit
    round_customer
    round_internal
    round_other
    round_program
    sample
    sample_note
    save_a_file
    saved
    saved_explained
    scenarios
    seats
    service
    service_is_in_state
    service_status
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
    source_report
    ssat
    stakeholders
    start_date
    start_date_before
    start_date_reason
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
    status_note
    status_owner
    status_same
    step_n
    storage_blocked
    storage_full
    storage_refused
    success_means
    success_owner
    success_plan
    target_date
    target_value
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
    tool
    track
    training
    trash
    trash_explained
    trash_is_empty
    try_again
    unarchive
    unarchived_it
    unfold_all
    unnamed_customer
    unofficial
    users_migrated
    value
    values_of
    version
    weekend
    weekend_fri
    weekend_fri_sat
    weekend_none
    weekend_sat_sun
    weekend_sun
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
    with_whom
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
