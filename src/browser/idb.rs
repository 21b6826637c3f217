//! IndexedDB as a second store of texts under keys, thin: one database, one object store and one for backups,
//! transactions with strict durability. Written by hand over web-sys: a crate for it brings cursors, indexes and versions that nobody here asks for.
//!
//! Where it is forbidden, broken or does not answer, every call fails and says so; nothing here panics (`t28_...`). What is
//! written, and what is read before it, is the workspace's business.

use crate::workspace::{Batch, PUT_ASIDE, SMALL, Wanted};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::{
    cell::{Cell, RefCell},
    future::Future,
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

const DATABASE: &str = "ep";
const TEXTS: &str = "texts";
const BACKUPS: &str = "backups";

/// How long opening may take, in milliseconds: a browser that does not answer is one without IndexedDB, until it does.
const PATIENCE: u32 = 5_000;

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions take options, which web-sys has behind a build flag.
    type Exact;

    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Exact, stores: &str, mode: &str, options: &JsValue) -> Result<IdbTransaction, JsValue>;
}

/// Texts under keys.
pub type Texts = Vec<(String, String)>;

/// Begins to open and to read it, at once: whoever waits for something else meanwhile asks later. `None` where there is none,
/// or it cannot be read.
pub fn begin() -> impl Future<Output = Option<(Second, Texts)>> {
    let found = Rc::new(RefCell::new(None));
    let put = found.clone();
    let reading = future_to_promise(async move {
        let second = Second::open().await?;
        let texts = second.small().await?;
        put.replace(Some((second, texts)));
        Ok(JsValue::UNDEFINED)
    });
    let reading = JsFuture::from(reading);
    async move {
        reading.await.ok()?;
        found.take()
    }
}

/// The second store of this browser.
#[derive(Clone, Debug)]
pub struct Second {
    database: Rc<RefCell<IdbDatabase>>,
    /// It was made anew since somebody asked.
    fresh: Rc<Cell<bool>>,
}

impl Second {
    /// Opens it.
    ///
    /// # Errors
    /// There is none here, or it does not answer.
    pub async fn open() -> Result<Self, JsValue> {
        let fresh = Rc::new(Cell::new(false));
        let database = open(&fresh).await?;
        fresh.set(false);
        Ok(Self {
            database: Rc::new(RefCell::new(database)),
            fresh,
        })
    }

    /// Whether it has been made anew, empty, since the last question: somebody cleared what the browser keeps.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.fresh.take()
    }

    /// Opens the database again, when the browser closed it under us.
    ///
    /// # Errors
    /// It cannot be had any more.
    pub async fn open_again(&self) -> Result<(), JsValue> {
        let database = open(&self.fresh).await?;
        self.database.replace(database).close();
        Ok(())
    }

    /// Everything but snapshots and what was put aside.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn small(&self) -> Result<Texts, JsValue> {
        read_small(&self.begin("readonly")?.object_store(TEXTS)?).await
    }

    /// The texts under some keys.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn read(&self, keys: &[String]) -> Result<Texts, JsValue> {
        read_keys(&self.begin("readonly")?.object_store(TEXTS)?, keys).await
    }

    /// The keys of what was put aside there.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn put_aside(&self) -> Result<Vec<String>, JsValue> {
        let store = self.begin("readonly")?.object_store(TEXTS)?;
        let (from, to) = PUT_ASIDE;
        let range = IdbKeyRange::bound_with_lower_open_and_upper_open(&from.into(), &to.into(), false, true)?;
        let keys: Array = answer(&store.get_all_keys_with_key(&range)?).await?.dyn_into()?;
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    /// Starts writing a batch, at once; what is given back ends when it is on the disk, as far as a page can know.
    ///
    /// # Errors
    /// Nothing was written.
    pub fn write(&self, batch: &Batch) -> Result<impl Future<Output = Result<(), JsValue>> + use<>, JsValue> {
        let transaction = self.begin("readwrite")?;
        let ended = ended(&transaction);
        if let Err(error) = write(&transaction.object_store(TEXTS)?, batch) {
            let _ = transaction.abort();
            return Err(error);
        }
        Ok(ended)
    }

    /// Reads, lets the workspace plan, reads what it wants, and writes what it makes of that: all in one transaction.
    /// Whether anything was written.
    ///
    /// # Errors
    /// Nothing was written.
    pub async fn compact(
        &self,
        plan: impl FnOnce(Texts) -> Wanted,
        compact: impl FnOnce(Texts) -> Batch,
    ) -> Result<bool, JsValue> {
        let transaction = self.begin("readwrite")?;
        let ended = ended(&transaction);
        let store = transaction.object_store(TEXTS)?;
        let read = match plan(read_small(&store).await?) {
            Wanted::Nothing => return Ok(false),
            Wanted::These(keys) => read_keys(&store, &keys).await?,
            Wanted::Everything => read_range(&store, &JsValue::UNDEFINED).await?,
        };
        if let Err(error) = write(&store, &compact(read)) {
            let _ = transaction.abort();
            return Err(error);
        }
        ended.await.map(|()| true)
    }

    /// When the backups were made, UTC milliseconds.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn backups(&self) -> Result<Vec<i64>, JsValue> {
        let store = self.begin_in(BACKUPS, "readonly")?.object_store(BACKUPS)?;
        let keys: Array = answer(&store.get_all_keys()?).await?.dyn_into()?;
        Ok(keys.iter().filter_map(|key| Some(key.as_f64()? as i64)).collect())
    }

    /// The backup of that time, as it was put there.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn backup(&self, at: i64) -> Result<JsValue, JsValue> {
        let store = self.begin_in(BACKUPS, "readonly")?.object_store(BACKUPS)?;
        answer(&store.get(&(at as f64).into())?).await
    }

    /// Puts a backup there and takes others away, in one transaction.
    ///
    /// # Errors
    /// Everything is as it was.
    pub async fn put_backup(&self, at: i64, backup: &JsValue, gone: &[i64]) -> Result<(), JsValue> {
        let transaction = self.begin_in(BACKUPS, "readwrite")?;
        let ended = ended(&transaction);
        let store = transaction.object_store(BACKUPS)?;
        store.put_with_key(backup, &(at as f64).into())?;
        for at in gone {
            store.delete(&(*at as f64).into())?;
        }
        ended.await
    }

    /// Takes every backup away: everything is erased.
    ///
    /// # Errors
    /// They are still there.
    pub async fn clear_backups(&self) -> Result<(), JsValue> {
        let transaction = self.begin_in(BACKUPS, "readwrite")?;
        let ended = ended(&transaction);
        transaction.object_store(BACKUPS)?.clear()?;
        ended.await
    }

    fn begin(&self, mode: &str) -> Result<IdbTransaction, JsValue> {
        self.begin_in(TEXTS, mode)
    }

    fn begin_in(&self, store: &str, mode: &str) -> Result<IdbTransaction, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let database = self.database.borrow();
        database.unchecked_ref::<Exact>().transaction(store, mode, &options)
    }
}

async fn open(fresh: &Rc<Cell<bool>>) -> Result<IdbDatabase, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let factory = window.indexed_db()?.ok_or(JsValue::NULL)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let (making, made) = (request.clone(), fresh.clone());
    let upgrade = Closure::once_into_js(move |_: JsValue| {
        made.set(true);
        if let Ok(database) = making.result() {
            let database: &IdbDatabase = database.unchecked_ref();
            let _ = database.create_object_store(TEXTS);
            let _ = database.create_object_store(BACKUPS);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let late = Promise::new(&mut |_, reject| {
        spawn_local(async move {
            TimeoutFuture::new(PATIENCE).await;
            settle(&reject, &"IndexedDB does not answer".into());
        });
    });
    let answered = promise(&request);
    let opened = JsFuture::from(Promise::race(&Array::of2(&answered, &late))).await;
    if opened.is_err() {
        // Should it come after all: nobody may have to wait for us.
        spawn_local(async move {
            if let Ok(database) = JsFuture::from(answered).await {
                database.unchecked_ref::<IdbDatabase>().close();
            }
        });
    }
    let database: IdbDatabase = opened?.dyn_into()?;
    // Another page wants to change or delete it: out of its way, or it would wait for ever.
    let closing = database.clone();
    let make_way = Closure::<dyn Fn(JsValue)>::new(move |_| closing.close());
    database.set_onversionchange(Some(make_way.into_js_value().unchecked_ref()));
    Ok(database)
}

async fn read_small(store: &IdbObjectStore) -> Result<Texts, JsValue> {
    let mut all = Vec::new();
    for (from, to) in SMALL {
        let range = IdbKeyRange::bound_with_lower_open_and_upper_open(&from.into(), &to.into(), false, true)?;
        all.extend(read_range(store, &range).await?);
    }
    Ok(all)
}

async fn read_range(store: &IdbObjectStore, range: &JsValue) -> Result<Texts, JsValue> {
    let keys = answer(&store.get_all_keys_with_key(range)?);
    let texts = answer(&store.get_all_with_key(range)?);
    let (keys, texts) = (keys.await?, texts.await?);
    let (keys, texts): (Array, Array) = (keys.dyn_into()?, texts.dyn_into()?);
    let pair = |(key, text): (JsValue, JsValue)| Some((key.as_string()?, text.as_string()?));
    Ok(keys.iter().zip(texts.iter()).filter_map(pair).collect())
}

async fn read_keys(store: &IdbObjectStore, keys: &[String]) -> Result<Texts, JsValue> {
    let mut asked = Vec::new();
    for key in keys {
        asked.push((key, answer(&store.get(&key.into())?)));
    }
    let mut all = Vec::new();
    for (key, text) in asked {
        let text = text.await?.as_string();
        all.extend(text.map(|text| (key.clone(), text)));
    }
    Ok(all)
}

fn write(store: &IdbObjectStore, batch: &Batch) -> Result<(), JsValue> {
    for key in &batch.delete {
        store.delete(&key.into())?;
    }
    for (key, text) in &batch.put {
        store.put_with_key(&text.into(), &key.into())?;
    }
    Ok(())
}

/// What a request comes to. A promise that is settled in the event keeps the transaction alive for whoever awaits it.
fn answer(request: &IdbRequest) -> JsFuture {
    JsFuture::from(promise(request))
}

fn promise(request: &IdbRequest) -> Promise {
    let settled = request.clone();
    Promise::new(&mut |resolve, reject| {
        let (succeeded, failed) = (settled.clone(), settled.clone());
        let success =
            Closure::once_into_js(move |_: JsValue| settle(&resolve, &succeeded.result().unwrap_or_default()));
        let failure = Closure::once_into_js(move |_: JsValue| {
            let error = failed.error().ok().flatten();
            settle(&reject, &error.map_or(JsValue::NULL, JsValue::from));
        });
        settled.set_onsuccess(Some(success.unchecked_ref()));
        settled.set_onerror(Some(failure.unchecked_ref()));
    })
}

/// Ends when the transaction is complete, or was given up.
fn ended(transaction: &IdbTransaction) -> impl Future<Output = Result<(), JsValue>> + use<> {
    let promise = Promise::new(&mut |resolve, reject| {
        let complete = Closure::once_into_js(move |_: JsValue| settle(&resolve, &JsValue::UNDEFINED));
        let failed = transaction.clone();
        let abort = Closure::once_into_js(move |_: JsValue| {
            settle(&reject, &failed.error().map_or(JsValue::NULL, JsValue::from));
        });
        transaction.set_oncomplete(Some(complete.unchecked_ref()));
        transaction.set_onabort(Some(abort.unchecked_ref()));
    });
    let ended = JsFuture::from(promise);
    async move { ended.await.map(drop) }
}

fn settle(function: &Function, value: &JsValue) {
    // Calling a function of a promise does not fail.
    let _ = function.call1(&JsValue::NULL, value);
}
