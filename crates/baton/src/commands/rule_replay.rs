//! `baton rules replay`: a version of the rules over the orders in the books, against another version.

use crate::argument;
use crate::books::{self, Books};
use crate::commands::{basis, figures, shortfall};
use crate::fault::{Fault, Verdict, say};
use crate::progress::Bar;
use clap::Args;
use flow::Baton;
use flow::rule_replay::{self, AskReplay, Assumed, LONGEST_DAYS, Reached, Replayed, USUAL_DAYS, settle};
use model::{Day, Timestamp};
use paper::report::Assumption;
use std::sync::Arc;
use std::time::Duration;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton rules replay --number 3\n  baton rules replay --number 3 --against 1 --days 30\n  \
    baton rules replay --number 3 --from 2026-09-01 --to 2026-10-01 --worth --json\n\n\
    It reads the books beside whoever has them open, and changes nothing."
)]
pub(crate) struct ReplayRules {
    /// The version that is tried
    #[arg(long, value_name = "N")]
    number: i64,
    /// The version to compare with; without it the one in force, or the lowest cost if none ever was
    #[arg(long, value_name = "N")]
    against: Option<i64>,
    /// Days until now [default: 90]
    #[arg(long, value_name = "DAYS", value_parser = argument::whole::<i64>(1..=LONGEST_DAYS as u64), conflicts_with_all = ["from", "to"])]
    days: Option<i64>,
    /// First day, such as 2026-09-01, by the shop's clock
    #[arg(long, value_name = "DAY", value_parser = day, requires = "to")]
    from: Option<Day>,
    /// The day after the last
    #[arg(long, value_name = "DAY", value_parser = day, requires = "from")]
    to: Option<Day>,
    /// Measure what each rule of the version is worth, by leaving it out
    #[arg(long)]
    worth: bool,
    #[command(flatten)]
    books: Books,
    /// Print the figures as JSON, amounts in whole minor units, as the API tells them
    #[arg(long)]
    json: bool,
}

fn day(text: &str) -> Result<Day, String> {
    Day::from_iso(text).ok_or_else(|| "write a day such as 2026-09-01".to_owned())
}

/// Both cores of the smallest machine: whoever waits for it wants it soon.
const THREADS: usize = 2;
/// Often enough that the bar moves.
const SHOW_EVERY: Duration = Duration::from_millis(100);

impl ReplayRules {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let done = books::wait(async {
            let baton = self.books.look_at_shop().await?;
            let done = self.replayed(&baton).await;
            baton.db.close().await;
            done
        })?;
        if self.json {
            say(&done.told)?;
        } else {
            figures::print(&done.network, &done.report)?;
            let assumptions: Vec<Assumption> = done.assumptions.iter().map(assumption).collect();
            basis::print(&assumptions)?;
            figures::print_worth(&done.network, &done.candidate, &done.worths)?;
            if self.worth && done.worths.is_empty() {
                say(format_args!("{} has no rules to leave out.", done.candidate.name))?;
            }
        }
        figures::warn_of_findings(&done.report);
        Ok(shortfall::verdict(&done.report))
    }

    async fn replayed(&self, baton: &Baton) -> Result<Replayed, Fault> {
        let mut asked = settle(baton, self.asked(baton).await?).await?;
        asked.threads = THREADS;
        let (bar, reached) = (Bar::new("replaying"), Arc::new(Reached::default()));
        let mut running = std::pin::pin!(rule_replay::run(baton, asked, &reached));
        loop {
            tokio::select! {
                done = &mut running => {
                    let stopped = || Fault::Other("the replay was stopped".to_owned());
                    return done?.ok_or_else(stopped);
                }
                () = tokio::time::sleep(SHOW_EVERY) => {
                    let (done, total) = reached.so_far();
                    bar.show(done, total);
                }
            }
        }
    }

    async fn asked(&self, baton: &Baton) -> Result<AskReplay, Fault> {
        let now_ms = baton.now_ms();
        let days = self.days.unwrap_or(USUAL_DAYS);
        let (from_ms, to_ms) = match (self.from, self.to) {
            (Some(from), Some(to)) => {
                let shop = baton.shop(now_ms).await?;
                let clock = &shop.network.settings.clock;
                (clock.instant(from, 0).0, clock.instant(to, 0).0)
            }
            _ => (now_ms - days * Timestamp::DAY_MS, now_ms),
        };
        Ok(AskReplay {
            number: self.number,
            against: self.against,
            from_ms: Some(from_ms),
            to_ms: Some(to_ms),
            with_worth: self.worth,
        })
    }
}

fn assumption(told: &Assumed) -> Assumption {
    let basis = basis::of_word(told.basis);
    Assumption { basis, sentence: told.sentence.clone() }
}
