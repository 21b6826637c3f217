//! Collecting into ordered maps and sets without the code of a sort: the standard `collect` sorts first, which costs some 2 KB for
//! each type in the file that the first visit waits for. Putting in one after the other gives the same.

/// What `collect` gives.
pub fn gather<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}
