//! Every setting: what it does, what it is set to, and who set it last.

use crate::answer::Answer;
use crate::app::{App, ProgramSetting};
use crate::caller::Caller;
use crate::json::Json;
use crate::policy::{EVERYONE, Policy};
use crate::routes::Routes;
use axum::extract::State;
use flow::Refused;
use flow::people::Scope;
use flow::setup::{AllSettings, Setting, SetupFile};
use serde::Serialize;
use store::setting_marks::Mark;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("network").add(Policy::of(EVERYONE, Scope::NetworkRead), routes!(describe_settings))
}

/// Who changed it last.
#[derive(Serialize, ToSchema)]
struct ChangedBy {
    /// `usr_…`, `tok_…`, or a program.
    id: String,
    /// Null: somebody who is not in the books.
    name: Option<String>,
    at: i64,
}

impl From<Mark> for ChangedBy {
    fn from(mark: Mark) -> ChangedBy {
        ChangedBy { id: mark.by, name: mark.by_name, at: mark.at_ms }
    }
}

/// A key of `settings.toml`.
#[derive(Serialize, ToSchema)]
struct SettingShown {
    #[schema(example = "box_fill")]
    key: &'static str,
    /// What it does, in one sentence.
    explanation: &'static str,
    unit: &'static str,
    /// What may be written.
    range: &'static str,
    default: &'static str,
    /// As it would stand in the file.
    example: String,
    /// As it stands in the file; null: it does not, and the default holds.
    value: Option<String>,
    /// It is otherwise than by default.
    is_changed: bool,
    /// Null: nobody ever did.
    changed: Option<ChangedBy>,
}

impl From<Setting> for SettingShown {
    fn from(setting: Setting) -> SettingShown {
        let Setting { described, mark } = setting;
        SettingShown {
            key: described.key,
            explanation: described.explanation,
            unit: described.unit,
            range: described.range,
            default: described.default,
            example: described.example,
            value: described.value,
            is_changed: described.is_changed,
            changed: mark.map(ChangedBy::from),
        }
    }
}

/// Settings under one heading.
#[derive(Serialize, ToSchema)]
struct GroupOfSettings {
    #[schema(example = "Promises")]
    group: &'static str,
    settings: Vec<SettingShown>,
}

/// A file beside locations and products: rates, zones and the like.
#[derive(Serialize, ToSchema)]
struct SetupFileShown {
    #[schema(example = "rates.csv")]
    name: String,
    meaning: &'static str,
    /// Null: there is none any more.
    bytes: Option<usize>,
    changed: Option<ChangedBy>,
}

impl From<SetupFile> for SetupFileShown {
    fn from(file: SetupFile) -> SetupFileShown {
        SetupFileShown {
            name: file.name,
            meaning: file.meaning,
            bytes: file.bytes,
            changed: file.mark.map(ChangedBy::from),
        }
    }
}

/// How the program was started. It is changed where it is started, and not here.
#[derive(Serialize, ToSchema)]
struct ProgramSettingShown {
    #[schema(example = "listen")]
    name: &'static str,
    value: String,
    default: String,
    /// Where the value comes from: `command line`, `environment`, `file` or `default`.
    source: &'static str,
    explanation: &'static str,
}

impl From<&ProgramSetting> for ProgramSettingShown {
    fn from(setting: &ProgramSetting) -> ProgramSettingShown {
        let ProgramSetting { name, value, default, source, explanation } = setting.clone();
        ProgramSettingShown { name, value, default, source, explanation }
    }
}

/// All settings.
#[derive(Serialize, ToSchema)]
struct SettingsDescribed {
    /// For `If-Match` of a change by `PATCH /v1/settings`.
    version: i64,
    groups: Vec<GroupOfSettings>,
    files: Vec<SetupFileShown>,
    program: Vec<ProgramSettingShown>,
}

/// Every setting with its default, its value, and who changed it last.
#[utoipa::path(get, path = "/v1/settings/described", responses((status = 200, body = SettingsDescribed)))]
async fn describe_settings(State(app): State<App>, _caller: Caller) -> Answer<Json<SettingsDescribed>> {
    let all = app.db.read::<_, Refused>(|tx| Box::pin(AllSettings::read(tx))).await?;
    let mut groups: Vec<GroupOfSettings> = Vec::new();
    for setting in all.settings {
        let group = setting.described.group;
        match groups.last_mut().filter(|last| last.group == group) {
            Some(last) => last.settings.push(setting.into()),
            None => groups.push(GroupOfSettings { group, settings: vec![setting.into()] }),
        }
    }
    Ok(Json(SettingsDescribed {
        version: all.version,
        groups,
        files: all.files.into_iter().map(SetupFileShown::from).collect(),
        program: app.settings.program.iter().map(ProgramSettingShown::from).collect(),
    }))
}
