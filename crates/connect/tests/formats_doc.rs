//! `docs/formats.md` lists every file and column that is read, as the readers know them.

use connect::files::{Column, FileLayout, Need, layout};

fn needed(need: Need) -> &'static str {
    match need {
        Need::Required => "required",
        Need::Optional => "optional",
    }
}

fn row(column: &Column) -> String {
    let Column { name, need, default, unit, meaning, .. } = column;
    let cells =
        [format!("`{name}`"), needed(*need).into(), (*default).into(), (*unit).into(), (*meaning).into()];
    format!("| {} |\n", cells.join(" | "))
}

/// The section of one file, as the document has it.
fn section(file: &FileLayout) -> String {
    let need = match file.need {
        Need::Required => "Required",
        Need::Optional => "Optional",
    };
    let rows: String = file.columns.iter().map(row).collect();
    format!(
        "### {}\n\n{need}: {}.\n\n| column | needed | default | unit | meaning |\n|---|---|---|---|---|\n{rows}{}",
        file.file,
        file.meaning,
        other_names(file)
    )
}

fn other_names(file: &FileLayout) -> String {
    let named = |column: &Column| {
        let aliases: Vec<String> = column.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        (!aliases.is_empty()).then(|| format!("`{}`: {}", column.name, aliases.join(", ")))
    };
    let names: Vec<String> = file.columns.iter().filter_map(named).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("\n{}\n", wrapped(&format!("Other names: {}.", names.join("; ")))),
    }
}

/// Lines of at most 116 characters.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > 116 {
            lines.push(word.to_owned());
            continue;
        }
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    lines.join("\n")
}

#[test]
fn the_document_lists_what_is_read() {
    let document = include_str!("../../../docs/formats.md");
    let lacking: String = layout()
        .iter()
        .map(section)
        .filter(|section| !document.contains(section))
        .collect::<Vec<_>>()
        .join("\n");
    assert!(lacking.is_empty(), "docs/formats.md should hold:\n{lacking}");
}
