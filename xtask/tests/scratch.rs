//! x
use xtask::{driver::*, server::*, workspace::*};
#[tokio::test]
async fn real() -> anyhow::Result<()> {
    let ws = Workspace::find()?;
    let mut server = Server::start(ws.target().join("serve"))?;
    let driver = Driver::start()?;
    let b = driver.open(Options { languages: vec!["de".into()], ..Options::default() }).await?;
    let t = std::time::Instant::now();
    b.goto(&server.url()).await?;
    b.until("document.documentElement.hasAttribute('data-ready')").await?;
    println!("ready after {:?}; {}", t.elapsed(), b.evaluate("[performance.getEntriesByName('first-contentful-paint')[0]?.startTime, performance.now()]").await?);
    b.until("document.documentElement.dataset.offline === 'ready'").await?;
    println!("offline after {:?}", t.elapsed());
    println!("{:#?}", b.console().await?);
    std::fs::write("/tmp/real1.png", b.screenshot().await?)?;
    for r in server.requests().iter().take(14) { println!("{} {} {}", r.path, r.status, r.bytes); }
    server.stop();
    b.refresh().await?;
    b.until("document.documentElement.hasAttribute('data-ready')").await?;
    println!("offline reload ok {}", b.evaluate("performance.now()").await?);
    b.goto(&format!("file://{}/engagement-playbook.html", ws.target().join("serve").display())).await?;
    b.until("document.documentElement.hasAttribute('data-ready')").await?;
    println!("single ok {}", b.evaluate("[performance.getEntriesByName('first-contentful-paint')[0]?.startTime, performance.now()]").await?);
    println!("{:#?}", b.console().await?);
    b.close().await?;
    // trusted types
    let mut f = xtask::dist::load(&ws.target().join("serve"))?;
    let p = String::from_utf8(f["index.html"].clone())?.replace("form-action 'none'", "form-action 'none'; require-trusted-types-for 'script'");
    f.insert("index.html".into(), p.into_bytes());
    let dir = tempfile::tempdir()?; xtask::dist::write(dir.path(), &f)?;
    let server = Server::start(dir.path())?;
    let b = driver.open(Options::default()).await?;
    b.goto(&server.url()).await?;
    let r = b.until_within("document.documentElement.hasAttribute('data-ready')", std::time::Duration::from_secs(6)).await;
    println!("TT: {r:?}");
    println!("{:#?}", b.console().await?);
    b.close().await?;
    Ok(())
}
