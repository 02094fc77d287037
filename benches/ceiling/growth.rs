//! What a work took over ten thousand cases, kept in a file beside the kept databases, so that a run over more of them can say by how much
//! it grew. Without `KEEP` nothing is kept and nothing said.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// Growth is reckoned from so many cases.
const FROM: u32 = 10_000;

/// The figures of one database at one number of cases.
pub struct Growth {
    file: Option<PathBuf>,
    database: &'static str,
    cases: u32,
}

impl Growth {
    pub fn of(kept: Option<&Path>, database: &'static str, cases: u32) -> Self {
        Self { file: kept.map(|folder| folder.join("figures.json")), database, cases }
    }

    /// Keeps a figure, in milliseconds; the line of how it grew, where there is one of ten thousand cases to hold it against.
    pub fn keep(&self, growth: &str, of: &str, figure: f64) -> Option<Value> {
        let file = self.file.as_ref()?;
        let text = std::fs::read_to_string(file).unwrap_or_else(|_| "{}".to_owned());
        let mut figures: Value = serde_json::from_str(&text).unwrap();
        figures[self.database][growth][of][self.cases.to_string()] = json!(figure);
        std::fs::write(file, serde_json::to_string_pretty(&figures).unwrap()).unwrap();
        let before = figures[self.database][growth][of][FROM.to_string()].as_f64()?;
        (self.cases > FROM).then(|| {
            json!({"work": growth, "of": of, "from_cases": FROM, "before": before, "now": figure,
                "ratio": super::round(figure / before)})
        })
    }
}
