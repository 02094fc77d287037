//! Every role at every route, at one's own agency, at one below, at one above and at one that is no business of anybody here.
//! The routes are the program's own table, so that a new one that nobody has thought about fails; who may is written by hand
//! (`support::cells`).

use std::collections::BTreeSet;

use dafu::api::ROUTES;
use serde_json::Value;

use crate::support::cells::{Line, Scope, Whose, lines};
use crate::support::forged::{Forger, Told};
use crate::support::rows::rows;
use crate::support::served::{PASSWORD, Served};
use crate::support::town::{Agency, ROLES, Town};

/// Who asks, and what of.
struct Seat<'a> {
    asks: &'a Agency,
    of: &'a Agency,
    whose: Whose,
}

fn seats<'a>(town: &'a Town<'_>) -> [Seat<'a>; 4] {
    [
        Seat { asks: &town.city, of: &town.city, whose: Whose::Own },
        Seat { asks: &town.city, of: &town.county, whose: Whose::Below },
        Seat { asks: &town.city, of: &town.other, whose: Whose::Foreign },
        Seat { asks: &town.county, of: &town.city, whose: Whose::Above },
    ]
}

/// Whether the long version is asked for.
fn long() -> bool {
    std::env::var_os("DAFU_ATTACK").is_some()
}

/// Whether a cell is worth a request in the short version: everybody at home; abroad, those who would be let in at home.
fn is_tried(line: &Line, role: char, whose: Whose) -> bool {
    long() || whose == Whose::Own || line.roles.contains(role)
}

#[test]
fn every_route_of_the_program_has_its_line_in_the_table() {
    let routed: BTreeSet<String> =
        ROUTES.iter().map(|route| format!("{} {}", route.method.to_uppercase(), route.path)).collect();
    let told: Vec<String> = lines().iter().map(|line| format!("{} /api/v1{}", line.method, line.path)).collect();
    let distinct: BTreeSet<String> = told.iter().cloned().collect();
    assert_eq!(told.len(), distinct.len(), "twice");
    assert_eq!(distinct, routed, "who may is to be written in support::cells");
}

#[test]
fn without_a_token_nothing_is_open_but_what_is_public_and_nobody_who_may_not_gets_in_or_changes_anything() {
    let service = &Served::on_sqlite("2025-03-03");
    let town = &Town::new(service);
    let forger = Forger::new();
    let before = rows(service);
    let mut wrong: Vec<String> = Vec::new();
    let mut asked = 0_u32;
    for line in lines().iter().filter(|line| line.scope != Scope::Public) {
        let forged = forger.request(line.method, line.path, &town.city, None);
        for answer in [forged.sent(service, None), forged.sent(service, Some("not.a.token"))] {
            asked += 1;
            if answer.status != 401 {
                wrong.push(format!("nobody: {} {} is {}", line.method, forged.path, answer.status));
            }
        }
    }
    for line in lines().iter().filter(|line| line.scope != Scope::Public) {
        for seat in seats(town) {
            let forged = forger.request(line.method, line.path, seat.of, None);
            for (role, name, _) in ROLES {
                if line.lets(role, seat.whose) || !is_tried(line, role, seat.whose) {
                    continue;
                }
                let login = seat.asks.login(name);
                let answer = forged.by(service, &login);
                asked += 1;
                let not_done = line.scope == Scope::Bulk && answer.status == 200;
                if !not_done && ![403, 404].contains(&answer.status) {
                    let (whose, told) = (seat.whose, answer.text);
                    let told: String = told.chars().filter(|one| !one.is_control()).take(300).collect();
                    wrong.push(format!(
                        "{login} ({whose:?}): {} {} is {}: {told}",
                        line.method, forged.path, answer.status
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    let after = rows(service);
    let changed: Vec<&String> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn whoever_may_is_let_in_and_whether_a_foreign_thing_exists_is_not_told() {
    let service = &Served::on_sqlite("2025-03-03");
    let town = &Town::new(service);
    let forger = Forger::new();
    let nothing = "00000000-0000-7000-8000-000000000000";
    let mut wrong: Vec<String> = Vec::new();
    for line in lines().iter().filter(|line| line.scope == Scope::At && line.path.contains("{id}")) {
        if line.path.contains("{slug}") {
            continue;
        }
        let there = forger.request(line.method, line.path, &town.other, None);
        let not_there = forger.request(line.method, line.path, &town.other, Some(nothing));
        for (role, name, _) in ROLES {
            if line.roles.contains(role) {
                let (one, other) = (there.by(service, name), not_there.by(service, name));
                let told = |answer: &Told| (answer.status, answer.says("type"), answer.says("detail"));
                if told(&one) != told(&other) {
                    wrong.push(format!(
                        "{name}: {} {} is {:?}, nothing {:?}",
                        line.method,
                        line.path,
                        told(&one),
                        told(&other)
                    ));
                }
            }
        }
    }
    for line in lines().iter().filter(|line| line.scope != Scope::Public) {
        for seat in seats(town) {
            let forged = forger.request(line.method, line.path, seat.of, None);
            for (role, name, _) in ROLES {
                if !line.lets(role, seat.whose) || !is_tried(line, role, seat.whose) {
                    continue;
                }
                let login = seat.asks.login(name);
                let answer = if line.path == "/auth/logout" {
                    forged.sent(service, Some(&fresh(service, &login)))
                } else {
                    forged.by(service, &login)
                };
                let gone = answer.status == 404 && MAY_BE_GONE.contains(&line.path);
                if answer.status >= 500 || [401, 403, 404].contains(&answer.status) && !gone {
                    let (whose, told) = (seat.whose, answer.text);
                    let told: String = told.chars().filter(|one| !one.is_control()).take(300).collect();
                    wrong.push(format!(
                        "{login} ({whose:?}): {} {} is {}: {told}",
                        line.method, forged.path, answer.status
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the first who may takes away, or what there is none of here: 404 tells nothing of a right.
const MAY_BE_GONE: &[&str] = &[
    "/cases/{id}/uploads/{file}",
    "/cases/{id}/files/{file}/redaction",
    "/cases/{id}/published-answer",
    "/held-applications/{id}/discard",
    "/retention/disposals/{id}/strikes",
    "/retention/disposals/{id}/certificate/{format}",
    "/me/sessions/{id}",
    "/me/absences/{id}",
    "/me/views/{name}",
];

/// A token of a sign-in of its own.
fn fresh(service: &Served, login: &str) -> String {
    let body = serde_json::json!({"login": login, "password": PASSWORD});
    let tokens: Value = service.public("POST", "/api/v1/auth/login", None, Some(&body)).expect(200);
    tokens["access_token"].as_str().unwrap().to_owned()
}
