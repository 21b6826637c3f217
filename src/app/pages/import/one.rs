//! One engagement of an import: how both copies stand, part by part, and every place that differs.

use super::{brings, choices::Choices, clashes::Clashes, tenant::SameTenant};
use crate::{
    app::{
        components::icon::Icon,
        filling::isolated,
        pages::frame::customer_name,
        store::set_if_other,
        ui::{Ui, use_ui},
        value_text,
        words::W,
    },
    engagement::Engagement,
    exchange::{ChangeKind, Counts, FieldChange, Preview, Section, Status},
};
use leptos::prelude::*;

fn status_word(status: Status) -> W {
    match status {
        Status::New => W::status_new,
        Status::Same => W::status_same,
        Status::Newer => W::status_newer,
        Status::MineNewer => W::status_mine_newer,
        Status::Both => W::status_both,
    }
}

fn section_word(section: Section) -> W {
    match section {
        Section::Customer => W::customer,
        Section::Services => W::services,
        Section::Tasks => W::tasks,
        Section::Checks => W::part_checks,
        Section::Notes => W::notes,
        Section::Plan => W::plan,
        Section::Dates => W::dates,
        Section::Completion => W::completion,
        Section::Handovers => W::handovers,
        Section::Other => W::part_unknown,
    }
}

/// What one of them brings: the engagement at this place.
#[component]
pub fn OnePreview(
    preview: Preview,
    all: StoredValue<Vec<Engagement>>,
    place: usize,
    choices: Choices,
) -> impl IntoView {
    let ui = use_ui();
    let brings = brings(&preview);
    let id = preview.id.clone();
    let field = format!("take-{id}");
    let (is_in, set) = (id.clone(), id.clone());
    let toggle = move |event| choices.take(&set, event_target_checked(&event));
    let of_theirs = |theirs: &Engagement| {
        let by = theirs.last_change().map(|last| {
            let author = ui.author(&last.author);
            ui.fill(W::last_change_by, &[("author", author), ("when", ui.instant(last.at))])
        });
        let may_have_a_twin = preview.status == Status::New && !theirs.tenant().trim().is_empty();
        let twin = may_have_a_twin.then(|| view! { <SameTenant theirs=theirs.clone() choices=choices/> });
        (customer_name(ui, theirs), by, twin)
    };
    let (name, by, twin) = all.with_value(|all| all.get(place).map(of_theirs)).unwrap_or_default();
    let counts = preview.counts;
    let chip = |icon: &'static str, group: &'static str, count: usize, word: W| {
        (count > 0).then(|| view! { <li data-group=group data-count=format!("{word:?}")><Icon name=icon/><b>{ui.number(count)}</b> {ui.count(word, count, &[])}</li> })
    };
    let of_kind = |kind: ChangeKind| {
        let all = preview.changes.iter().filter(|change| change.kind == kind);
        all.cloned().collect::<Vec<_>>()
    };
    let (vanishing, newer, new) = (
        of_kind(ChangeKind::Vanishing),
        of_kind(ChangeKind::Newer),
        of_kind(ChangeKind::New),
    );
    let fold_new = preview.status == Status::New;
    view! {
        <article class="panel incoming" data-engagement=id.to_string() data-status=format!("{:?}", preview.status).to_lowercase()>
            <header>
                <p class="row">
                    <input class="check" type="checkbox" id=field.clone() disabled=!brings prop:checked=move || brings && choices.takes(&is_in) on:change=toggle/>
                    <label for=field><b dir="auto">{name}</b></label>
                    <span class="tag">{ui.word(status_word(preview.status))}</span>
                </p>
                <p>{by}</p>
            </header>
            <div class="body">
                <ul class="counts" role="list">
                    {chip("clash", "warning", counts.conflicting, W::count_conflicts)}
                    {chip("trash", "warning", counts.vanishing, W::count_vanishing)}
                    {chip("newer", "active", counts.newer, W::count_newer)}
                    {chip("plus", "closed", counts.new, W::count_new)}
                    {chip("unknown", "none", counts.unknown, W::count_unknown)}
                    {chip("same", "none", counts.same, W::count_same)}
                    {chip("shield", "none", counts.mine_newer, W::count_mine_newer)}
                </ul>
                {twin}
                <Parts sections=preview.sections/>
                <Clashes id=id.clone() clashes=preview.clashes choices=choices/>
                <Changes title=W::would_vanish changes=vanishing folded=false/>
                <Changes title=W::theirs_newer changes=newer folded=false/>
                <Changes title=W::new_in_file changes=new folded=fold_new/>
            </div>
        </article>
    }
}

/// How both copies stand, for each part of the work in which they differ.
#[component]
fn Parts(sections: Vec<(Section, Counts)>) -> impl IntoView {
    let ui = use_ui();
    const COLUMNS: [(W, ChangeKind); 5] = [
        (W::new_in_file, ChangeKind::New),
        (W::theirs_newer, ChangeKind::Newer),
        (W::would_vanish, ChangeKind::Vanishing),
        (W::conflicts, ChangeKind::Conflict),
        (W::mine_stays, ChangeKind::MineNewer),
    ];
    let differs = |counts: &Counts| COLUMNS.iter().any(|(_, kind)| counts.of(*kind) > 0);
    let parts: Vec<_> = sections.into_iter().filter(|(_, counts)| differs(counts)).collect();
    let row = move |(section, counts): (Section, Counts)| {
        let cells = COLUMNS.map(|(word, kind)| {
            let count = counts.of(kind);
            view! { <td role="cell" class="num" class:none=count == 0 data-l=ui.word(word) data-kind=format!("{kind:?}").to_lowercase()>{ui.number(count)}</td> }
        });
        view! { <tr role="row" data-part=format!("{section:?}").to_lowercase()><th scope="row" role="rowheader">{ui.word(section_word(section))}</th>{cells.collect_view()}</tr> }
    };
    (!parts.is_empty()).then(|| {
        let head = COLUMNS.map(|(word, _)| view! { <th scope="col" role="columnheader">{ui.word(word)}</th> });
        let rows = parts.into_iter().map(row).collect_view();
        view! {
            <table class="grid parts" role="table">
                <caption class="sr">{ui.word(W::by_part)}</caption>
                <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{ui.word(W::part)}</th>{head.collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
    })
}

/// The head of a table that compares: what, mine, theirs, by whom.
pub(super) fn mine_and_theirs(ui: Ui) -> impl IntoView {
    view! {
        <thead role="rowgroup"><tr role="row">
            <th scope="col" role="columnheader">{ui.say(W::what)}</th>
            <th scope="col" role="columnheader">{ui.say(W::mine)}</th>
            <th scope="col" role="columnheader">{ui.say(W::theirs)}</th>
            <th scope="col" role="columnheader">{ui.say(W::by)}</th>
        </tr></thead>
    }
}

#[component]
fn Changes(title: W, changes: Vec<FieldChange>, folded: bool) -> impl IntoView {
    let ui = use_ui();
    (!changes.is_empty()).then(|| {
        // A file of two hundred customers is some sixty thousand rows: those that are folded are not drawn.
        let drawn = RwSignal::new(!folded);
        let changes = StoredValue::new(changes);
        let rows = move || {
            let all = changes.get_value().into_iter();
            all.map(|change| view! { <ChangeRow change=change/> }).collect_view()
        };
        let table = move || {
            drawn.get().then(|| {
                view! {
                    <div class="scroll" tabindex="0" role="group" aria-label=ui.word(title)>
                        <table class="cmp grid" role="table">
                            {mine_and_theirs(ui)}
                            <tbody role="rowgroup">{rows()}</tbody>
                        </table>
                    </div>
                }
            })
        };
        view! {
            <details class="changes" open=!folded on:toggle=move |_| set_if_other(drawn, true)>
                <summary><h3>{ui.word(title)}</h3><Icon name="down"/></summary>
                {table}
            </details>
        }
    })
}

#[component]
fn ChangeRow(change: FieldChange) -> impl IntoView {
    let ui = use_ui();
    let by = [
        isolated(&change.by).into_owned(),
        change.at.map(|at| ui.instant(at)).unwrap_or_default(),
    ];
    let by: Vec<String> = by.into_iter().filter(|part| !part.is_empty()).collect();
    let side = |value: Option<&serde_json::Value>| value_text::value(ui, &change.path, value);
    let theirs = if change.removed {
        ui.word(W::removed_note)
    } else {
        side(change.theirs.as_ref())
    };
    view! {
        <tr role="row" data-change=change.path.join(".")>
            <th scope="row" role="rowheader">{value_text::place(ui, &change.path)}</th>
            <td role="cell" class="was" data-l=ui.word(W::mine) dir="auto">{side(change.mine.as_ref())}</td>
            <td role="cell" data-l=ui.word(W::theirs) dir="auto">{theirs}</td>
            <td role="cell" class="meta">{by.join(", ")}</td>
        </tr>
    }
}
