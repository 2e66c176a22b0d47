//! What is counted about requests, as Prometheus reads it.
//!
//! Owns: counts and times by route, and how the numbers of the books are written. Refuses to know: paths as they were
//! asked for: only routes are labels, so that nobody can make endless series.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the classes of the histogram.
const CLASSES_MS: [u64; 10] = [5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000];

#[derive(Default)]
pub(crate) struct Metrics {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    answers: BTreeMap<Series, u64>,
    times: BTreeMap<(String, String), Times>,
}

/// A number that is read from the books when it is asked for.
pub(crate) struct Gauge {
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    /// With its labels, in braces; empty: none.
    pub(crate) of: Vec<(String, i64)>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Series {
    route: String,
    method: String,
    status: u16,
}

#[derive(Default)]
struct Times {
    classes: [u64; CLASSES_MS.len()],
    count: u64,
    sum_us: u64,
}

impl Metrics {
    pub(crate) fn count(&self, (method, route): (&str, &str), status: u16, took: Duration) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let series = Series { route: route.to_owned(), method: method.to_owned(), status };
        *inner.answers.entry(series).or_default() += 1;
        let times = inner.times.entry((route.to_owned(), method.to_owned())).or_default();
        times.count += 1;
        times.sum_us += u64::try_from(took.as_micros()).unwrap_or(0);
        for (class, end_ms) in times.classes.iter_mut().zip(CLASSES_MS) {
            *class += u64::from(took <= Duration::from_millis(end_ms));
        }
    }

    /// Answers by the first digit of their status, since the program started.
    pub(crate) fn by_class(&self) -> BTreeMap<u16, u64> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut classes = BTreeMap::new();
        for (series, count) in &inner.answers {
            *classes.entry(series.status / 100).or_default() += count;
        }
        classes
    }

    /// Prometheus' text format, version 0.0.4.
    pub(crate) fn written(&self, gauges: &[Gauge]) -> String {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = inner.write(&mut text);
        for Gauge { name, help, of } in gauges {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
            for (labels, value) in of {
                let _ = writeln!(text, "{name}{labels} {value}");
            }
        }
        text
    }
}

impl Inner {
    fn write(&self, text: &mut String) -> std::fmt::Result {
        writeln!(
            text,
            "# HELP baton_requests_total Requests answered.\n# TYPE baton_requests_total counter"
        )?;
        for (Series { route, method, status }, count) in &self.answers {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            writeln!(text, "baton_requests_total{{{labels}}} {count}")?;
        }
        let name = "baton_request_seconds";
        writeln!(text, "# HELP {name} How long answers took.\n# TYPE {name} histogram")?;
        for ((route, method), times) in &self.times {
            let labels = format!("route=\"{route}\",method=\"{method}\"");
            for (count, end_ms) in times.classes.iter().zip(CLASSES_MS) {
                let end = seconds(end_ms * 1_000);
                writeln!(text, "{name}_bucket{{{labels},le=\"{end}\"}} {count}")?;
            }
            writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", times.count)?;
            writeln!(text, "{name}_sum{{{labels}}} {}", seconds(times.sum_us))?;
            writeln!(text, "{name}_count{{{labels}}} {}", times.count)?;
        }
        Ok(())
    }
}

fn seconds(us: u64) -> String {
    format!("{}.{:06}", us / 1_000_000, us % 1_000_000)
}
