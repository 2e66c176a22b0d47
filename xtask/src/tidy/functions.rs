//! Rules about functions: their length and their parameters.

use super::Finding;
use super::source::{Source, closing, words};

const FUNCTION_LINES_MAX: usize = 70;
const PARAMETERS_MAX: usize = 4;

pub(super) fn long_function(source: &Source) -> Vec<Finding> {
    let long = functions(source).into_iter().filter(|function| function.lines > FUNCTION_LINES_MAX);
    long.map(|function| {
        let (name, lines) = (function.name, function.lines);
        let say =
            format!("`{name}` has {lines} lines, cut it into named steps ({FUNCTION_LINES_MAX} at most)");
        Finding::new(function.line, say)
    })
    .collect()
}

pub(super) fn many_parameters(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for function in functions(source) {
        let count = function.parameters.len();
        if count > PARAMETERS_MAX && !function.is_allowed(source, "params") {
            let say = format!(
                "`{}` takes {count} parameters, give them a struct with a name ({PARAMETERS_MAX} at most)",
                function.name
            );
            findings.push(Finding::new(function.line, say));
        }
    }
    findings
}

pub(super) fn bool_parameter(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for function in functions(source).into_iter().filter(|function| function.is_public) {
        for (name, kind) in &function.parameters {
            if *kind == "bool" && !function.is_allowed(source, "bool") {
                let say = format!(
                    "`{}` takes `{name}: bool`, which a reader of the call cannot see: use an enum or two functions",
                    function.name
                );
                findings.push(Finding::new(function.line, say));
            }
        }
    }
    findings
}

/// One `fn` with a name, free or in an `impl` or `trait`.
struct Function<'a> {
    name: &'a str,
    line: usize,
    /// The line of the closing bracket of the parameters.
    signature_end: usize,
    /// From `fn` to the closing brace, both counted; 0 without a body.
    lines: usize,
    is_public: bool,
    /// Name and type of each parameter besides self.
    parameters: Vec<(&'a str, &'a str)>,
}

impl Function<'_> {
    /// Is there a `tidy: allow <what> — reason` on the line above, or up to the end of the parameters?
    /// Without a reason it does not count.
    fn is_allowed(&self, source: &Source, what: &str) -> bool {
        let first = self.line.saturating_sub(2);
        let lines = source.text.lines().skip(first).take(self.signature_end - first);
        lines.filter_map(|line| line.split_once("// tidy: allow ")).any(|(_, allowed)| {
            let reason = allowed.strip_prefix(what).unwrap_or("");
            reason.starts_with(' ') && words(reason).next().is_some()
        })
    }
}

fn functions(source: &Source) -> Vec<Function<'_>> {
    let starts = source.words().filter(|(_, word)| *word == "fn");
    starts.filter_map(|(at, _)| read_function(source, at)).collect()
}

/// Reads the function whose `fn` stands at `at`; `None` for a function pointer type.
fn read_function(source: &Source, at: usize) -> Option<Function<'_>> {
    let code = source.code.as_str();
    let head = &code[at + "fn".len()..];
    let name = head.trim_start();
    let name = words(name).next().filter(|(start, _)| *start == 0)?.1;
    let after_name = at + "fn".len() + head.find(name)? + name.len();
    let open = after_name + parameters_start(&code[after_name..])?;
    let close = closing(code, open);
    let inside = code.get(open + 1..close - 1)?;
    let end = body_end(code, close);
    let line = source.line_at(at);
    Some(Function {
        name,
        line,
        signature_end: source.line_at(close - 1),
        lines: end.map_or(0, |end| source.line_at(end - 1) - line + 1),
        is_public: is_public(&code[..at]),
        parameters: split_parameters(inside).into_iter().filter_map(read_parameter).collect(),
    })
}

/// The words between the end of the item before and `fn` hold the visibility.
fn is_public(before: &str) -> bool {
    let start = before.rfind([';', '{', '}', ']', ',']).map_or(0, |at| at + 1);
    words(&before[start..]).any(|(_, word)| word == "pub")
}

/// Where the `(` of the parameters stands, behind any generics.
fn parameters_start(after_name: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut previous = ' ';
    for (at, letter) in after_name.char_indices() {
        match letter {
            '<' => depth += 1,
            '>' if previous != '-' => depth = depth.saturating_sub(1),
            '(' if depth == 0 => return Some(at),
            '{' | '}' | ';' if depth == 0 => return None,
            _ => {}
        }
        previous = letter;
    }
    None
}

/// The offset behind the body's closing brace; `None` for a declaration.
fn body_end(code: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += code.get(at..)?.find(['(', '[', '{', ';'])?;
        match code.as_bytes()[at] {
            b';' => return None,
            b'{' => return Some(closing(code, at)),
            _ => at = closing(code, at),
        }
    }
}

/// Cuts at the commas that stand in no bracket.
fn split_parameters(inside: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, mut previous) = (0_usize, 0, ' ');
    for (at, letter) in inside.char_indices() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if previous == '-' => {}
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        previous = letter;
    }
    parts.push(&inside[start..]);
    parts
}

/// Pattern and type of a parameter; `None` for `self` in any form and for the blank after the last comma.
fn read_parameter(part: &str) -> Option<(&str, &str)> {
    let is_double = |at: usize| part[at + 1..].starts_with(':') || part[..at].ends_with(':');
    let colon = part.match_indices(':').map(|(at, _)| at).find(|at| !is_double(*at))?;
    let (name, kind) = (part[..colon].trim(), part[colon + 1..].trim());
    words(name).all(|(_, word)| word != "self").then_some((name, kind))
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_function_of_seventy_lines_is_far_enough() {
        let with_lines =
            |lines: usize| format!("//! a\nfn f() -> [u8; 2] {{\n{}}}\n", "//\n".repeat(lines - 2));
        check(long_function, "a.rs", &with_lines(70), &[]);
        check(long_function, "a.rs", &with_lines(71), &[(2, "`f` has 71 lines")]);
        check(long_function, "a.rs", "trait A { fn f(); }\ntype F = fn(u8);\n", &[]);
    }

    #[test]
    fn more_than_four_parameters_are_found() {
        check(many_parameters, "a.rs", "fn f(a: A, b: B, c: C, d: D) {}", &[]);
        check(many_parameters, "a.rs", "fn f(&mut self, a: A, b: B, c: C, d: D,) {}", &[]);
        check(many_parameters, "a.rs", "fn f(self: Box<Self>, a: A, b: B, c: C, d: D) {}", &[]);
        check(many_parameters, "a.rs", "\nfn f(a: A, b: B, c: C, d: D, e: E) {}", &[(2, "5 parameters")]);
    }

    #[test]
    fn commas_inside_a_type_separate_nothing() {
        let generic = "fn f<T: Fn(u8, u8) -> u8>(a: Map<A, B>, (b, c): (B, C), d: fn(A, B, C) -> D) {}";
        check(many_parameters, "a.rs", generic, &[]);
        check(many_parameters, "a.rs", "fn f(a: impl Fn(A) -> B, b: [u8; 4], c: a::B, d: D) {}", &[]);
    }

    #[test]
    fn parameters_may_be_allowed_with_a_reason() {
        let with = |note: &str| format!("{note}\nfn f(a: A, b: B, c: C, d: D, e: E) {{}}");
        check(many_parameters, "a.rs", &with("// tidy: allow params — mirrors the formula"), &[]);
        check(many_parameters, "a.rs", &with("// tidy: allow params"), &[(2, "5 parameters")]);
        check(many_parameters, "a.rs", &with("// tidy: allow bool — other"), &[(2, "5 parameters")]);
    }

    #[test]
    fn a_bool_parameter_of_a_public_function_is_found() {
        check(bool_parameter, "a.rs", "pub fn ship(a: A, fast: bool) {}", &[(1, "`fast: bool`")]);
        check(bool_parameter, "a.rs", "pub(crate) const fn ship(fast: bool) {}", &[(1, "`fast: bool`")]);
        check(bool_parameter, "a.rs", "fn ship(fast: bool) {}\npub fn is_fast() -> bool {}", &[]);
        check(bool_parameter, "a.rs", "pub struct A;\nfn f(a: bool) {}\npub fn g(a: &[bool]) {}", &[]);
    }

    #[test]
    fn a_bool_may_be_allowed_beside_the_parameter() {
        let beside = "pub fn f(\n    a: A,\n    b: bool, // tidy: allow bool — read from one column\n) {}";
        check(bool_parameter, "a.rs", beside, &[]);
        let far_away = "// tidy: allow bool — for another one\nfn g() {}\n\npub fn f(b: bool) {}";
        check(bool_parameter, "a.rs", far_away, &[(4, "`b: bool`")]);
    }
}
