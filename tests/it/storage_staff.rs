//! Agencies in their tree, staff and their roles, refresh tokens, calendars, keys and repeated requests.

use crate::storage_fixtures::{agency, agency_id, case_id, fill, noon, officer, on_both, staff_id};
use chrono::Duration;
use dafu::ids::TokenId;
use dafu::storage::agencies::AgencyRow;
use dafu::storage::calendars::CalendarRow;
use dafu::storage::idempotency::IdempotencyRow;
use dafu::storage::tokens::TokenRow;
use dafu::storage::vault_keys::VaultKeyRow;
use dafu::storage::{StoreError, agencies, calendars, idempotency, staff, tokens, vault_keys};
use uuid::Uuid;

#[test]
fn the_tree_knows_who_is_above_and_below_at_any_depth() {
    on_both(|db| {
        fill(db, &[]);
        db.write_now(|conn| {
            agencies::insert(conn, &agency(3, Some(2)))?;
            agencies::insert(conn, &agency(4, Some(1)))
        })
        .expect("written");
        let ids = |rows: Vec<AgencyRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        let [one, two, three, four] = [1, 2, 3, 4].map(agency_id);
        assert_eq!(db.read_now(|conn| agencies::subtree(conn, one)).expect("asked"), [one, two, four, three]);
        assert_eq!(ids(db.read_now(|conn| agencies::list_ancestors(conn, three)).expect("asked")), [two, one]);
        assert_eq!(db.read_now(|conn| agencies::subtree(conn, three)).expect("asked"), [three]);
    });
}

#[test]
fn an_agency_needs_a_parent_that_exists_and_a_slug_of_its_own() {
    on_both(|db| {
        fill(db, &[]);
        let insert = |row: AgencyRow| db.write_now(|conn| agencies::insert(conn, &row));
        assert!(matches!(insert(agency(3, Some(9))), Err(StoreError::Missing)));
        assert!(matches!(
            insert(AgencyRow { slug: agency(1, None).slug, ..agency(3, None) }),
            Err(StoreError::Conflict)
        ));
        let loud = AgencyRow { slug: "Loud".to_owned(), ..agency(3, None) };
        assert!(matches!(insert(loud), Err(StoreError::Broken(_))), "slugs are lower-case");
        let odd = AgencyRow { level: "empire".to_owned(), ..agency(3, None) };
        assert!(matches!(insert(odd), Err(StoreError::Broken(_))), "only levels there are");
    });
}

#[test]
fn an_agencys_settings_change_but_not_its_place() {
    on_both(|db| {
        fill(db, &[]);
        let changed = AgencyRow {
            office_phone: "0871-7654321".to_owned(),
            online_url: Some("https://example.gov.cn".to_owned()),
            parent_id: None,
            slug: "elsewhere".to_owned(),
            ..agency(2, Some(1))
        };
        db.write_now(|conn| agencies::update(conn, &changed)).expect("changed");
        let stands = AgencyRow { parent_id: Some(agency_id(1)), slug: "agency-2".to_owned(), ..changed };
        assert_eq!(db.read_now(|conn| agencies::load(conn, agency_id(2))).expect("there"), stands);
        let unknown = agency(9, None);
        assert!(matches!(db.write_now(|conn| agencies::update(conn, &unknown)), Err(StoreError::Missing)));
    });
}

#[test]
fn roles_are_given_once_and_taken_away() {
    on_both(|db| {
        fill(db, &[]);
        let given_at = noon("2026-03-02");
        let roles = || db.read_now(|conn| staff::roles_of(conn, staff_id(1))).expect("asked");
        db.write_now(|conn| {
            staff::grant(conn, staff_id(1), agency_id(2), "signer", given_at)?;
            staff::grant(conn, staff_id(1), agency_id(2), "handler", given_at)?;
            staff::grant(conn, staff_id(1), agency_id(2), "handler", given_at)
        })
        .expect("granted, the second time in vain");
        assert_eq!(roles(), [(agency_id(2), "handler".to_owned()), (agency_id(2), "signer".to_owned())]);
        let of = |agency| db.read_now(move |conn| staff::list_of_agencies(conn, &[agency_id(agency)])).expect("asked");
        assert_eq!((of(2), of(1)), (vec![officer(1)], vec![]), "each once, and only there");
        db.write_now(|conn| staff::revoke(conn, staff_id(1), agency_id(2), "signer")).expect("revoked");
        assert_eq!(roles().len(), 1);
        let again = db.write_now(|conn| staff::revoke(conn, staff_id(1), agency_id(2), "signer"));
        assert!(matches!(again, Err(StoreError::Missing)));
    });
}

#[test]
fn a_new_password_takes_the_place_of_the_old_one() {
    on_both(|db| {
        fill(db, &[]);
        let set = |number| db.write_now(move |conn| staff::set_password(conn, staff_id(number), "$argon2id$new", true));
        set(1).expect("set");
        let expected =
            staff::StaffRow { password_hash: "$argon2id$new".to_owned(), must_change_password: true, ..officer(1) };
        assert_eq!(db.read_now(|conn| staff::load(conn, staff_id(1))).expect("there"), expected);
        assert!(matches!(set(9), Err(StoreError::Missing)));
    });
}

#[test]
fn a_log_line_does_not_show_the_password_hash() {
    assert!(!format!("{:?}", officer(1)).contains("argon2"));
}

#[test]
fn someone_is_found_by_login_and_a_login_is_taken_once() {
    on_both(|db| {
        fill(db, &[]);
        assert_eq!(db.read_now(|conn| staff::find_by_login(conn, "officer1")).expect("asked"), Some(officer(1)));
        assert_eq!(db.read_now(|conn| staff::find_by_login(conn, "nobody")).expect("asked"), None);
        let twin = staff::StaffRow { login: "officer1".to_owned(), ..officer(2) };
        assert!(matches!(db.write_now(|conn| staff::insert(conn, &twin)), Err(StoreError::Conflict)));
        db.write_now(|conn| staff::set_active(conn, staff_id(1), false)).expect("left");
        assert!(!db.read_now(staff::list).expect("listed")[0].active, "who left is still listed");
    });
}

fn token(number: u32, family: u32) -> TokenRow {
    let id = |number: u32| TokenId::from_uuid(Uuid::from_u128(number.into()));
    TokenRow {
        id: id(number),
        family_id: id(family),
        staff_id: staff_id(1),
        digest: format!("digest {number}"),
        issued_at: noon("2026-03-02"),
        expires_at: noon("2026-03-09"),
        used_at: None,
        revoked_at: None,
    }
}

#[test]
fn of_many_who_use_one_token_at_once_only_one_gets_through() {
    on_both(|db| {
        fill(db, &[]);
        db.write_now(|conn| tokens::insert(conn, &token(1, 100))).expect("issued");
        let at = noon("2026-03-03");
        let through: usize = std::thread::scope(|scope| {
            let users: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| db.write_now(|conn| tokens::mark_used(conn, token(1, 100).id, at)).expect("ok"))
                })
                .collect();
            users.into_iter().map(|user| usize::from(user.join().expect("ran"))).sum()
        });
        assert_eq!(through, 1);
        let found = db.read_now(|conn| tokens::find_by_digest(conn, "digest 1")).expect("asked");
        assert_eq!(found, Some(TokenRow { used_at: Some(at), ..token(1, 100) }));
    });
}

#[test]
fn a_revoked_family_cannot_be_used_and_other_families_can() {
    on_both(|db| {
        fill(db, &[]);
        db.write_now(|conn| {
            [token(1, 100), token(2, 100), token(3, 200)].iter().try_for_each(|row| tokens::insert(conn, row))
        })
        .expect("issued");
        let at = noon("2026-03-03");
        let revoke = || db.write_now(|conn| tokens::revoke_family(conn, token(1, 100).family_id, at)).expect("revoked");
        assert_eq!([revoke(), revoke()], [2, 0], "the first revocation stands");
        let used = |number| db.write_now(move |conn| tokens::mark_used(conn, token(number, 0).id, at)).expect("asked");
        assert_eq!([used(1), used(2), used(3)], [false, false, true]);
        assert_eq!(db.write_now(|conn| tokens::revoke_all_of(conn, staff_id(1), at)).expect("revoked"), 1);
        assert_eq!(db.write_now(|conn| tokens::prune(conn, noon("2026-03-10"))).expect("pruned"), 3);
    });
}

#[test]
fn a_request_is_carried_out_once_until_it_is_forgotten() {
    on_both(|db| {
        let row = IdempotencyRow {
            scope: "public:submit".to_owned(),
            key: "k1".to_owned(),
            request_digest: "d1".to_owned(),
            case_id: None,
            status: 201,
            created_at: noon("2026-03-02"),
            enquiry_id: None,
            order_id: None,
        };
        let insert = |row: &IdempotencyRow| db.write_now(|conn| idempotency::insert(conn, row));
        insert(&row).expect("the first");
        assert!(matches!(insert(&row), Err(StoreError::Conflict)));
        insert(&IdempotencyRow { scope: "desk:1".to_owned(), ..row.clone() }).expect("a key belongs to its scope");
        let find = || db.read_now(|conn| idempotency::find(conn, "public:submit", "k1")).expect("asked");
        assert_eq!(find(), Some(row));
        let tomorrow = noon("2026-03-02") + Duration::hours(24);
        assert_eq!(db.write_now(|conn| idempotency::prune(conn, tomorrow)).expect("pruned"), 2);
        assert_eq!(find(), None);
        assert_eq!(db.read_now(|conn| dafu::storage::cases::find(conn, case_id(1))).expect("asked"), None);
    });
}

#[test]
fn editions_of_a_calendar_are_added_and_the_stamp_tells_of_each() {
    on_both(|db| {
        let edition = |on: &str, notice: &str| CalendarRow {
            year: 2026,
            known_from: noon(on),
            notice: notice.to_owned(),
            body: "{}".to_owned(),
        };
        let rows = [edition("2025-11-04", "first"), edition("2026-03-10", "amended")];
        let mut stamps = vec![db.read_now(calendars::stamp).expect("asked")];
        for row in &rows {
            db.write_now(|conn| calendars::insert(conn, row)).expect("written");
            stamps.push(db.read_now(calendars::stamp).expect("asked"));
        }
        assert!(stamps.windows(2).all(|pair| pair[0] != pair[1]), "{stamps:?}");
        assert!(matches!(db.write_now(|conn| calendars::insert(conn, &rows[0])), Err(StoreError::Conflict)));
        assert_eq!(db.read_now(calendars::list).expect("listed"), rows);
    });
}

#[test]
fn a_database_belongs_to_one_set_of_keys() {
    on_both(|db| {
        let row =
            VaultKeyRow { name: "master".to_owned(), fingerprint: "f".to_owned(), created_at: noon("2026-03-02") };
        assert!(db.read_now(vault_keys::list).expect("listed").is_empty());
        db.write_now(|conn| vault_keys::insert(conn, &row)).expect("noted");
        assert!(matches!(db.write_now(|conn| vault_keys::insert(conn, &row)), Err(StoreError::Conflict)));
        assert_eq!(db.read_now(|conn| vault_keys::find(conn, "master")).expect("asked"), Some(row.clone()));
        assert_eq!(db.read_now(vault_keys::list).expect("listed"), [row]);
    });
}
