//! The server as a browser sees it.

use anyhow::Result;
use xtask::driver::{Driver, Options};
use xtask::server::{Server, Settings};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(
        folder.path().join("index.html"),
        "<!doctype html><title>here</title><p>x</p>",
    )
    .expect("writable");
    std::fs::write(folder.path().join("a.json"), "{}").expect("writable");
    folder
}

#[tokio::test]
async fn a_stopped_server_is_gone_for_open_pages_and_comes_back_on_its_port() -> Result<()> {
    let folder = folder();
    let mut server = Server::start(folder.path())?;
    let (url, port) = (server.url(), server.port());
    let driver = Driver::start()?;
    let browser = driver.open(Options::default()).await?;
    browser.goto(&url).await?;
    // The connection of this fetch stays open and idle.
    assert_eq!(browser.evaluate("(await fetch('a.json')).status").await?, 200);

    server.stop();
    assert_eq!(
        browser
            .evaluate("await fetch('a.json').then(() => 'there', () => 'gone')")
            .await?,
        "gone"
    );

    server.start_again()?;
    assert_eq!(server.port(), port);
    assert_eq!(browser.evaluate("(await fetch('a.json')).status").await?, 200);
    browser.close().await
}

#[tokio::test]
async fn requests_are_recorded_and_can_be_refused() -> Result<()> {
    let folder = folder();
    let server = Server::with(Settings {
        prefix: "/a/b/".to_owned(),
        ..Settings::new(folder.path())
    })?;
    assert!(server.url().ends_with("/a/b/"));
    let driver = Driver::start()?;
    let browser = driver.open(Options::default()).await?;
    browser.goto(server.url().trim_end_matches('/')).await?;
    assert_eq!(browser.current_url().await?.as_str(), server.url());
    assert_eq!(browser.evaluate("(await fetch('/a.json')).status").await?, 404);

    server.forget_requests();
    assert_eq!(
        browser
            .evaluate("(await fetch('a.json?x=1')).headers.get('content-type')")
            .await?,
        "application/json"
    );
    server.refuse(&["a.json"]);
    assert_eq!(browser.evaluate("(await fetch('a.json')).status").await?, 503);
    let seen: Vec<(String, u16, u64)> = server
        .requests()
        .into_iter()
        .map(|request| (request.path, request.status, request.bytes))
        .collect();
    assert_eq!(seen, [("a.json".to_owned(), 200, 2), ("a.json".to_owned(), 503, 7)]);
    browser.close().await
}
