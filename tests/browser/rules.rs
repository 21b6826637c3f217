//! An engagement that knows the rules: from the kickoff to the follow-on, with a mouse, with the keyboard alone, with a
//! migration in scope, and one that ends with the success review. What the pages say is looked at in German and Japanese too.

use crate::support::{App, Hand, Person, Result, Seats, Site, Words, in_days};
use engagement_playbook::app::words::W;

const KICKOFF: &str = "conduct-customer-kickoff";
const ENABLE: &str = "enable-services";
const COMPLETION: &str = "conduct-engagement-completion-discussion-enablement";
const SERVICES: [&str; 3] = ["exchange", "onedrive-for-business", "teams"];

/// The service's panel on the page of services.
fn panel(service: &str) -> String {
    format!("details.service[data-service={service}]")
}

/// A journey with one person at one app.
struct Journey<'a> {
    person: Person<'a>,
    app: &'a App,
    id: String,
}

impl<'a> Journey<'a> {
    /// Begins Contoso: 850 seats, EMEA, Exchange, OneDrive and Teams.
    async fn begin(app: &'a App, hand: Hand, motion: &str) -> Result<Self> {
        let person = Person::new(app, hand);
        person.follow("main a.primary[href='#/new']", "new").await?;
        person.write("#customer-name", "Contoso").await?;
        person.choose("#new-motion", motion).await?;
        person.choose("#new-region", "emea").await?;
        person.write("#new-seats", "850").await?;
        person.write_day("#new-assigned", &in_days(-5)).await?;
        person.write("#new-author", "Anna").await?;
        for service in SERVICES {
            person.tick(&format!("#service-{service}"), true).await?;
        }
        person.press("form button[type=submit].primary").await?;
        app.at("engagement").await?;
        let id = app.engagement().await?;
        Ok(Self { person, app, id })
    }

    /// Goes to a page of the engagement by its tab; the kind of place is the name of the tab's address.
    async fn tab(&self, page: &str) -> Result {
        let tail = if page == "engagement" {
            String::new()
        } else {
            format!("/{page}")
        };
        let link = format!("nav.tabs a[href='#/e/{}{tail}']", self.id);
        self.person.follow(&link, page).await
    }

    /// Goes to a process, by the overview.
    async fn process(&self, process: &str) -> Result {
        if !self.app.holds("document.querySelector('nav.tabs') !== null").await? {
            let crumb = format!("ol.crumbs a[href='#/e/{}']", self.id);
            self.person.follow(&crumb, "engagement").await?;
        } else {
            self.tab("engagement").await?;
        }
        self.person
            .follow(&format!(".phases a[data-process={process}]"), "work")
            .await
    }

    /// From a process back to a page of the engagement.
    async fn back_to(&self, page: &str) -> Result {
        let crumb = format!("ol.crumbs a[href='#/e/{}']", self.id);
        self.person.follow(&crumb, "engagement").await?;
        if page == "engagement" {
            Ok(())
        } else {
            self.tab(page).await
        }
    }

    async fn task(&self, process: &str, task: &str) -> Result {
        let there = self
            .app
            .holds(&format!("location.hash.startsWith('#/e/{}/p/{process}')", self.id))
            .await?;
        if !there {
            self.process(process).await?;
        }
        let step = format!("details.step:has(#check-{task})");
        self.app.there(&format!("#check-{task}")).await?;
        self.person.unfold(&step).await?;
        self.person.tick(&format!("#check-{task}"), true).await
    }

    /// How many of the 4+4 of a service are open, as the matrix counts them.
    async fn gaps(&self, service: &str) -> Result<String> {
        self.app.text(&format!(".m44 tr[data-service={service}] td.end")).await
    }

    async fn cell(&self, service: &str, part: &str) -> Result<String> {
        self.app
            .text_of_expression(&format!(
                "document.querySelector('.m44 tr[data-service={service}] [data-part={part}] .cell').dataset.v"
            ))
            .await
    }

    /// Answers questions of the guide to the entitlement status, and takes what they lead to.
    async fn find_status(&self, service: &str, answers: &[(&str, &str)], leads_to: &str) -> Result {
        self.person.unfold(&panel(service)).await?;
        self.person
            .unfold(&format!("{} details.guide-questions", panel(service)))
            .await?;
        for (question, answer) in answers {
            self.person.pick(&format!("#{service}-{question}-{answer}")).await?;
        }
        let proposed = format!("{} [data-proposed={leads_to}]", panel(service));
        self.person.press(&format!("{proposed} button")).await?;
        self.app
            .until(&format!(
                "document.querySelector('#{service}-reason').value === '{leads_to}'"
            ))
            .await?;
        Ok(())
    }

    /// DIBS and SSAT of a service; the training has a gap with its reason.
    async fn agree(&self, service: &str) -> Result {
        let person = self.person;
        person.unfold(&panel(service)).await?;
        person.write(&format!("#{service}-entitlements"), "850").await?;
        person.write_day(&format!("#{service}-target"), &in_days(60)).await?;
        person
            .choose(&format!("#{service}-business_reason"), "work-from-anywhere")
            .await?;
        person
            .write(&format!("#{service}-success_owner"), "Kim Lee, Head of HR")
            .await?;
        for factor in ["stakeholders", "scenarios", "awareness"] {
            person.choose(&format!("#{service}-{factor}"), "confirmed").await?;
        }
        person.choose(&format!("#{service}-training"), "gap").await?;
        person
            .write(&format!("#{service}-training-reason"), "No trainer before March")
            .await
    }

    /// A reading of active users.
    async fn reading(&self, service: &str, on: &str, users: &str) -> Result {
        let person = self.person;
        person.unfold(&panel(service)).await?;
        let field = |name: &str| format!("#new-readings-{service}-{name}");
        let rows = format!("{} [data-entries=readings] tr[data-entry]", panel(service));
        let before = self.app.count(&rows).await?;
        person.write_day(&field("on"), on).await?;
        person.write(&field("users"), users).await?;
        person.write(&field("source"), "LYNX").await?;
        person
            .press(&format!("{} [data-entries=readings] form button", panel(service)))
            .await?;
        self.app
            .until(&format!(
                "document.querySelectorAll({rows:?}).length === {}",
                before + 1
            ))
            .await?;
        Ok(())
    }

    async fn milestone(&self, service: &str, name: &str) -> Result<String> {
        let flag = format!("{} [data-milestone='{name}'] .flag", panel(service));
        self.app
            .text_of_expression(&format!("document.querySelector({flag:?}).dataset.group"))
            .await
    }

    /// How a step of the completion stands: `done`, `next`, `locked`, `not-needed`.
    async fn stands(&self, step: &str, standing: &str) -> Result {
        self.app
            .there(&format!("[data-end={step}][data-standing={standing}]"))
            .await
    }

    async fn gate(&self, word: W) -> Result {
        let en = Words::of("en")?;
        self.app.says(".gate .flag[data-group]", en.say(word)).await
    }
}

/// Kickoff with the customer's picture, DIBS, SSAT and status; the gate asks for what is missing and takes a written reason.
async fn kickoff(journey: &Journey<'_>) -> Result {
    let (person, app) = (journey.person, journey.app);
    assert_eq!(journey.gaps("teams").await?, "8");
    assert_eq!(journey.cell("teams", "date").await?, "gap");

    journey.tab("plan").await?;
    person.write("#picture-industry", "Retail").await?;
    person
        .write("#picture-success", "Every shop plans its shifts in Teams")
        .await?;
    person.write("#new-goals-name", "All shops online").await?;
    person.choose("#new-goals-horizon", "short").await?;
    person.write_day("#new-goals-on", &in_days(90)).await?;
    person.press("[data-entries=goals] form button").await?;
    app.there("[data-entries=goals] tr[data-entry]").await?;

    journey.tab("services").await?;
    let path = [
        ("duplicate", "no"),
        ("intent-known", "yes"),
        ("intends", "yes"),
        ("stopped", "no"),
        ("usable", "no"),
    ];
    for service in SERVICES {
        journey
            .find_status(service, &path, "technical-onboarding-and-deployment")
            .await?;
        journey.agree(service).await?;
    }
    // A status without intent contradicts what was agreed, by name, until it is taken back.
    person.choose("#teams-status", "no-intent").await?;
    let flagged = |name: &str| format!("{} [data-contradiction={name}]", panel("teams"));
    app.there(&flagged("reason-of-another-status")).await?;
    app.there(&flagged("target-date-not-used")).await?;
    app.there(&flagged("answers-lead-elsewhere")).await?;
    person.choose("#teams-status", "in-progress").await?;
    app.until("document.querySelector('[data-contradiction]') === null")
        .await?;

    for task in ["3979", "3616", "994", "1903"] {
        journey.task(KICKOFF, task).await?;
    }
    // Things are missing: closing wants a reason, which shows.
    person.press("#close-process").await?;
    person.write("#close-reason", "The rest was agreed by mail").await?;
    person.press("#close-all-the-same").await?;
    app.says("[data-closed-reason]", "The rest was agreed by mail").await?;
    journey.gate(W::process_closed).await?;

    journey.back_to("engagement").await?;
    for service in SERVICES {
        assert_eq!(journey.gaps(service).await?, "1", "{service}");
        assert_eq!(journey.cell(service, "training").await?, "gap");
        assert_eq!(journey.cell(service, "intent").await?, "set");
    }
    // A gap leads to the guidance that closes it.
    person
        .follow(".m44 tr[data-service=teams] [data-part=training] a", "work")
        .await?;
    app.until("location.hash.includes('/s/capture-available-ssat')").await?;
    journey.back_to("engagement").await
}

/// The success workshop with an action, a metric and its values.
async fn workshop(journey: &Journey<'_>) -> Result {
    let (person, app) = (journey.person, journey.app);
    journey.tab("plan").await?;
    person
        .write("#new-actions-name", "Find champions in every shop")
        .await?;
    person.write("#new-actions-owner", "Kim Lee").await?;
    person.write_day("#new-actions-due", &in_days(3)).await?;
    person.press("[data-entries=actions] form button").await?;
    app.there("[data-entries=actions] tr[data-entry]").await?;
    person.write("#new-metrics-name", "Shifts planned in Teams").await?;
    person.write("#new-metrics-baseline", "0").await?;
    person.write("#new-metrics-target", "40").await?;
    person.write("#new-metrics-source", "Shift report").await?;
    person.press("[data-entries=metrics] form button").await?;
    app.there("[data-entries=measurements] form").await?;
    let metric = app
        .text_of_expression("document.querySelector('[data-entries=metrics] tr[data-entry]').dataset.entry")
        .await?;
    for (on, value) in [(in_days(-2), "4"), (in_days(-1), "12")] {
        person
            .write_day(&format!("[id='new-measurements-{metric}-on']"), &on)
            .await?;
        person
            .write(&format!("[id='new-measurements-{metric}-value']"), value)
            .await?;
        person.press("[data-entries=measurements] form button").await?;
    }
    app.until("document.querySelectorAll('[data-entries=measurements] tr[data-entry]').length === 2")
        .await?;
    app.there(".line-chart svg").await?;
    journey.task("conduct-customer-success-workshop", "2536").await?;
    journey.back_to("engagement").await?;
    // The action is due within the week: it is among what comes next, here and over all customers.
    app.there("[data-next=action]").await?;
    person.follow("header a[href='#/']", "portfolio").await?;
    app.says("main", "Find champions in every shop").await?;
    person
        .follow(&format!("main a[href='#/e/{}']", journey.id), "engagement")
        .await
}

/// 84 users are not enough of 850 seats, 85 are.
async fn enablement(journey: &Journey<'_>) -> Result {
    journey.tab("services").await?;
    journey.reading("teams", &in_days(-2), "84").await?;
    assert_eq!(journey.milestone("teams", "enablement").await?, "open");
    for service in SERVICES {
        journey.reading(service, &in_days(-1), "85").await?;
        assert_eq!(journey.milestone(service, "enablement").await?, "closed", "{service}");
    }
    journey.task(ENABLE, "1701").await?;
    journey.back_to("engagement").await?;
    let done = ".miles tr[data-service=teams] .flag[data-group=closed]";
    journey.app.there(done).await
}

/// The discussion of each workload; the task that ends it is refused until all have had theirs.
async fn discussions(journey: &Journey<'_>, task: &str) -> Result {
    let (person, app) = (journey.person, journey.app);
    for (number, service) in SERVICES.into_iter().enumerate() {
        // In between somebody tries to be done.
        if number > 0 && task == "4058" {
            journey.process(COMPLETION).await?;
            person.tick_in_vain("#check-4058").await?;
            journey.back_to("engagement").await?;
        } else {
            journey.tab("engagement").await?;
        }
        journey.tab("completion").await?;
        person
            .write_day(&format!("#discussed-on-{service}"), &in_days(0))
            .await?;
        person.write(&format!("#discussed-with-{service}"), "Kim Lee").await?;
        journey.stands(&format!("discussion-{service}"), "done").await?;
    }
    app.there(&format!("[data-end=task-{task}]")).await
}

/// From the last discussion to the closed engagement; the manager cannot leave before the queue move.
async fn closing(journey: &Journey<'_>, task: &str, process: &str) -> Result {
    let (person, app) = (journey.person, journey.app);
    person.choose("#another-workload", "yes").await?;
    person.choose("#which-workload", "sharepoint").await?;
    person
        .write("#rfa-shown", "Filled in together, on the shared screen")
        .await?;
    person.write_day("#customer-mail-on", &in_days(0)).await?;
    journey.task(process, task).await?;
    journey.back_to("completion").await?;
    journey.stands(&format!("task-{task}"), "done").await?;

    // Not before the queue move: the day stays out, and the reason stands beside the field.
    refused_release(journey).await?;
    person.write_day("#queue-mail-on", &in_days(0)).await?;
    refused_release(journey).await?;
    person.press("#use-queue").await?;
    person.write_day("#queue-moved-on", &in_days(0)).await?;
    person.write("#queue-seen-by", "Anna").await?;
    journey.stands("queue-move", "done").await?;
    person.write_day("#released-on", &in_days(0)).await?;
    journey.stands("release", "done").await?;

    person.press("#set-next-action").await?;
    let next = app
        .text_of_expression("document.querySelector('#next-action').value")
        .await?;
    let year: i32 = in_days(0)[..4].parse()?;
    assert_eq!(next, format!("{}-12-31", year + 1));
    person.press("#use-statuses").await?;
    person.press("#close-today").await?;
    journey.stands("close", "done").await?;
    Ok(())
}

async fn refused_release(journey: &Journey<'_>) -> Result {
    journey.person.write_day_in_vain("#released-on", &in_days(0)).await?;
    journey
        .app
        .until("document.querySelector('#released-on-error').textContent !== ''")
        .await?;
    journey.app.there("[data-end=release][data-standing=locked]").await
}

/// The follow-on engagement: same customer, the new workload, and a way back.
async fn follow_on(journey: &Journey<'_>) -> Result {
    let (person, app) = (journey.person, journey.app);
    person.press("#start-follow-on").await?;
    app.at("engagement").await?;
    app.until(&format!("!location.hash.includes('{}')", journey.id)).await?;
    app.says("h1", "Contoso").await?;
    app.there(".m44 tr[data-service=sharepoint]").await?;
    assert_eq!(app.count(".m44 tbody tr").await?, 1);
    let next = app.engagement().await?;
    person
        .follow(&format!("nav.tabs a[href='#/e/{next}/completion']"), "completion")
        .await?;
    app.there(&format!("[data-follow-on] a[href='#/e/{}']", journey.id))
        .await
}

async fn whole_journey(hand: Hand) -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    let journey = Journey::begin(&app, hand, "rfa").await?;
    journey.tab("about").await?;
    for fact in ["account-managed-no", "account-team-known-no", "migration-in-scope-no"] {
        journey.person.pick(&format!("#fact-{fact}")).await?;
    }
    journey.tab("engagement").await?;
    kickoff(&journey).await?;
    if hand == Hand::Mouse {
        for tag in ["de", "ja"] {
            after_kickoff_in_words(&journey, tag).await?;
        }
        app.speak("en").await?;
    }
    workshop(&journey).await?;
    enablement(&journey).await?;
    discussions(&journey, "4058").await?;
    closing(&journey, "4058", COMPLETION).await?;
    follow_on(&journey).await?;
    app.kept().await?;
    if hand == Hand::Mouse {
        in_words(&journey, "de").await?;
        in_words(&journey, "ja").await?;
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// What stands after the kickoff, in another language: the matrix with its gaps, what is next, the gate.
async fn after_kickoff_in_words(journey: &Journey<'_>, tag: &str) -> Result {
    let (app, words) = (journey.app, Words::of(tag)?);
    app.speak(tag).await?;
    app.go("#/").await?;
    app.says("main tr[data-engagement] a", "Contoso").await?;
    app.says("main", words.say(W::today)).await?;
    app.go(&format!("#/e/{}/p/{KICKOFF}", journey.id)).await?;
    app.says(".gate .flag[data-group]", words.say(W::process_closed))
        .await?;
    app.go(&format!("#/e/{}", journey.id)).await?;
    let gap = ".m44 tr[data-service=teams] [data-part=training] .word";
    let said = app
        .text_of_expression(&format!("document.querySelector('{gap}').textContent"))
        .await?;
    assert_eq!(said, words.say(W::cell_gap));
    for service in SERVICES {
        assert_eq!(journey.gaps(service).await?, "1", "{service}");
    }
    let next = words.task("4017");
    app.says("ol.nexts", next).await
}

/// What the overview, the gate and the completion say, in another language.
async fn in_words(journey: &Journey<'_>, tag: &str) -> Result {
    let (app, words) = (journey.app, Words::of(tag)?);
    app.speak(tag).await?;
    app.go(&format!("#/e/{}", journey.id)).await?;
    app.says("#h-44", words.say(W::four_plus_four)).await?;
    app.says(".legend", words.say(W::cell_there)).await?;
    app.says(".miles tr[data-service=teams] .flag", &words.say(W::enabled_on)[..3])
        .await?;
    app.go(&format!("#/e/{}/p/{KICKOFF}", journey.id)).await?;
    app.says(".gate .flag[data-group]", words.say(W::process_closed))
        .await?;
    app.says("[data-closed-reason]", "The rest was agreed by mail").await?;
    app.go(&format!("#/e/{}/completion", journey.id)).await?;
    app.says("[data-end=close] h2", words.say(W::end_close)).await?;
    app.go("#/").await?;
    app.says("main", words.say(W::today)).await?;
    Ok(())
}

#[tokio::test]
async fn contoso_from_the_kickoff_to_the_follow_on() -> Result {
    whole_journey(Hand::Mouse).await
}

#[tokio::test]
async fn the_whole_journey_without_a_mouse() -> Result {
    whole_journey(Hand::Keys).await
}

#[tokio::test]
async fn with_a_migration_in_scope_the_manager_stays_until_it_is_over() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    let journey = Journey::begin(&app, Hand::Mouse, "rfa").await?;
    journey.tab("about").await?;
    for fact in ["account-managed-no", "account-team-known-no", "migration-in-scope-yes"] {
        journey.person.pick(&format!("#fact-{fact}")).await?;
    }
    journey.tab("services").await?;
    for service in SERVICES {
        journey.reading(service, &in_days(-1), "85").await?;
    }
    journey.task(ENABLE, "1701").await?;
    journey.back_to("engagement").await?;
    discussions(&journey, "4058").await?;
    journey.task(COMPLETION, "4058").await?;
    journey.back_to("completion").await?;
    // Everything about leaving belongs to the end of the migration.
    for step in ["queue-mail", "queue-move"] {
        journey.stands(step, "locked").await?;
    }
    refused_release(&journey).await?;
    app.there("[data-end=service-status]").await?;

    journey.tab("services").await?;
    journey.person.unfold(&panel("exchange")).await?;
    journey.person.write("#exchange-agreed_users", "600").await?;
    journey
        .person
        .write_day("#new-migrations-exchange-on", &in_days(-1))
        .await?;
    journey.person.write("#new-migrations-exchange-users", "600").await?;
    journey
        .person
        .press(&format!("{} [data-entries=migrations] form button", panel("exchange")))
        .await?;
    app.there(&format!(
        "{} [data-entries=migrations] tr[data-entry]",
        panel("exchange")
    ))
    .await?;
    journey.task("migration", "1702").await?;
    journey.back_to("completion").await?;
    closing(&journey, "4060", "conduct-engagement-completion-discussion-migration").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn an_engagement_of_targeting_ends_with_the_success_review() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    let journey = Journey::begin(&app, Hand::Mouse, "targeting").await?;
    let en = Words::of("en")?;
    journey.tab("completion").await?;
    app.says(".lead-text", &en.fill(W::end_after_review, &[("task", "3735")]))
        .await?;
    assert_eq!(app.count("[data-end=release]").await?, 0);
    journey.task("conduct-success-review", "3735").await?;
    journey.back_to("completion").await?;
    journey.stands("task-3735", "done").await?;
    journey.person.choose("#review-outcome", "disengages").await?;
    journey.stands("review-outcome", "done").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}
