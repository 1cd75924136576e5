//! Where tests keep their files: in memory where there is room, because every answer waits for the disk, and on a busy disk
//! that took most of the suite's time. A killed program leaves the same files there.

use std::path::Path;

use tempfile::TempDir;

/// Kilobytes; less room could run out, and containers often have 64 MB.
const ROOM_KB: u64 = 1 << 20;

/// A folder that goes away with its value. `TMPDIR` names another place.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if std::env::var_os("TMPDIR").is_none() && has_room(memory) {
        return TempDir::new_in(memory).unwrap();
    }
    TempDir::new().unwrap()
}

/// Whether this is an in-memory file system that is large enough: half of the memory, or its configured size.
fn has_room(place: &Path) -> bool {
    let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
    mounts.lines().any(|line| {
        let mut words = line.split(' ').skip(1);
        let here = words.next().is_some_and(|at| Path::new(at) == place) && words.next() == Some("tmpfs");
        let size =
            words.next().and_then(|options| options.split(',').find_map(|one| one.strip_prefix("size=")));
        let kilobytes = size.map(|size| size.trim_end_matches('k').parse().unwrap_or(0));
        here && kilobytes.is_none_or(|kilobytes: u64| kilobytes >= ROOM_KB)
    })
}
