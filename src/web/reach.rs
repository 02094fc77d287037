//! The agencies that somebody may choose from: where their roles allow a deed, and below, where those roles reach below.

use super::signed_in::SignedIn;
use crate::case::Role;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, reaches_below};
use crate::office::views::AgencyName;

/// The agencies over which one may do this, each after the one above it.
///
/// # Errors
/// The database's failures.
pub(super) async fn reach(by: &SignedIn, deed: Deed) -> Result<Vec<AgencyName>, Failure> {
    let me = by.office.me(&by.officer).await?;
    let mut reached: Vec<AgencyName> = Vec::new();
    let mut below: Vec<AgencyName> = Vec::new();
    for held in me.roles {
        let Ok(role) = held.role.code.parse::<Role>() else { continue };
        if !deed.roles().contains(&role) {
            continue;
        }
        if reaches_below(role) && !below.contains(&held.agency) {
            below.push(held.agency.clone());
        }
        if !reached.contains(&held.agency) {
            reached.push(held.agency);
        }
    }
    if below.is_empty() {
        return Ok(reached);
    }
    let all = by.office.directory().await?;
    let mut at = 0;
    while let Some(above) = below.get(at).map(|agency| agency.slug.clone()) {
        for agency in all.iter().filter(|agency| agency.parent.as_deref() == Some(&above)) {
            let name = AgencyName { slug: agency.slug.clone(), name: agency.name.clone() };
            if !below.contains(&name) {
                below.push(name);
            }
        }
        at += 1;
    }
    below.extend(reached);
    let mut once: Vec<AgencyName> = Vec::new();
    for agency in below {
        if !once.contains(&agency) {
            once.push(agency);
        }
    }
    Ok(once)
}
