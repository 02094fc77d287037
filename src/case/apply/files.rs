//! Files and what is handed out of them, applied.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::moment::Actor;
use crate::case::state::{Case, CaseFile, DeliveryLine, Fetched, Release};
use crate::case::terms::Visibility;
use crate::clock::day_in_china;
use crate::ids::FileId;
use crate::law::letter::LetterKind;

impl Case {
    pub(super) fn take_file(&mut self, entry: &Entry) {
        let on = day_in_china(entry.at);
        match &entry.event {
            Event::FileAttached { file, purpose, format, size, redaction } => self.files.push(CaseFile {
                file: *file,
                seq: entry.seq,
                purpose: *purpose,
                format: *format,
                size: *size,
                by_applicant: entry.actor == Actor::Applicant,
                on,
                redaction: redaction.clone(),
                released: None,
                visibility: match entry.actor {
                    Actor::Applicant => Visibility::Applicant,
                    _ => Visibility::Office,
                },
                public_from: None,
                decided_by: None,
                checked: false,
            }),
            Event::FileShown { file, to, from, .. } => self.change_file(*file, |one| {
                one.visibility = *to;
                one.public_from = from.filter(|_| *to == Visibility::Public);
                one.decided_by = entry.actor.staff();
                one.checked = false;
            }),
            Event::FileChecked { file, .. } => self.change_file(*file, |one| one.checked = true),
            Event::Released { part, files, last, letter, .. } => {
                for file in files {
                    self.change_file(*file, |one| {
                        one.released = Some(*part);
                        one.visibility = one.visibility.max(Visibility::Applicant);
                    });
                }
                let (part, files, last, letter) = (*part, files.clone(), *last, *letter);
                self.releases.push(Release { seq: entry.seq, part, files, last, letter, on });
            }
            Event::DeliveryRecorded { letter, delivery } => {
                let reply = self.letters.iter().rfind(|one| one.kind == LetterKind::Reply).map(|one| one.seq);
                let received = delivery.received_on.filter(|_| reply == Some(*letter));
                // What was proven first stands: a second copy moves no window.
                if let (Some(served), Some(received)) = (&mut self.served, received) {
                    served.received_on.get_or_insert(received);
                }
                let (letter, delivery) = (*letter, delivery.clone());
                self.deliveries.push(DeliveryLine { seq: entry.seq, letter, delivery });
            }
            Event::Downloaded { document } => {
                self.fetched.push(Fetched { seq: entry.seq, document: *document, on });
            }
            _ => {}
        }
    }

    fn change_file(&mut self, id: FileId, change: impl FnOnce(&mut CaseFile)) {
        if let Some(file) = self.files.iter_mut().find(|one| one.file.id == id) {
            change(file);
        }
    }
}
