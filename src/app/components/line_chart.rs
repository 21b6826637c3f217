//! A line over dated values, with the values to reach as dashed lines: small, in the colours of the theme, and the same on
//! paper. Each line to reach has its words beside it, and the whole says itself in one sentence; the table of the same values
//! always stands on the same page.

use crate::app::{ui::use_ui, words::W};
use chrono::NaiveDate;
use leptos::prelude::*;

/// A value to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// What it is, such as `10 %` or the word for a target.
    pub name: String,
    /// The value.
    pub value: u32,
}

/// Where the values stand in a box of 100 by 100, the origin at the top left.
struct Plot {
    first: NaiveDate,
    days: f64,
    most: f64,
}

impl Plot {
    fn of(points: &[(NaiveDate, u32)], aims: &[Aim]) -> Option<Self> {
        let (first, last) = (points.first()?.0, points.last()?.0);
        let values = points.iter().map(|(_, value)| *value);
        let most = values.chain(aims.iter().map(|aim| aim.value)).max()?;
        Some(Self {
            first,
            days: (last - first).num_days() as f64,
            most: f64::from(most.max(1)),
        })
    }

    /// A single day stands in the middle.
    fn x(&self, day: NaiveDate) -> f64 {
        if self.days > 0.0 {
            100.0 * (day - self.first).num_days() as f64 / self.days
        } else {
            50.0
        }
    }

    fn y(&self, value: u32) -> f64 {
        100.0 - 100.0 * f64::from(value) / self.most
    }
}

/// The chart; nothing while there is no value.
#[component]
pub fn LineChart(
    /// What is counted.
    #[prop(into)]
    name: Signal<String>,
    /// The values by day, in any order.
    #[prop(into)]
    points: Signal<Vec<(NaiveDate, u32)>>,
    /// The values to reach.
    #[prop(optional, into)]
    aims: Signal<Vec<Aim>>,
) -> impl IntoView {
    let ui = use_ui();
    let ordered = Memo::new(move |_| {
        let mut points = points.get();
        points.sort_by_key(|(day, _)| *day);
        points
    });
    let number = move |value: u32| ui.number(value as usize);
    let said = move || {
        let (points, aims) = (ordered.get(), aims.get());
        let (Some((from, first)), Some((to, last))) = (points.first(), points.last()) else {
            return String::new();
        };
        let values = [
            ("name", name.get()),
            ("first", number(*first)),
            ("from", ui.day(*from)),
            ("last", number(*last)),
            ("to", ui.day(*to)),
        ];
        let line = ui.fill(
            if points.len() == 1 {
                W::chart_of_one
            } else {
                W::chart_of_many
            },
            &values,
        );
        let aims = aims.iter().map(|aim| {
            ui.fill(
                W::chart_aim,
                &[("name", aim.name.clone()), ("value", number(aim.value))],
            )
        });
        std::iter::once(line).chain(aims).collect::<Vec<_>>().join("; ")
    };
    let drawing = move || {
        let (points, aims) = (ordered.get(), aims.get());
        let plot = Plot::of(&points, &aims)?;
        let corners = points
            .iter()
            .map(|(day, value)| format!("{:.2},{:.2}", plot.x(*day), plot.y(*value)))
            .collect::<Vec<_>>()
            .join(" ");
        // A line without length with round ends is a dot, however the box is stretched.
        let dots = points
            .iter()
            .map(|(day, value)| format!("M{:.2} {:.2}h0", plot.x(*day), plot.y(*value)))
            .collect::<String>();
        let dashes = aims
            .iter()
            .map(|aim| format!("M0 {0:.2}H100", plot.y(aim.value)))
            .collect::<String>();
        let labels = aims
            .iter()
            .map(|aim| {
                let text = format!("{} · {}", aim.name, number(aim.value));
                view! { <span class="aim" style=("--at", format!("{:.2}%", plot.y(aim.value)))>{text}</span> }
            })
            .collect_view();
        let ends = [points.first(), points.last().filter(|_| points.len() > 1)];
        let ends = ends
            .into_iter()
            .flatten()
            .map(|(day, value)| view! { <span>{ui.day(*day)} ": " <b>{number(*value)}</b></span> })
            .collect_view();
        Some(view! {
            <div class="line-chart" role="img" aria-label=said>
                <div class="plot">
                    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                        <path class="base" d="M0 100H100"></path>
                        <path class="aims" d=dashes></path>
                        <polyline points=corners></polyline>
                        <path class="dots" d=dots></path>
                    </svg>
                    {labels}
                </div>
                <p class="ends" aria-hidden="true">{ends}</p>
            </div>
        })
    };
    view! { {drawing} }
}
