//! Lists the profiles and vectors of the two folders, so that a new device needs no Rust.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let mut source = String::new();
    for (folder, end, name) in [("profiles", "toml", "PROFILES"), ("vectors", "txt", "VECTORS")] {
        let path = Path::new(&root).join(folder);
        println!("cargo:rerun-if-changed={}", path.display());
        let mut files: Vec<_> = fs::read_dir(&path)?.collect::<Result<_, _>>()?;
        files.sort_by_key(fs::DirEntry::path);
        writeln!(source, "pub const {name}: &[(&str, &str)] = &[")?;
        for file in files.iter().map(fs::DirEntry::path) {
            if file.extension().is_some_and(|found| found == end) {
                let stem = file.file_stem().unwrap_or_default().to_string_lossy();
                writeln!(source, "    ({stem:?}, include_str!({:?})),", file.display())?;
            }
        }
        writeln!(source, "];")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("shelf.rs"), source)?;
    Ok(())
}
