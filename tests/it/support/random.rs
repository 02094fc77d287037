//! How many random histories are made: few in `make test`, the same at every run; twenty times as many under `make drill`, and
//! others each time.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

use super::program::is_drill;

/// What proptest makes of a property unless it is told otherwise.
const USUAL: u32 = 256;

/// So many, and in proportion more or fewer where `PROPTEST_CASES` asks for other than the usual number: a number that is
/// written down beside a property would stand whatever is asked. A change is judged by what it did, not by luck: what chance
/// finds in an old corner is found by the drill.
pub fn histories(few: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    let rng_seed = match usual.rng_seed {
        RngSeed::Random if !is_drill() => RngSeed::Fixed(2019),
        asked => asked,
    };
    ProptestConfig { cases: few * usual.cases / USUAL, failure_persistence: None, rng_seed, ..usual }
}
