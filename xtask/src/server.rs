//! A static file server inside this process, for tests, the benchmark and `serve`.
//!
//! It can be taken away while a page is open, which is the point: [`Server::stop`] closes the port *and* every connection,
//! idle ones too, so the page finds nobody there; [`Server::start_again`] comes back on the same port. It records what was
//! asked for and how many bytes went out, can put another version in place ([`Server::set_root`]) and refuse single files
//! ([`Server::refuse`]), as a host in the middle of an upload would.
//!
//! Nothing is stored by the browser without asking again (`Cache-Control: no-cache`, no validators): what a page keeps
//! offline it keeps by its own doing. Nothing is compressed: bytes recorded are bytes of the files.

mod files;

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request as Asked, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

/// Where to serve from, and where.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder.
    pub root: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The path under which the folder appears, beginning and ending with `/`; everything else is not found.
    pub prefix: String,
}

impl Settings {
    /// The folder at `/` on a free port.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            port: 0,
            prefix: "/".to_owned(),
        }
    }
}

/// One answered request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The path without prefix and query: `assets/app.js`, or nothing for the page itself.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// The length of the answer's body.
    pub bytes: u64,
}

/// What can change while the server runs, shared with its connections.
#[derive(Debug)]
struct State {
    root: PathBuf,
    prefix: String,
    refused: Vec<String>,
    requests: Vec<Request>,
}

/// A running (or stopped) server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    state: Arc<Mutex<State>>,
    address: SocketAddr,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Server {
    /// Serves a folder at `/` on a free port.
    pub fn start(root: impl Into<PathBuf>) -> Result<Self> {
        Self::with(Settings::new(root))
    }

    /// Serves as told. An error if the port is taken.
    pub fn with(settings: Settings) -> Result<Self> {
        let mut server = Self {
            address: (Ipv4Addr::LOCALHOST, settings.port).into(),
            state: Arc::new(Mutex::new(State {
                root: settings.root,
                prefix: settings.prefix,
                refused: Vec::new(),
                requests: Vec::new(),
            })),
            running: None,
        };
        server.start_again()?;
        Ok(server)
    }

    /// The address of the page: `http://127.0.0.1:PORT/` and the prefix.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, lock(&self.state).prefix)
    }

    /// The port, the same before and after a stop.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Closes the port and all connections; returns when they are closed.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            // Fails if the thread has already ended, which is as good.
            let _ = running.stop.send(());
            let _ = running.thread.join();
        }
    }

    /// Serves again on the same port. Nothing happens if it is running.
    pub fn start_again(&mut self) -> Result<()> {
        if self.running.is_some() {
            return Ok(());
        }
        let listener = TcpListener::bind(self.address).with_context(|| format!("{} cannot be used", self.address))?;
        listener.set_nonblocking(true)?;
        self.address = listener.local_addr()?;
        // A runtime and a thread of its own: the server works inside asynchronous tests and outside, and dropping the
        // runtime closes every connection, whatever it is doing.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let state = Arc::clone(&self.state);
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("server".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, state) => {}
                    _ = stopped => {}
                }
            });
        })?;
        self.running = Some(Running { stop, thread });
        Ok(())
    }

    /// Serves another folder from now on, as if a new version had been uploaded.
    pub fn set_root(&self, root: impl Into<PathBuf>) {
        lock(&self.state).root = root.into();
    }

    /// Answers 503 to every path that contains one of these texts; none refuses nothing.
    pub fn refuse(&self, fragments: &[&str]) {
        lock(&self.state).refused = fragments.iter().map(|text| (*text).to_owned()).collect();
    }

    /// What was answered since the start or [`Server::forget_requests`], in order.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.state).requests.clone()
    }

    /// Begins a new record.
    pub fn forget_requests(&self) {
        lock(&self.state).requests.clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A panic while the lock was held cannot leave the state half changed, so a poisoned lock is as good as any.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        // A connection that went away before it was accepted is no reason to end.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let service = service_fn(|asked| {
                let response = answer(&state, &asked);
                async move { Ok::<_, Infallible>(response) }
            });
            // Browsers cut connections whenever they like.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

fn answer(state: &Mutex<State>, asked: &Asked<Incoming>) -> Response<Full<Bytes>> {
    let (root, prefix, refused) = {
        let state = lock(state);
        (state.root.clone(), state.prefix.clone(), state.refused.clone())
    };
    let Some(path) = asked.uri().path().strip_prefix(prefix.as_str()) else {
        if format!("{}/", asked.uri().path()) == prefix {
            return respond(StatusCode::MOVED_PERMANENTLY, "text/plain", Vec::new(), Some(&prefix));
        }
        return not_found(&root);
    };
    let response = if asked.method() != Method::GET && asked.method() != Method::HEAD {
        respond(StatusCode::METHOD_NOT_ALLOWED, "text/plain", Vec::new(), None)
    } else if refused.iter().any(|fragment| path.contains(fragment.as_str())) {
        respond(StatusCode::SERVICE_UNAVAILABLE, "text/plain", b"refused".to_vec(), None)
    } else {
        match files::read(&root, path) {
            Some(file) => respond(StatusCode::OK, file.media_type, file.bytes, None),
            None => not_found(&root),
        }
    };
    let bytes = hyper::body::Body::size_hint(response.body())
        .exact()
        .unwrap_or_default();
    let request = Request {
        path: path.to_owned(),
        status: response.status().as_u16(),
        bytes,
    };
    lock(state).requests.push(request);
    response
}

fn not_found(root: &Path) -> Response<Full<Bytes>> {
    let page = files::read(root, "404.html").map(|file| file.bytes).unwrap_or_default();
    respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", page, None)
}

fn respond(status: StatusCode, media_type: &str, bytes: Vec<u8>, location: Option<&str>) -> Response<Full<Bytes>> {
    let mut response = Response::builder()
        .status(status)
        .header("content-type", media_type)
        .header("cache-control", "no-cache")
        .header("x-content-type-options", "nosniff");
    if let Some(location) = location {
        response = response.header("location", location);
    }
    response
        .body(Full::new(Bytes::from(bytes)))
        .unwrap_or_else(|_| Response::new(Full::default()))
}
