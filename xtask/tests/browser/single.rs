//! The single file: opened from disk, with nothing beside it.

use anyhow::Result;
use xtask::dist::SINGLE;
use xtask::driver::{Driver, Options};

use crate::stand_in;

#[tokio::test]
async fn the_single_file_starts_from_disk_and_asks_nobody() -> Result<()> {
    let mut files = stand_in::files();
    files.retain(|path, _| path == SINGLE);
    let folder = stand_in::folder(&files)?;
    let driver = Driver::start()?;
    let browser = driver.open(Options::default()).await?;
    browser
        .goto(&format!("file://{}/{SINGLE}", folder.path().display()))
        .await?;
    browser
        .until("document.documentElement.hasAttribute('data-ready')")
        .await?;

    assert_eq!(
        browser
            .evaluate("[ep.single, typeof structure, document.title].join()")
            .await?,
        "true,object,Engagement Playbook"
    );
    assert_eq!(
        browser
            .evaluate(
                "performance.getEntriesByType('resource').filter((entry) => !entry.name.startsWith('data:')).length"
            )
            .await?,
        0
    );
    assert_eq!(
        browser
            .evaluate("document.documentElement.dataset.offline ?? 'nothing said'")
            .await?,
        "nothing said"
    );
    // The policy holds: nothing can be sent or loaded, and no script added.
    assert_eq!(
        browser
            .evaluate("await fetch('data:,x').then(() => 'fetched', () => 'refused')")
            .await?,
        "refused"
    );
    browser.evaluate("(() => { const script = document.createElement('script'); script.textContent = 'globalThis.bad = 1'; document.body.append(script) })()").await?;
    assert_eq!(browser.evaluate("'bad' in globalThis").await?, false);
    // Styles came through the policy.
    assert_eq!(
        browser
            .evaluate("document.styleSheets.length === 1 && document.styleSheets[0].cssRules.length > 0")
            .await?,
        true
    );
    browser.close().await
}

#[tokio::test]
async fn the_single_file_holds_the_same_content_as_the_hosted_page() -> Result<()> {
    let files = stand_in::files();
    let folder = stand_in::folder(&files)?;
    let driver = Driver::start()?;
    let browser = driver.open(Options::default()).await?;
    browser
        .goto(&format!("file://{}/{SINGLE}", folder.path().display()))
        .await?;
    browser
        .until("document.documentElement.hasAttribute('data-ready')")
        .await?;
    let mut seen = 0;
    for (path, text) in stand_in::content()? {
        let unpacked = browser
            .execute_async(
                "const done = arguments[1]; ep.asset(arguments[0]).then(done, (error) => done(String(error)))",
                vec![path.clone().into()],
            )
            .await?;
        assert_eq!(unpacked.as_str(), Some(text.as_str()), "{path}");
        seen += 1;
    }
    assert!(seen > 0);
    browser.close().await
}
