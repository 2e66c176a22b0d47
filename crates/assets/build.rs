//! Brings the built front end into the crate.
//!
//! Owns: where it comes from, in this order: the folder that `WEB_DIST` names, `web/dist` (which packages carry, so that they
//! need no Node), else npm and esbuild, here and now. What cannot be built is a plain page in a debug build, with a warning,
//! and an error in a release: nobody ships a bare page without knowing. `ALLOW_PLAIN_UI=1` says that one does know.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// Everything that the built files follow from.
const WATCHED: [&str; 8] = [
    "web/src",
    "web/build",
    "web/build.mjs",
    "web/icons.txt",
    "web/unused.txt",
    "web/package.json",
    "web/package-lock.json",
    "web/dist",
];
const MANIFEST: &str = "manifest.tsv";
const PLAIN: &str = "\
app.css\tapp-plain.css\ttext/css; charset=utf-8\tplain
app-rtl.css\tapp-plain.css\ttext/css; charset=utf-8\tplain
app.js\tapp-plain.js\ttext/javascript; charset=utf-8\tplain
theme.js\tapp-plain.js\ttext/javascript; charset=utf-8\tplain
icons.svg\ticons-plain.svg\timage/svg+xml\tplain
icon.svg\ticon-plain.svg\timage/svg+xml\tplain
";

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for path in WATCHED.iter().filter(|path| here.join(path).exists()) {
        println!("cargo::rerun-if-changed={path}");
    }
    for name in ["WEB_DIST", "ALLOW_PLAIN_UI"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    let (dist, is_plain) = match find_or_build(&here, &out) {
        Ok(dist) => (dist, false),
        Err(cause) => {
            say_it_is_plain(&cause);
            (plain(&here, &out), true)
        }
    };
    if let Err(cause) = write_table(&dist, &out, is_plain) {
        println!("cargo::error={cause}");
    }
}

fn find_or_build(here: &Path, out: &Path) -> Result<PathBuf, String> {
    if let Some(dist) = env::var_os("WEB_DIST").map(PathBuf::from) {
        return match dist.join(MANIFEST).is_file() {
            true => Ok(dist),
            false => Err(format!("WEB_DIST={} holds no {MANIFEST}", dist.display())),
        };
    }
    let web = here.join("web");
    if web.join("dist").join(MANIFEST).is_file() {
        return Ok(web.join("dist"));
    }
    if is_older(&web.join("node_modules/.package-lock.json"), &web.join("package-lock.json")) {
        let flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
        run(Command::new("npm").args(flags).current_dir(&web))?;
    }
    let dist = out.join("dist");
    run(Command::new("node").arg("build.mjs").arg(&dist).current_dir(&web))?;
    Ok(dist)
}

/// Is it absent, or from before the other?
fn is_older(path: &Path, other: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|found| found.modified()).ok();
    changed(path).unwrap_or(SystemTime::UNIX_EPOCH) < changed(other).unwrap_or(SystemTime::UNIX_EPOCH)
}

fn run(command: &mut Command) -> Result<(), String> {
    let said = format!("{command:?}").replace('"', "");
    let done = command.output().map_err(|error| format!("`{said}` did not start: {error}"))?;
    if done.status.success() {
        return Ok(());
    }
    let cause = String::from_utf8_lossy(&done.stderr);
    let last: Vec<&str> = cause.lines().filter(|line| !line.trim().is_empty()).take(6).collect();
    Err(format!("`{said}` failed: {}", last.join(" / ")))
}

fn say_it_is_plain(cause: &str) {
    let isnt_asked_for = env::var_os("ALLOW_PLAIN_UI").is_none_or(|value| value != "1");
    if isnt_asked_for && env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!(
            "cargo::error=the front end was not built: {cause}. Three ways out: install Node 20 or later with npm; \
             set WEB_DIST to a folder where it is built; set ALLOW_PLAIN_UI=1 for pages without style and script"
        );
    } else {
        println!("cargo::warning=pages come without style and script, as plain links and forms: {cause}");
    }
}

/// Almost nothing, under the same names: pages are links and forms.
fn plain(here: &Path, out: &Path) -> PathBuf {
    let dist = out.join("plain");
    let sheet = fs::read(here.join("web/src/plain.css")).unwrap_or_default();
    let icon = fs::read(here.join("web/src/icon.svg")).unwrap_or_default();
    let sprite = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
    let files: [(&str, &[u8]); 5] = [
        ("app-plain.css", &sheet),
        ("app-plain.js", b""),
        ("icons-plain.svg", sprite.as_bytes()),
        ("icon-plain.svg", &icon),
        (MANIFEST, PLAIN.as_bytes()),
    ];
    let _ = fs::create_dir_all(&dist);
    for (name, bytes) in files {
        // What is missing is told by who embeds it.
        let _ = fs::write(dist.join(name), bytes);
    }
    dist
}

/// Writes the files as a table of Rust, sorted by their paths.
fn write_table(dist: &Path, out: &Path, is_plain: bool) -> Result<(), String> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let manifest = read(&dist.join(MANIFEST))?;
    let mut table =
        format!("pub(crate) const IS_PLAIN: bool = {is_plain};\npub(crate) static FILES: &[File] = &[\n");
    for line in manifest.lines() {
        let [name, file, kind, packing] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{MANIFEST}: `{line}` has not four columns"));
        };
        let at = |ending: &str| format!("{:?}", dist.join(format!("{file}{ending}")));
        let packed = |ending: &str| match packing {
            "packed" => format!("Some(include_bytes!({}))", at(ending)),
            _ => "None".to_string(),
        };
        let _ = writeln!(
            table,
            "    File {{ name: {name:?}, url: \"/assets/{file}\", kind: {kind:?}, plain: include_bytes!({}), \
             br: {}, gz: {} }},",
            at(""),
            packed(".br"),
            packed(".gz"),
        );
    }
    table.push_str("];\n");
    let path = out.join("files.rs");
    fs::write(&path, table).map_err(|error| format!("{}: {error}", path.display()))
}
