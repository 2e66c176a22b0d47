//! Just enough of HTML to check what we write: it never writes anything odder.

/// Elements without an end.
const VOID: [&str; 3] = ["meta", "br", "img"];

/// What is wrong with the markup; empty when every opened tag is closed in order.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for tag in tags(html) {
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric()).collect();
        if tag.contains('<') {
            faults.push(format!("a tag within a tag: {tag}"));
        }
        if tag.matches('"').count() % 2 == 1 {
            faults.push(format!("an open quote: {tag}"));
        }
        if tag.starts_with('!') || tag.ends_with('/') || VOID.contains(&name.as_str()) {
            continue;
        }
        if !tag.starts_with('/') {
            open.push(name);
        } else if open.pop().as_deref() != Some(&name) {
            faults.push(format!("</{name}> closes something else"));
        }
    }
    faults.extend(open.into_iter().map(|name| format!("<{name}> is never closed")));
    faults
}

/// Everything between `<` and `>`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag))
}

/// The text without tags and without the style sheet.
#[allow(dead_code)]
pub(crate) fn text(html: &str) -> String {
    let body = html.split("</style>").nth(1).unwrap_or("");
    body.split('<').filter_map(|rest| rest.split_once('>')).flat_map(|(_, text)| [text, " "]).collect()
}

/// Widths, in percent, of the bars whose tooltip begins so; those of the grouped chart.
#[allow(dead_code)]
pub(crate) fn widths(html: &str, tip: &str) -> Vec<f64> {
    let is_bar = |mark: &&str| mark.starts_with(" class=\"v") && mark.contains(&format!("<title>{tip}"));
    let width = |mark: &str| mark.split(" width=\"").nth(1)?.split('%').next()?.parse().ok();
    html.split("<rect").filter(is_bar).filter_map(width).collect()
}

/// The cells of every row of every table, as text.
#[allow(dead_code)]
pub(crate) fn rows(html: &str) -> Vec<Vec<String>> {
    let cell = |cell: &str| -> String {
        let tagged = cell.split_once('>').map_or("", |(_, inner)| inner);
        let inner = tagged.split("</t").next().unwrap_or("").split("<small>").next().unwrap_or("");
        inner.replace("<bdi>", "").replace("</bdi>", "")
    };
    let cells = |row: &str| {
        row.split("<t").skip(1).filter(|tag| tag.starts_with(['d', 'h'])).map(cell).collect::<Vec<_>>()
    };
    html.split("<tr ").skip(1).map(|row| cells(row.split("</tr>").next().unwrap_or(""))).collect()
}
