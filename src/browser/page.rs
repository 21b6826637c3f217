//! The page itself: address, title, language, theme, focus, scrolling, and what happens to it (other tabs, closing, going away).

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Window};

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The part of the address from `#` on.
#[must_use]
pub fn hash() -> String {
    window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// The whole address, for copying.
#[must_use]
pub fn address() -> String {
    window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default()
}

/// Goes to an address of the app, as a click on its link does.
pub fn go(hash: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Puts an address in the place of the current one.
pub fn replace(hash: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(hash));
    }
}

/// Whether the page stands in a frame that gives it an origin of its own: nothing outlives it there, and the frame may keep it
/// from sending forms and from saving files, without a word to anybody (`t28_...`).
#[must_use]
pub fn is_shut_in() -> bool {
    let Some(window) = window() else { return false };
    let outermost = window.top().ok().flatten();
    let origin = js_sys::Reflect::get(&window, &"origin".into()).ok();
    outermost.is_some_and(|top| !js_sys::Object::is(&top, &window)) && origin.is_some_and(|origin| origin == "null")
}

/// Hands forms over by the click that would send them. Where forms may not be sent, not even the page itself hears of it, and
/// every form here stays in the page.
pub fn take_forms_by_click() {
    on_document("click", |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("button[type=submit]").ok().flatten());
        let form = button.and_then(|button| button.closest("form").ok().flatten());
        let Some(form) = form.filter(|_| !event.default_prevented()) else {
            return;
        };
        event.prevent_default();
        let options = web_sys::EventInit::new();
        options.set_bubbles(true);
        options.set_cancelable(true);
        if let Ok(submit) = web_sys::Event::new_with_event_init_dict("submit", &options) {
            let _ = form.dispatch_event(&submit);
        }
    });
}

/// The attribute of the root element that outside checks wait for.
pub fn mark_root(attribute: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute(attribute, value);
    }
}

/// Sets the title and the language of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Chooses light, dark, or with an empty text what the system says.
pub fn set_theme(theme: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = if theme.is_empty() {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", theme)
        };
    }
}

/// Removes what the shell drew before the app was there.
pub fn remove(id: &str) {
    if let Some(element) = element(id) {
        element.remove();
    }
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Moves the focus to an element, without scrolling.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        focus_element(&element);
    }
}

fn focus_element(element: &Element) {
    let options = web_sys::js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"preventScroll".into(), &true.into());
    let _ = js_sys::Reflect::get(element, &"focus".into())
        .and_then(|focus| focus.dyn_into::<js_sys::Function>())
        .and_then(|focus| focus.call1(element, &options));
}

/// Scrolls to an element, opens the parts it is folded into, and focuses it. Whether it is there.
///
/// A folded part itself is opened too, and its summary gets the focus: it must not have a `tabindex` of -1 of its own,
/// which would take everything in it out of the order of Tab.
pub fn show(id: &str) -> bool {
    let Some(element) = element(id) else { return false };
    let mut around = Some(element.clone());
    while let Some(part) = around {
        if part.tag_name() == "DETAILS" {
            let _ = part.set_attribute("open", "");
        }
        around = part.parent_element();
    }
    element.scroll_into_view();
    let summary = (element.tag_name() == "DETAILS")
        .then(|| element.query_selector("summary").ok().flatten())
        .flatten();
    focus_element(summary.as_ref().unwrap_or(&element));
    true
}

/// Shows in a box what is: it was clicked, but the edit may have been refused, or may wait for an answer.
pub fn show_ticked(event: &web_sys::Event, ticked: bool, part: bool) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = target {
        input.set_checked(ticked);
        input.set_indeterminate(part);
    }
}

/// Shows in a field what is: something else was typed or chosen, but the edit may have been refused.
pub fn show_value(event: &web_sys::Event, value: &str) {
    let Some(target) = event.target() else { return };
    if let Some(input) = target.dyn_ref::<web_sys::HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(select) = target.dyn_ref::<web_sys::HtmlSelectElement>() {
        select.set_value(value);
    } else if let Some(area) = target.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        area.set_value(value);
    }
}

/// Chooses one of several; the others are no longer chosen.
pub fn choose(id: &str) {
    if let Some(radio) = element(id).and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        radio.set_checked(true);
    }
}

/// How far the page is scrolled, in CSS pixels.
#[must_use]
pub fn scroll_top() -> f64 {
    window().and_then(|window| window.scroll_y().ok()).unwrap_or_default()
}

/// Scrolls the page.
pub fn scroll_to(top: f64) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, top);
    }
}

/// The scroll position is restored by us, when the page is drawn.
pub fn scroll_by_hand() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    }
}

/// Whether the tab can be seen.
#[must_use]
pub fn visible() -> bool {
    document().is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Listens on the window for as long as the page lives.
pub fn on_window(event: &'static str, act: impl Fn(&web_sys::Event) + 'static) {
    if let Some(window) = window() {
        EventListener::new_with_options(
            &window,
            event,
            gloo_events::EventListenerOptions::enable_prevent_default(),
            act,
        )
        .forget();
    }
}

/// Listens on the document for as long as the page lives.
pub fn on_document(event: &'static str, act: impl Fn(&web_sys::Event) + 'static) {
    if let Some(document) = document() {
        EventListener::new_with_options(
            &document,
            event,
            gloo_events::EventListenerOptions::enable_prevent_default(),
            act,
        )
        .forget();
    }
}

/// Asks before the page is left: there is work that is nowhere else.
pub fn ask_before_leaving(event: &web_sys::Event) {
    event.prevent_default();
    if let Some(event) = event.dyn_ref::<web_sys::BeforeUnloadEvent>() {
        event.set_return_value("unsaved");
    }
}

/// Puts a text into the clipboard; where the browser refuses, nothing happens.
pub fn copy(text: &str) {
    if let Some(window) = window() {
        let _ = window.navigator().clipboard().write_text(text);
    }
}

/// Tells other tabs of this browser that something was written. A hint, never truth.
pub fn tell_tabs() {
    thread_local! {
        static CHANNEL: Option<web_sys::BroadcastChannel> = web_sys::BroadcastChannel::new("ep").ok();
    }
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&JsValue::NULL);
        }
    });
}

/// Hears the hints of other tabs.
pub fn on_tabs(act: impl Fn() + 'static) {
    if let Ok(channel) = web_sys::BroadcastChannel::new("ep") {
        EventListener::new(&channel, "message", move |_| act()).forget();
        std::mem::forget(channel);
    }
}

/// Opens a native dialog over the page.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = element(id).and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok())
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// Closes a native dialog; the browser gives the focus back.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = element(id).and_then(|element| element.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

/// Whether the window has room for columns; the same width as in the style.
#[must_use]
pub fn is_wide() -> bool {
    window()
        .and_then(|window| window.match_media("(min-width: 860px)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// The whole address of a place of the app.
#[must_use]
pub fn address_of(hash: &str) -> String {
    let now = address();
    format!("{}{hash}", now.split('#').next().unwrap_or_default())
}

/// Where an explanation of an element stands: below it, within the page, in CSS pixels from the page's corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Below {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// Its width.
    pub width: f64,
}

/// Below the element that an event came to.
#[must_use]
pub fn below(event: &web_sys::Event) -> Option<Below> {
    const WIDEST: f64 = 360.0;
    const MARGIN: f64 = 8.0;
    let element = event.current_target()?.dyn_into::<Element>().ok()?;
    let (window, root) = (window()?, document()?.document_element()?);
    let room = f64::from(root.client_width());
    let width = WIDEST.min(room - 2.0 * MARGIN);
    let rect = element.get_bounding_client_rect();
    Some(Below {
        left: rect.left().clamp(MARGIN, room - width - MARGIN),
        top: rect.bottom() + window.scroll_y().unwrap_or_default() + 4.0,
        width,
    })
}

/// Opens or folds every part of the page that matches.
pub fn open_all(css: &str, open: bool) {
    let Some(Ok(parts)) = document().map(|document| document.query_selector_all(css)) else {
        return;
    };
    for part in (0..parts.length()).filter_map(|at| parts.item(at)?.dyn_into::<Element>().ok()) {
        let _ = if open {
            part.set_attribute("open", "")
        } else {
            part.remove_attribute("open")
        };
    }
}

/// Opens the browser's dialog for printing.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Closes the pop-up of the bar: it belongs to the place that was left.
pub fn close_pop() {
    if let Some(Ok(Some(open))) = document().map(|document| document.query_selector("details.save[open]")) {
        let _ = open.remove_attribute("open");
    }
}

/// Closes the pop-up an event came from and gives its summary the focus.
pub fn close_details(event: &web_sys::Event) {
    let details = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .filter(|element| element.has_attribute("open"));
    if let Some(details) = details {
        let _ = details.remove_attribute("open");
        if let Ok(Some(summary)) = details.query_selector("summary")
            && let Ok(summary) = summary.dyn_into::<HtmlElement>()
        {
            let _ = summary.focus();
        }
    }
}

/// Where the app is mounted: the shell's element, or the body.
#[must_use]
pub fn app_root() -> HtmlElement {
    element("app")
        .and_then(|element| element.dyn_into().ok())
        .or_else(|| document().and_then(|document| document.body()))
        .expect("a page has a body")
}

/// What the shell says of working offline: `ready` once everything is cached.
#[must_use]
pub fn offline_state() -> String {
    document()
        .and_then(|document| document.document_element())
        .and_then(|root| root.get_attribute("data-offline"))
        .unwrap_or_default()
}

/// A file may be dropped anywhere.
pub fn allow_drop(event: &web_sys::Event) {
    event.prevent_default();
}

/// Stands for what a text here cannot hold.
const REPLACED: char = '\u{fffd}';

/// What stands in the field that an event is of; `None` when half a character is in it: something was cut apart before it was
/// pasted. A text here cannot hold it; another letter would stand in its place (`t20_...`).
#[must_use]
pub fn text_in(event: &web_sys::Event) -> Option<String> {
    let value = js_sys::Reflect::get(&event.target()?.into(), &"value".into()).ok()?;
    let value: js_sys::JsString = value.dyn_into().ok()?;
    let text = String::from(&value);
    (!text.contains(REPLACED) || value.is_valid_utf16()).then_some(text)
}

/// What was pasted, unless it was pasted into a field; in the browser's own 16 bits where half a character is in it.
#[must_use]
pub fn pasted_outside_fields(event: &web_sys::Event) -> Option<Result<String, Vec<u16>>> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")) {
        return None;
    }
    let data = event.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data()?;
    let text = data.get_data("text").ok()?;
    if text.trim().is_empty() {
        return None;
    }
    // Only then it is worth a second look, letter by letter.
    let exact = || -> Option<js_sys::JsString> {
        let get: js_sys::Function = js_sys::Reflect::get(&data, &"getData".into()).ok()?.dyn_into().ok()?;
        get.call1(&data, &"text".into()).ok()?.dyn_into().ok()
    };
    let exact = text.contains(REPLACED).then(exact).flatten();
    let halved = exact.filter(|exact| !exact.is_valid_utf16());
    Some(halved.map_or(Ok(text), |exact| Err(exact.iter().collect())))
}

/// Whether what stands in a field is no value yet: the parts of a date without the last.
#[must_use]
pub fn is_half_typed(event: &web_sys::Event) -> bool {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let member = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED);
    input.is_some_and(|input| member(&member(&input, "validity"), "badInput").is_truthy())
}

/// Whether something happens in a text that is being written: there the browser's own keys are meant.
#[must_use]
pub fn is_in_text(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| match target.tag_name().as_str() {
        "TEXTAREA" => true,
        "INPUT" => !matches!(
            target.get_attribute("type").as_deref(),
            Some("checkbox" | "radio" | "button" | "file")
        ),
        _ => false,
    })
}

/// Does something once the next frame has been painted; soon in a page that nobody sees, which paints none.
pub fn after_frame(act: impl FnOnce() + 'static) {
    const UNSEEN: u32 = 150;
    let act = std::rc::Rc::new(std::cell::Cell::new(Some(act)));
    let again = act.clone();
    gloo_timers::callback::Timeout::new(UNSEEN, move || {
        if let Some(act) = again.take() {
            act();
        }
    })
    .forget();
    let painted = wasm_bindgen::closure::Closure::once_into_js(move || {
        after_paint(move || {
            if let Some(act) = act.take() {
                act();
            }
        });
    });
    if let Some(window) = window() {
        let _ = window.request_animation_frame(painted.unchecked_ref());
    }
}

/// Runs when the next frame has been drawn.
pub fn after_paint(act: impl FnOnce() + 'static) {
    gloo_timers::callback::Timeout::new(0, act).forget();
}

/// Scrolls to an element as soon as it is there; gives up after two seconds.
pub fn show_when_there(id: String) {
    /// A slow machine draws a long page in some seconds; who has gone elsewhere meanwhile is not called back.
    const ATTEMPTS: u32 = 200;
    fn attempt(id: String, from: String, left: u32) {
        if left > 0 && hash() == from && !show(&id) {
            gloo_timers::callback::Timeout::new(50, move || attempt(id, from, left - 1)).forget();
        }
    }
    attempt(id, hash(), ATTEMPTS);
}
