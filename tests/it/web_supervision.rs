//! The pages of supervision over HTTP: a day that cannot be is told beside its field, over a page that still stands.

use crate::support::handled::Handled;
use crate::support::served::Served;
use crate::support::visitor::Visitor;

#[test]
fn a_day_that_cannot_be_is_told_beside_its_field_and_the_page_stands() {
    let service = &Served::on_sqlite("2026-03-02");
    Handled::new(service);
    let mut supervisor = Visitor::signed_in(service, "supervisor");
    for (path, told) in [
        ("/supervision?as_of=2099-01-01", "不能查询未来的日期"),
        ("/supervision?as_of=tomorrow", "日期"),
        ("/supervision/overdue?as_of=2099-01-01", "不能查询未来的日期"),
        ("/supervision/late-replies?from=2026-03-02&to=2026-03-01", "不能早于起始日期"),
        ("/supervision/workload?as_of=2099-01-01", "不能查询未来的日期"),
    ] {
        let page = supervisor.get(path).expect(422).says(told);
        assert!(page.html.contains("role=\"alert\""), "{path}: {}", page.text());
        assert!(page.html.contains("<form method=\"get\""), "{path}: the form is there to be mended");
    }
    supervisor.get("/supervision/nothing").expect(404);
    supervisor.get("/supervision/nothing?as_of=2099-01-01").expect(404);
}
