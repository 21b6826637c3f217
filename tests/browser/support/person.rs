//! A person at the app, with a mouse or with the keyboard alone: the same verbs, so that one journey can be made in both ways.
//!
//! By keyboard everything is reached with Tab and Shift+Tab, from wherever the focus is; links and buttons get Enter, boxes
//! Space, choices and questions the arrow keys, dates their digits. Nothing is clicked, nothing focused by a script.

use super::Result;
use super::app::{App, key, quoted};

/// With what a person works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Clicks, and types into what was clicked.
    Mouse,
    /// Keys only.
    Keys,
}

/// A person with the app open.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The app.
    pub app: &'a App,
    /// With what they work.
    pub hand: Hand,
}

/// How many stops of Tab lie between the focus and an element: positive forward, negative back; `null` when it is no stop.
/// A group of radio buttons is one stop, and a part of the page that is folded or not drawn is none.
const STOPS: &str = "((css) => {
    const target = document.querySelector(css);
    if (!target) return null;
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')].filter((one) =>
        !one.disabled && one.tabIndex >= 0 && one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && !one.closest('[inert]'));
    const stop = (one) => {
        if (one.type !== 'radio') return true;
        const group = all.filter((other) => other.type === 'radio' && other.name === one.name);
        return one === (group.find((other) => other.checked) ?? group[0]) || one === document.activeElement;
    };
    const stops = all.filter(stop);
    const at = stops.indexOf(target);
    if (at < 0) return null;
    const active = document.activeElement;
    const before = stops.filter((one) => active.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING).length;
    return stops.includes(active) ? at - stops.indexOf(active) : at < before ? at - before : at - before + 1;
})";

/// Most turns towards an element; each goes at least one stop.
const TURNS: usize = 400;

impl<'a> Person<'a> {
    /// A person who works so.
    pub fn new(app: &'a App, hand: Hand) -> Self {
        Self { app, hand }
    }

    async fn is_there(&self, css: &str) -> Result<bool> {
        self.app
            .holds(&format!("document.activeElement.matches({})", quoted(css)))
            .await
    }

    /// Moves the focus to an element by Tab, as far as it takes.
    async fn reach(&self, css: &str) -> Result {
        self.app.there(css).await?;
        for _ in 0..TURNS {
            if self.is_there(css).await? {
                return Ok(());
            }
            let stops = self.app.evaluate(&format!("{STOPS}({})", quoted(css))).await?;
            let stops = stops.as_i64().ok_or_else(|| format!("Tab never stops at {css}"))?;
            // A date has several stops in one field: so far at least, then look again.
            let count = usize::try_from(stops.unsigned_abs())?.clamp(1, 40);
            if stops >= 0 {
                self.app.press(&vec![key::TAB; count]).await?;
            } else {
                let back = std::iter::once(key::SHIFT)
                    .chain(std::iter::repeat_n(key::TAB, count))
                    .collect::<Vec<_>>();
                self.app.chord(&back).await?;
            }
        }
        let at = self
            .app
            .text_of_expression("document.activeElement.outerHTML.slice(0, 300)")
            .await?;
        Err(format!("Tab does not lead to {css}; the focus is at {at}").into())
    }

    /// Follows a link, presses a button.
    pub async fn press(&self, css: &str) -> Result {
        if self.hand == Hand::Mouse {
            return self.app.click(css).await;
        }
        self.reach(css).await?;
        self.app.press(&[key::ENTER]).await
    }

    /// Follows a link to a kind of place.
    pub async fn follow(&self, css: &str, route: &str) -> Result {
        self.press(css).await?;
        self.app.at(route).await
    }

    /// Ticks or unticks a box.
    pub async fn tick(&self, css: &str, on: bool) -> Result {
        if self.hand == Hand::Mouse {
            return self.app.tick(css, on).await;
        }
        self.reach(css).await?;
        self.app.press(&[key::SPACE]).await?;
        self.app
            .until(&format!("document.querySelector({}).checked === {on}", quoted(css)))
            .await?;
        Ok(())
    }

    /// Presses a box that may not be ticked: it stays as it was, and the app says why.
    pub async fn tick_in_vain(&self, css: &str) -> Result {
        match self.hand {
            Hand::Mouse => self.app.click(css).await?,
            Hand::Keys => {
                self.reach(css).await?;
                self.app.press(&[key::SPACE]).await?;
            }
        }
        self.app
            .until("document.querySelector('.toast')?.checkVisibility() ?? false")
            .await?;
        assert!(
            !self
                .app
                .holds(&format!("document.querySelector({}).checked", quoted(css)))
                .await?
        );
        Ok(())
    }

    /// Chooses one of several radio buttons.
    pub async fn pick(&self, css: &str) -> Result {
        if self.hand == Hand::Mouse {
            return self.app.tick(css, true).await;
        }
        self.app.there(css).await?;
        let name = self
            .app
            .text_of_expression(&format!("document.querySelector({}).name", quoted(css)))
            .await?;
        // The stop of the group first, then the arrows.
        let group = format!("input[type=radio][name={}]", quoted(&name));
        let all = format!("[...document.querySelectorAll({})]", quoted(&group));
        let stop = format!("(({all}.find((one) => one.checked)) ?? {all}[0]).id");
        let stop = self.app.text_of_expression(&stop).await?;
        self.reach(&format!("[id={}]", quoted(&stop))).await?;
        let place = |of: &str| format!("{all}.indexOf(document.querySelector({}))", quoted(of));
        let from = self.number(&place(&format!("[id={}]", quoted(&stop)))).await?;
        let to = self.number(&place(css)).await?;
        if from == to {
            self.app.press(&[key::SPACE]).await?;
        } else {
            let arrow = if to > from { key::DOWN } else { key::UP };
            self.app
                .press(&vec![arrow; usize::try_from((to - from).unsigned_abs())?])
                .await?;
        }
        self.app
            .until(&format!("document.querySelector({}).checked", quoted(css)))
            .await?;
        Ok(())
    }

    async fn number(&self, expression: &str) -> Result<i64> {
        let number = self.app.evaluate(expression).await?;
        number
            .as_i64()
            .ok_or_else(|| format!("{expression} is {number}").into())
    }

    /// Writes into a field in place of what stands there, and leaves it.
    pub async fn write(&self, css: &str, text: &str) -> Result {
        if self.hand == Hand::Mouse {
            return self.app.fill(css, text).await;
        }
        self.reach(css).await?;
        self.app.chord(&[key::CONTROL, 'a']).await?;
        self.app
            .press(&text.chars().chain([key::TAB]).collect::<Vec<_>>())
            .await?;
        self.app
            .until(&format!(
                "document.querySelector({})?.value === {}",
                quoted(css),
                quoted(text)
            ))
            .await?;
        Ok(())
    }

    /// Types a day into a date field, and leaves it.
    pub async fn write_day(&self, css: &str, day: &str) -> Result {
        self.write_day_in_vain(css, day).await?;
        self.app
            .until(&format!(
                "document.querySelector({}).value === {}",
                quoted(css),
                quoted(day)
            ))
            .await?;
        Ok(())
    }

    /// Types a day into a date field that may refuse it, and leaves it.
    pub async fn write_day_in_vain(&self, css: &str, day: &str) -> Result {
        if self.hand == Hand::Mouse {
            return self.app.type_day_only(css, day).await;
        }
        self.reach(css).await?;
        // Wherever in the field the focus is now: out of it to the front, and in again at its first part.
        while self.is_there(css).await? {
            self.app.chord(&[key::SHIFT, key::TAB]).await?;
        }
        self.app.press(&[key::TAB]).await?;
        let keys = self.app.day_keys(day).await?;
        self.app.press(&keys.chars().collect::<Vec<_>>()).await?;
        while self.is_there(css).await? {
            self.app.press(&[key::TAB]).await?;
        }
        Ok(())
    }

    /// Chooses an option by its value.
    pub async fn choose(&self, css: &str, value: &str) -> Result {
        if self.hand == Hand::Mouse {
            return self.app.choose(css, value).await;
        }
        self.reach(css).await?;
        let (field, wanted) = (quoted(css), quoted(value));
        let there = format!("[...document.querySelector({field}).options].findIndex((one) => one.value === {wanted})");
        self.app.until(&format!("{there} >= 0")).await?;
        loop {
            let to = self.number(&there).await?;
            let from = self
                .number(&format!("document.querySelector({field}).selectedIndex"))
                .await?;
            if from == to {
                break;
            }
            let arrow = if to > from { key::DOWN } else { key::UP };
            self.app.press(&[arrow]).await?;
            self.app
                .until(&format!("document.querySelector({field}).selectedIndex !== {from}"))
                .await?;
        }
        self.app
            .until(&format!("document.querySelector({field}).value === {wanted}"))
            .await?;
        Ok(())
    }

    /// Opens a folded part by its summary, when it is folded.
    pub async fn unfold(&self, css: &str) -> Result {
        self.app.there(css).await?;
        if self
            .app
            .holds(&format!("document.querySelector({}).open", quoted(css)))
            .await?
        {
            return Ok(());
        }
        self.press(&format!("{css} > summary")).await?;
        self.app
            .until(&format!("document.querySelector({}).open", quoted(css)))
            .await?;
        Ok(())
    }
}
