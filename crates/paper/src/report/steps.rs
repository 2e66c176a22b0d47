//! Do it yourself: what to do next, and the commands that made this.

use askama::Template;

use super::bounds::Bounded;
use super::input::Command;
use super::render;

#[derive(Template)]
#[template(path = "report/steps.html")]
struct StepsSection<'a> {
    steps: &'a [String],
    commands: &'a [Command],
}

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let (steps, commands) = (&bounded.report.next_steps, &bounded.report.commands);
    if steps.is_empty() && commands.is_empty() {
        return None;
    }
    Some(render(&StepsSection { steps, commands }))
}
