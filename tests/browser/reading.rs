//! Reading the playbook: terms, contents, links to every place, folding, print.

use crate::support::{App, Author, Result, Seats, Site, Words, contoso, kept, key, quoted};
use engagement_playbook::app::words::W;
use engagement_playbook::playbook::{Language, Structure};
use serde_json::json;

fn structure() -> Result<Structure> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/content/structure.json");
    Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
}

/// The addresses of all pages of the playbook with words of their own.
pub fn pages() -> Result<Vec<String>> {
    let structure = structure()?;
    let processes = structure
        .processes
        .iter()
        .map(|process| format!("#/playbook/p/{}", process.id));
    let references = structure.references.iter().map(|page| format!("#/playbook/r/{page}"));
    Ok(processes.chain(references).collect())
}

/// Gives the focus to every term of the page, one after the other, and names those whose explanation does not come or is not
/// tied to them.
const FOCUS_ALL: &str = "await (async () => {
    const frames = async (holds) => {
        for (let n = 0; n < 120 && !holds(); n++) await new Promise((next) => requestAnimationFrame(next));
        return holds();
    };
    document.querySelectorAll('details').forEach((part) => part.open = true);
    const silent = [];
    const terms = [...document.querySelectorAll('main .term')];
    for (const term of terms) {
        term.focus();
        const pop = () => document.querySelector('#term-pop');
        const tied = () => term.getAttribute('aria-describedby') === 'term-pop' && pop()?.querySelector('p')?.textContent.length > 10;
        if (!await frames(tied)) silent.push(term.textContent);
        const box = pop()?.getBoundingClientRect();
        if (box && (box.left < 0 || box.right > document.documentElement.clientWidth)) silent.push(term.textContent + ' stands out');
        term.blur();
        if (!await frames(() => !pop())) silent.push(term.textContent + ' stays');
    }
    return { terms: terms.length, silent };
})()";

#[tokio::test]
async fn every_term_of_every_page_is_explained_by_keyboard() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    for hash in pages()? {
        app.go(&hash).await?;
        app.there("main .term").await?;
        let found = app.evaluate(FOCUS_ALL).await?;
        assert!(found["terms"].as_u64() >= Some(5), "{hash}: {found}");
        assert_eq!(found["silent"], json!([]), "{hash}");
    }

    // With real keys: Tab leads there, Escape closes, and the focus stays.
    app.go("#/playbook/p/conduct-customer-kickoff").await?;
    app.there("main .term").await?;
    app.tab_to("main .term", 40).await?;
    app.there("#term-pop").await?;
    app.press(&[key::ESCAPE]).await?;
    app.until("!document.querySelector('#term-pop') && document.activeElement.matches('.term')")
        .await?;
    app.press(&[key::ENTER]).await?;
    app.there("#term-pop").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn the_glossary_finds_a_term_by_any_part_of_it_in_every_language() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    for language in Language::OFFERED {
        app.choose("#language", language.tag()).await?;
        app.until(&format!("document.documentElement.lang === {}", quoted(language.tag())))
            .await?;
        app.go("#/playbook/glossary").await?;
        app.there("main [data-term=dibs]").await?;
        assert!(app.count("main [data-term]").await? >= 60);
        app.fill("#find-term", "entra").await?;
        app.until("document.querySelectorAll('main [data-term]').length < 20")
            .await?;
        app.there("main [data-term=aadp]").await?;
        app.fill("#find-term", "xyzzy").await?;
        let words = Words::of(language.tag())?;
        app.says("main", words.say(W::no_such_term)).await?;
        app.go("#/playbook").await?;
    }
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn a_task_shows_every_place_it_stands_in_and_each_leads_there() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    let structure = structure()?;
    let twice = structure.tasks.iter().filter(|(_, task)| task.places.len() > 1);
    for (id, task) in twice {
        app.go(&format!("#/playbook/t/{id}")).await?;
        for place in &task.places {
            app.there(&format!(
                "[data-task='{id}'] li[data-process={}][data-step={}] a",
                place.process, place.step
            ))
            .await?;
        }
    }
    app.go("#/playbook/t/3278").await?;
    app.click("li[data-process=conduct-customer-success-workshop] a")
        .await?;
    app.at("process").await?;
    app.there("main li[data-task='3278']").await?;
    app.until("document.activeElement.dataset.task === '3278'").await?;
    app.go("#/playbook/t/99999").await?;
    app.says("main h1", Words::of("en")?.say(W::no_such_task)).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn one_finds_the_way_within_a_process_and_to_its_neighbours() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    app.go("#/playbook/p/enable-services").await?;
    app.click(".toc a[href$='/s/deploy-mobile-apps']").await?;
    app.until("(() => { const box = document.querySelector('#step-deploy-mobile-apps').getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight / 2; })()")
        .await?;

    let buttons = Words::of("en")?;
    app.click(".head button:first-of-type").await?;
    app.until("[...document.querySelectorAll('details.step')].every((step) => !step.open)")
        .await?;
    app.says(".head", buttons.say(W::unfold_all)).await?;
    app.click(".head button:first-of-type").await?;
    app.until("[...document.querySelectorAll('details.step')].every((step) => step.open)")
        .await?;

    app.click(".neighbours .before").await?;
    app.until("location.hash === '#/playbook/p/address-technical-gaps'")
        .await?;
    app.guidance_is_there("address-technical-gaps").await?;
    app.click(".neighbours .after").await?;
    app.until("location.hash === '#/playbook/p/enable-services'").await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

#[tokio::test]
async fn what_does_not_hold_for_a_customer_is_folded_and_shown_when_asked_for() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let by = Author::new("Anna", "en");
    let app = App::closed(&site.url(), Default::default()).await?;
    app.visit_with(&kept(&[contoso(&by)?])?, "#/e/contoso/p/enable-services")
        .await?;
    let folded = "document.querySelectorAll('.guide li.cond > details').length";
    app.until(&format!("{folded} > 0")).await?;
    app.click("#all-branches").await?;
    app.until(&format!("{folded} === 0 || [...document.querySelectorAll('.guide li.cond > details')].every((part) => part.parentElement.querySelector('.ask'))"))
        .await?;
    app.click("#all-branches").await?;
    app.until(&format!("{folded} > 0")).await?;
    app.finish().await?;
    drop(seats);
    Ok(())
}

/// Whether every text of the guidance shows, and nothing that only a screen needs.
const PRINTS: &str = "[...document.querySelectorAll('main .guide li, main .task .name')].every((part) => part.getBoundingClientRect().height > 0)
    && [...document.querySelectorAll('.bar, .toc, .neighbours, main .btn')].every((part) => part.getBoundingClientRect().height === 0)";

#[tokio::test]
async fn a_process_and_the_whole_playbook_print_unfolded_with_numbers_of_pages() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    let app = App::open(&site.url()).await?;
    app.go("#/playbook/p/deploy-securely").await?;
    app.click(".head button:first-of-type").await?;
    app.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await?;
    app.until(PRINTS).await?;

    app.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    app.go("#/playbook/all").await?;
    let structure = structure()?;
    let last = structure
        .phases
        .iter()
        .flat_map(|phase| &phase.processes)
        .next_back()
        .ok_or("no process")?;
    app.there(&format!("article[data-process={last}] .guide li")).await?;
    assert_eq!(app.count("article.chapter").await?, 16);
    app.until("[...document.querySelectorAll('.step .guide')].every((guide) => guide.childElementCount > 0)")
        .await?;
    app.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await?;
    app.until(PRINTS).await?;
    let printed = app.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true })).await?;
    let pages = printed["data"].as_str().map_or(0, str::len);
    assert!(pages > 100_000, "{pages}");
    app.finish().await?;
    drop(seats);
    Ok(())
}
