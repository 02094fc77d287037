//! Some sixty applications, told by what became of them. Whoever adds one keeps its days in order and ends before today.

mod answered;
mod approval;
mod arrivals;
mod consultations;
mod corrections;
mod excessive;
mod extensions;
mod refused;
mod trouble;
mod unavailable;

use super::story::Story;

/// All of them.
pub fn all() -> Vec<Story> {
    [
        answered::stories(),
        refused::stories(),
        unavailable::stories(),
        corrections::stories(),
        consultations::stories(),
        extensions::stories(),
        excessive::stories(),
        arrivals::stories(),
        approval::stories(),
        trouble::stories(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
