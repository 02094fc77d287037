//! Senders that let their requests trickle, more of them than there are places: beside them everybody else is served as ever.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::figures::{Figures, Refusals};
use super::house::{House, application, applying};
use crate::Plan;

/// People who mean it, meanwhile.
const PEOPLE: u64 = 4;

/// Opens the slow lines and says how others fared beside them.
pub fn trickle(house: &House, plan: &Plan) {
    let place = house.address.trim_start_matches("http://");
    let mut lines: Vec<TcpStream> = (0..plan.requests * 2)
        .map(|number| {
            let mut line = TcpStream::connect(place).unwrap();
            let first = if number.is_multiple_of(2) {
                "GET /api/v1/public/agencies HTTP/1.1\r\nHost: x\r\nX-A: ".to_owned()
            } else {
                let path = applying(number);
                format!(
                    "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{{"
                )
            };
            line.write_all(first.as_bytes()).unwrap();
            line
        })
        .collect();
    let over = AtomicBool::new(false);
    let figures = Mutex::new(Figures::default());
    let begun = Instant::now();
    thread::scope(|scope| {
        for number in 0..PEOPLE {
            let (figures, over) = (&figures, &over);
            scope.spawn(move || {
                let (client, mut own) = (house.client(), Figures::default());
                while !over.load(Ordering::Relaxed) {
                    own.note("apply", &client.send("POST", &applying(number), &[], Some(&application(number))));
                    own.note("list agencies", &client.send("GET", "/api/v1/public/agencies", &[], None));
                }
                figures.lock().unwrap().add(own);
            });
        }
        while begun.elapsed() < plan.above {
            for line in &mut lines {
                // Who was cut off hears so here.
                let _cut = line.write_all(b" ");
            }
            thread::sleep(Duration::from_millis(200));
        }
        over.store(true, Ordering::Relaxed);
    });
    figures.into_inner().unwrap().say("beside slow senders", begun.elapsed(), Refusals::AreErrors);
}
