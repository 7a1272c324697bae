//! The `source` of each file: short, relative, and unique in a run.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{InputFile, Root};

/// Name each file by its path below its root. Where several roots are given, the root's own name leads, with as many
/// of the folders above it as it takes to tell the roots apart.
pub(super) fn sources(mut files: Vec<InputFile>, roots: &[Root]) -> Vec<InputFile> {
    let labels = if roots.len() > 1 { labels(roots) } else { vec![String::new(); roots.len()] };
    let mut taken = FxHashSet::default();
    for (i, root) in roots.iter().enumerate() {
        let end = roots.get(i + 1).map_or(files.len(), |next| next.first);
        for file in &mut files[root.first..end] {
            let below = file.path.strip_prefix(&root.path).unwrap_or(&file.path);
            let mut parts = Vec::new();
            if !labels[i].is_empty() {
                parts.push(labels[i].clone());
            } else if below.as_os_str().is_empty() {
                parts.push(own_parts(&root.path).pop().unwrap_or_default());
            }
            parts.extend(below.iter().map(|part| part.to_string_lossy().into_owned()));
            file.source = unique(parts.join("/"), &mut taken);
        }
    }
    files
}

/// Names of files that are not UTF-8 may fall together once they are text.
fn unique(source: String, taken: &mut FxHashSet<String>) -> String {
    let mut candidate = source.clone();
    let mut n = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{source}~{n}");
        n += 1;
    }
    candidate
}

fn labels(roots: &[Root]) -> Vec<String> {
    let parts: Vec<Vec<String>> = roots.iter().map(|r| own_parts(&r.path)).collect();
    let tail = |i: usize, depth: usize| parts[i][parts[i].len().saturating_sub(depth)..].join("/");
    let deepest = parts.iter().map(Vec::len).max().unwrap_or(1);
    let mut depths = vec![1; parts.len()];
    // Each round gives the roots that share a label one more folder; roots of the same path stay the same.
    for _ in 1..deepest {
        let mut places: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (i, depth) in depths.iter().enumerate() {
            places.entry(tail(i, *depth)).or_default().push(i);
        }
        let mut clash = false;
        for same in places.values().filter(|same| same.iter().any(|&i| parts[i] != parts[same[0]])) {
            clash = true;
            same.iter().for_each(|&i| depths[i] += 1);
        }
        if !clash {
            break;
        }
    }
    (0..parts.len()).map(|i| tail(i, depths[i])).collect()
}

/// The named parts of the real path: `.` and `..` have no name of their own.
fn own_parts(path: &Path) -> Vec<String> {
    let real = path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| PathBuf::from(path));
    real.components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect()
}
