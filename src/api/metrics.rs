//! `GET /metrics`: figures for whoever watches over the service, in the form Prometheus reads. Asked of the database at every
//! scrape, so that any instance tells the same.

use std::sync::LazyLock;

use actix_web::{HttpResponse, web};
use metrics::{Key, KeyName, Label, Metadata, Recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use crate::office::Office;

/// The figures of this process; no global recorder, so that several services in one process do not mix.
static FIGURES: LazyLock<(PrometheusRecorder, PrometheusHandle)> = LazyLock::new(|| {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    (recorder, handle)
});

const METADATA: Metadata<'static> = Metadata::new("dafu", metrics::Level::INFO, None);

fn gauge(name: &'static str, labels: Vec<Label>, value: f64) {
    FIGURES.0.register_gauge(&Key::from_parts(KeyName::from_const_str(name), labels), &METADATA).set(value);
}

/// The figures, or 503 while the database is away.
pub async fn metrics(office: web::Data<Office>) -> HttpResponse {
    let office = office.get_ref().clone();
    let Ok(Ok(figures)) = web::block(move || office.figures()).await else {
        return HttpResponse::ServiceUnavailable().finish();
    };
    for (reconciler, seconds) in figures.seconds_since_run {
        let labels = vec![Label::new("reconciler", reconciler)];
        gauge("dafu_scheduler_seconds_since_run", labels, seconds);
    }
    gauge("dafu_scheduler_late", Vec::new(), if figures.late { 1.0 } else { 0.0 });
    for (state, count) in figures.notices {
        gauge("dafu_outbox_notices", vec![Label::new("state", state)], count);
    }
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(FIGURES.1.render())
}
