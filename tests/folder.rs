//! Where tests keep their files: in memory where there is room, because every answer is waited for until it is on the disk,
//! and a busy disk made that most of what the suite takes. What a killed program leaves behind is the same there.

use std::path::Path;

use tempfile::TempDir;

/// Less room than this could run out; containers often have 64 MB.
const ROOM_KB: u64 = 1 << 20;

/// A folder that goes away with its value. `TMPDIR` names another place.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if std::env::var_os("TMPDIR").is_none() && has_room(memory) {
        return TempDir::new_in(memory).unwrap();
    }
    TempDir::new().unwrap()
}

/// Whether this is a file system in memory that is large enough: half of the memory, or the size that it was given.
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
