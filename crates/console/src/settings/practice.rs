//! What there is for practising, and what there is not.

use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "settings/practice.html")]
struct PracticePage {
    f: Frame,
}

pub(super) async fn show(visit: Visit) -> Answered {
    page(&PracticePage { f: visit.frame(visit.t("settings-practice"), "settings") })
}
