//! Dates, numbers and plurals as people of a language write them, by the browser's own `Intl`.
//!
//! Civil dates are formatted at noon UTC with `timeZone: "UTC"`, so no zone can move them by a day.

use super::clock::utc_noon;
use chrono::NaiveDate;
use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// `Intl` for one language.
#[derive(Clone)]
pub struct Locale {
    tag: String,
    day: Intl::DateTimeFormat,
    short_day: Intl::DateTimeFormat,
    month_day: Intl::DateTimeFormat,
    instant: Intl::DateTimeFormat,
    number: Intl::NumberFormat,
    percent: Intl::NumberFormat,
    plural: Intl::PluralRules,
    list: JsValue,
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
        let tags = Array::of1(&JsValue::from_str(tag));
        let date = |pairs: &[(&str, &str)]| Intl::DateTimeFormat::new(&tags, &options(pairs));
        Self {
            tag: tag.to_owned(),
            day: date(&[
                ("timeZone", "UTC"),
                ("day", "numeric"),
                ("month", "short"),
                ("year", "numeric"),
            ]),
            short_day: date(&[
                ("timeZone", "UTC"),
                ("day", "numeric"),
                ("month", "short"),
                ("weekday", "short"),
            ]),
            month_day: date(&[("timeZone", "UTC"), ("day", "numeric"), ("month", "long")]),
            instant: date(&[("dateStyle", "medium"), ("timeStyle", "short")]),
            number: Intl::NumberFormat::new(&tags, &Object::new()),
            percent: Intl::NumberFormat::new(&tags, &options(&[("style", "percent"), ("maximumFractionDigits", "1")])),
            plural: Intl::PluralRules::new(&tags, &Object::new()),
            list: Self::list_format(tag),
        }
    }

    fn list_format(tag: &str) -> JsValue {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).unwrap_or_default();
        let class = Reflect::get(&intl, &"ListFormat".into()).unwrap_or_default();
        class
            .dyn_ref::<js_sys::Function>()
            .and_then(|class| Reflect::construct(class, &Array::of1(&JsValue::from_str(tag))).ok())
            .unwrap_or_default()
    }

    /// The language tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    fn format(format: &js_sys::Function, value: &JsValue) -> String {
        format
            .call1(&JsValue::UNDEFINED, value)
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    }

    /// A civil date with its year.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> String {
        Self::format(&self.day.format(), &utc_noon(day).into())
    }

    /// A civil date of this year, with its weekday.
    #[must_use]
    pub fn short_day(&self, day: NaiveDate) -> String {
        Self::format(&self.short_day.format(), &utc_noon(day).into())
    }

    /// A month and day, such as 31 December.
    #[must_use]
    pub fn month_day(&self, month: u32, day: u32) -> String {
        let date = NaiveDate::from_ymd_opt(2000, month, day).unwrap_or_default();
        Self::format(&self.month_day.format(), &utc_noon(date).into())
    }

    /// An instant where the user sits.
    #[must_use]
    pub fn instant(&self, at: i64) -> String {
        Self::format(&self.instant.format(), &(at as f64).into())
    }

    /// A number.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        Self::format(&self.number.format(), &number.into())
    }

    /// A share in per cent: 10 is 10 %.
    #[must_use]
    pub fn percent(&self, percent: f64) -> String {
        Self::format(&self.percent.format(), &(percent / 100.0).into())
    }

    /// The plural category of a number: `one`, `other` and so on.
    #[must_use]
    pub fn plural(&self, number: f64) -> String {
        self.plural.select(number).as_string().unwrap_or_default()
    }

    /// Sorts by a text as this language orders words.
    pub fn sort_by_text<T>(&self, items: &mut [T], text: impl Fn(&T) -> &str) {
        let locales = Array::of1(&JsValue::from_str(&self.tag));
        let compare = js_sys::Intl::Collator::new(&locales, &js_sys::Object::new()).compare();
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
        Reflect::get(&self.list, &"format".into())
            .ok()
            .and_then(|format| format.dyn_into::<js_sys::Function>().ok())
            .and_then(|format| format.call1(&self.list, &array).ok())
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| parts.join(", "))
    }
}
