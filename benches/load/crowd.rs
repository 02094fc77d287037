//! More at once than are let in: whoever is too many is told so at once, and those who were let in are served. Whoever was let in and told
//! only later that the database is busy is counted apart.

use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use super::figures::{AT_ONCE, Figures, Refusals};
use super::house::{House, application, applying};
use crate::Plan;

/// A thread that waits for answers needs little.
const STACK: usize = 1 << 18;

/// Presses, with twice as many as there is room for, and says who was served and who was refused, and how quickly.
pub fn press(house: &House, plan: &Plan) {
    let figures = Mutex::new(Figures::default());
    let begun = Instant::now();
    thread::scope(|scope| {
        for number in 0..plan.requests * 2 {
            let figures = &figures;
            let work = move || {
                let (client, mut own) = (house.client(), Figures::default());
                while begun.elapsed() < plan.above {
                    let answer = client.send("POST", &applying(number), &[], Some(&application(number)));
                    let kind = match answer.is_refusal() {
                        true if answer.took > AT_ONCE => "told later that it is busy",
                        true => "refused at the door",
                        false => "apply",
                    };
                    own.note(kind, &answer);
                    if answer.is_refusal() {
                        // Whoever reads Retry-After would wait for seconds; this crowd comes again at once, but not without a breath.
                        thread::sleep(plan.above / 100);
                    }
                }
                figures.lock().unwrap().add(own);
            };
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).unwrap();
        }
    });
    figures.into_inner().unwrap().say("above the limit", begun.elapsed(), Refusals::AreMeant);
}
