//! Dates, numbers and plurals as people of a language write them, by the browser's own `Intl`.
//!
//! Civil dates are formatted at noon UTC with `timeZone: "UTC"`, so no zone can move them by a day.

use super::clock::utc_noon;
use chrono::NaiveDate;
use js_sys::{Array, Function, Intl, Object, Reflect};
use std::sync::OnceLock;
use wasm_bindgen::{JsCast, JsValue};

/// `Intl` for one language. Each format is made when it is first used: the first screen needs none of them, and making them takes
/// longer than reading all words.
#[derive(Clone)]
pub struct Locale {
    tag: String,
    day: OnceLock<Function>,
    short_day: OnceLock<Function>,
    month_day: OnceLock<Function>,
    instant: OnceLock<Function>,
    number: OnceLock<Function>,
    percent: OnceLock<Function>,
    plural: OnceLock<Intl::PluralRules>,
    list: OnceLock<JsValue>,
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object
}

impl Locale {
    /// The locale of a language tag.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            day: OnceLock::new(),
            short_day: OnceLock::new(),
            month_day: OnceLock::new(),
            instant: OnceLock::new(),
            number: OnceLock::new(),
            percent: OnceLock::new(),
            plural: OnceLock::new(),
            list: OnceLock::new(),
        }
    }

    fn tags(&self) -> Array {
        Array::of1(&JsValue::from_str(&self.tag))
    }

    fn date(&self, pairs: &[(&str, &str)]) -> Function {
        Intl::DateTimeFormat::new(&self.tags(), &options(pairs)).format()
    }

    fn figure(&self, pairs: &[(&str, &str)]) -> Function {
        Intl::NumberFormat::new(&self.tags(), &options(pairs)).format()
    }

    /// An object of `Intl` that js-sys does not know.
    fn intl(&self, class: &str, pairs: &[(&str, &str)]) -> JsValue {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).unwrap_or_default();
        let class = Reflect::get(&intl, &class.into()).unwrap_or_default();
        let arguments = Array::of2(&JsValue::from_str(&self.tag), &options(pairs));
        class
            .dyn_ref::<Function>()
            .and_then(|class| Reflect::construct(class, &arguments).ok())
            .unwrap_or_default()
    }

    /// The name of a language, in this one.
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<String> {
        let names = self.intl("DisplayNames", &[("type", "language")]);
        let of = Reflect::get(&names, &"of".into()).ok()?.dyn_into::<Function>().ok()?;
        of.call1(&names, &tag.into()).ok()?.as_string()
    }

    /// The language tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    fn format(format: &Function, value: &JsValue) -> String {
        format
            .call1(&JsValue::UNDEFINED, value)
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    }

    /// A civil date with its year.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> String {
        let parts = [
            ("timeZone", "UTC"),
            ("day", "numeric"),
            ("month", "short"),
            ("year", "numeric"),
        ];
        Self::format(self.day.get_or_init(|| self.date(&parts)), &utc_noon(day).into())
    }

    /// A civil date of this year, with its weekday.
    #[must_use]
    pub fn short_day(&self, day: NaiveDate) -> String {
        let parts = [
            ("timeZone", "UTC"),
            ("day", "numeric"),
            ("month", "short"),
            ("weekday", "short"),
        ];
        Self::format(self.short_day.get_or_init(|| self.date(&parts)), &utc_noon(day).into())
    }

    /// A month and day, such as 31 December.
    #[must_use]
    pub fn month_day(&self, month: u32, day: u32) -> String {
        let date = NaiveDate::from_ymd_opt(2000, month, day).unwrap_or_default();
        let parts = [("timeZone", "UTC"), ("day", "numeric"), ("month", "long")];
        Self::format(self.month_day.get_or_init(|| self.date(&parts)), &utc_noon(date).into())
    }

    /// An instant where the user sits.
    #[must_use]
    pub fn instant(&self, at: i64) -> String {
        let parts = [("dateStyle", "medium"), ("timeStyle", "short")];
        Self::format(self.instant.get_or_init(|| self.date(&parts)), &(at as f64).into())
    }

    /// A number.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        Self::format(self.number.get_or_init(|| self.figure(&[])), &number.into())
    }

    /// A share in per cent: 10 is 10 %.
    #[must_use]
    pub fn percent(&self, percent: f64) -> String {
        let style = [("style", "percent"), ("maximumFractionDigits", "1")];
        Self::format(
            self.percent.get_or_init(|| self.figure(&style)),
            &(percent / 100.0).into(),
        )
    }

    /// The plural category of a number: `one`, `other` and so on.
    #[must_use]
    pub fn plural(&self, number: f64) -> String {
        let rules = self
            .plural
            .get_or_init(|| Intl::PluralRules::new(&self.tags(), &Object::new()));
        rules.select(number).as_string().unwrap_or_default()
    }

    /// Sorts by a text as this language orders words.
    pub fn sort_by_text<T>(&self, items: &mut [T], text: impl Fn(&T) -> &str) {
        let compare = Intl::Collator::new(&self.tags(), &Object::new()).compare();
        items.sort_by(|a, b| {
            let order = compare.call2(&JsValue::UNDEFINED, &text(a).into(), &text(b).into());
            let order = order.ok().and_then(|order| order.as_f64()).unwrap_or_default();
            order.total_cmp(&0.0)
        });
    }

    /// A list in words: a, b and c.
    #[must_use]
    pub fn list(&self, parts: &[String]) -> String {
        let array: Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
        let list = self.list.get_or_init(|| self.intl("ListFormat", &[]));
        Reflect::get(list, &"format".into())
            .ok()
            .and_then(|format| format.dyn_into::<Function>().ok())
            .and_then(|format| format.call1(list, &array).ok())
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| parts.join(", "))
    }
}
