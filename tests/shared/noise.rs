//! Text that hardly gets smaller when it is deflated: what is kept small is as large as it can be.

/// So many letters, as by chance; the same seed gives the same.
pub fn noise(seed: u32, length: usize) -> String {
    let mut state = u64::from(seed) * 2 + 1;
    let mut letter = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        char::from(b'0' + u8::try_from(state >> 58).unwrap_or_default())
    };
    (0..length).map(|_| letter()).collect()
}
