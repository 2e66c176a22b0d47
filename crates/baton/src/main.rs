//! The `baton` command: orders, stock and rules from files; decisions, explanations and comparisons out; and the books.
//!
//! Owns: arguments, the real clock, standard output, exit codes. Refuses to know: how anything is decided.
//!
//! Exit codes: 0 all is well; 1 it ran, and found something that must be looked at; 2 the command or a file
//! cannot be used.

mod argument;
mod ask;
mod books;
mod commands;
mod demo_shop;
mod fault;
mod places;
mod progress;
mod restock;
mod rule_check;
mod rule_choice;
mod sent;
mod source;

use clap::{Parser, Subcommand};
use commands::{
    assess, backup, bench, check, copy, demo, doctor, explain, export, formats, import, jobs, migrate,
    replay, route, rules, serve, token, user,
};
use fault::{Fault, Verdict};
use std::process::ExitCode;

/// For SQLite too: an order is thousands of small allocations, and writers are measurably faster with it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(
    name = "baton",
    version,
    about = "Order orchestration for small retailers: decides where each order ships from, and says why.",
    after_help = "Start with `baton demo`. Then run `baton assess DIR` on a folder with your own exports."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
#[expect(clippy::large_enum_variant, reason = "a process has one of them")]
enum Command {
    /// Write a demo retailer's folder, assess it, and say where the report is
    Demo(demo::Demo),
    /// Keep the books and answer over HTTP
    Serve(serve::Serve),
    /// What would Baton have saved? A summary here and a report as one HTML file
    Assess(assess::Assess),
    /// Decide every order of a folder and write where each unit ships from
    Route(route::Route),
    /// Tell why one order goes where it goes
    Explain(explain::Explain),
    /// Run the same orders under several rule sets, side by side
    Replay(replay::Replay),
    /// Check, explain, test and publish rules
    Rules(rules::Rules),
    /// Measure decisions per second and memory, and check decisions against brute force
    Bench(bench::Bench),
    /// List the files and columns that Baton reads
    Formats(formats::Formats),
    /// Bring a folder into the books; or turn a published order history into a folder
    Import(import::Import),
    /// Write orders, stock, events, products or locations of the books as a file
    Export(export::Export),
    /// Bring the books to the version of this program
    Migrate(migrate::Migrate),
    /// Look whether the books add up
    Check(check::Check),
    /// Write a backup of the books, also while they are in use
    Backup(backup::Backup),
    /// Prove that a backup is sound
    Verify(backup::Verify),
    /// Put a backup in the place of the books
    Restore(backup::Restore),
    /// Carry the books to another database
    Copy(copy::Copy),
    /// Look for what needs somebody, and say what to do
    Doctor(doctor::Doctor),
    /// List work that waits or was given up, and have it tried again
    Jobs(jobs::Jobs),
    /// List, add and unlock users
    User(user::User),
    /// Make, list and revoke tokens of programs
    Token(token::Token),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Demo(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Assess(command) => command.run(),
        Command::Route(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Replay(command) => command.run(),
        Command::Rules(command) => command.run(),
        Command::Bench(command) => command.run(),
        Command::Formats(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Migrate(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Copy(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Jobs(command) => command.run(),
        Command::User(command) => command.run(),
        Command::Token(command) => command.run(),
    };
    match outcome {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::LookAtIt) => ExitCode::from(1),
        Err(Fault::Closed) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::from(2)
        }
    }
}
