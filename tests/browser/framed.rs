//! T28 in a frame that keeps nothing: `sandbox="allow-scripts"` gives the page an origin of its own, in which localStorage and
//! IndexedDB throw and no file may be saved.

use crate::support::{App, Folder, Result, Seats, Site, Words, dist};
use engagement_playbook::app::words::W;
use fantoccini::Locator;
use xtask::driver::Options;

const WARNING: &str = "main .banner.warning[role=alert]";

/// A page that holds another in a frame.
fn around(address: &str, may: &str) -> String {
    format!(
        "<!doctype html><title>Around</title><iframe sandbox='{may}' width='1200' height='800' src='{address}'></iframe>"
    )
}

/// Opens a page with the app in a frame, and goes into the frame.
async fn framed(address: &str, may: &str) -> Result<(App, Site, Folder)> {
    let folder = Folder::new()?;
    folder.write("index.html", &around(address, may))?;
    let outer = Site::of(folder.path())?;
    let app = App::closed(&outer.url(), Options::default()).await?;
    app.goto(&outer.url()).await?;
    app.find(Locator::Css("iframe")).await?.enter_frame().await?;
    Ok((app, outer, folder))
}

#[tokio::test]
async fn t28_probe() -> Result {
    let seats = Seats::take(1);
    let site = Site::open()?;
    for (file, may) in [
        ("", "allow-scripts"),
        ("engagement-playbook.html", "allow-scripts"),
        ("engagement-playbook.html", "allow-scripts allow-downloads"),
    ] {
        let (app, _outer, _folder) = framed(&format!("{}{file}", site.url()), may).await?;
        let ready = app
            .until_within(
                "document.documentElement.hasAttribute('data-ready')",
                std::time::Duration::from_secs(8),
            )
            .await;
        println!("{file} {may}: {:?}", ready.is_ok());
        println!(
            "{}",
            app.evaluate("[location.href, self.origin, document.body.innerText.slice(0, 1500)]")
                .await?
        );
        println!("{:#?}", app.console().await?);
        if ready.is_ok() {
            app.click("main a[href='#/new']").await?;
            app.at("new").await?;
            app.fill("#customer-name", "Contoso").await?;
            app.click("form button[type=submit].primary").await?;
            app.at("engagement").await?;
            app.click(&format!("{WARNING} button")).await?;
            println!("{:?}", app.downloaded().await);
            println!("{}", app.evaluate("document.body.innerText.slice(0, 1500)").await?);
            println!("{:#?}", app.console().await?);
        }
    }
    let _ = (dist(), Words::of("en")?, W::storage_blocked);
    drop(seats);
    Ok(())
}
