//! At most three browsers at a time, so that two cores suffice and neither waits, however many threads the tests have.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

static FREE: Mutex<usize> = Mutex::new(3);
static GIVEN_BACK: Condvar = Condvar::new();

/// The right to have so many browsers open. A test takes what it needs at once, before anything else, so that no two tests
/// wait for each other.
#[derive(Debug)]
#[must_use]
pub struct Seats(usize);

impl Seats {
    /// Waits until so many seats are free. Blocks the thread: a test has one of its own.
    pub fn take(count: usize) -> Self {
        let mut free = GIVEN_BACK
            .wait_while(lock(), |free| *free < count)
            .unwrap_or_else(PoisonError::into_inner);
        *free -= count;
        Self(count)
    }
}

impl Drop for Seats {
    fn drop(&mut self) {
        *lock() += self.0;
        GIVEN_BACK.notify_all();
    }
}

fn lock() -> MutexGuard<'static, usize> {
    FREE.lock().unwrap_or_else(PoisonError::into_inner)
}
