//! Work shared between threads. The one place in the core that starts any: nothing waits, nothing is timed, and results come
//! back in the order of the tasks, so that a sum over them has the same bits on one core and on sixty-four.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

/// More threads than this would wait for memory, not for arithmetic.
const MOST: usize = 8;

/// What `work` makes of each task, in the order of the tasks. Whoever is free takes the next one, so that a task that takes longer
/// keeps nobody waiting.
pub(crate) fn map<T: Send, R: Send>(tasks: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST).min(tasks.len());
    if threads < 2 {
        return tasks.into_iter().map(work).collect();
    }
    let mut done: Vec<Option<R>> = tasks.iter().map(|_| None).collect();
    let waiting = Mutex::new(tasks.into_iter().enumerate());
    // A list of tasks is whole at any moment, whatever became of one of them.
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let take = || {
        let mut own = Vec::new();
        while let Some((place, task)) = next() {
            own.push((place, work(task)));
        }
        own
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut all = take();
        for helper in helpers {
            all.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        for (place, result) in all {
            done[place] = Some(result);
        }
    });
    done.into_iter().flatten().collect()
}

/// Begins `work` on a thread of its own and waits for nothing. Where no thread can be had, it is not done: whoever needs the
/// result does it then.
pub(crate) fn behind(work: impl FnOnce() + Send + 'static) {
    let _ = thread::Builder::new().spawn(work);
}

/// Results of a pure function that are kept in mind for as long as the process runs: who asks second for the same thing waits for
/// the first, so remembering changes nothing but the time that it takes.
#[derive(Debug)]
pub(crate) struct Remembered<K, V> {
    known: Mutex<Vec<(K, Arc<OnceLock<V>>)>>,
    most: usize,
}

impl<K, V: Clone> Remembered<K, V> {
    /// Keeps the latest `most` results.
    pub(crate) const fn new(most: usize) -> Self {
        Self { known: Mutex::new(Vec::new()), most }
    }

    /// The result that `is` recognises, if it is there.
    pub(crate) fn peek(&self, is: impl Fn(&K) -> bool) -> Option<V> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|(key, _)| is(key))?.1.get().cloned()
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// All results that are there, with their keys.
    pub(crate) fn all(&self) -> Vec<(K, V)>
    where
        K: Clone,
    {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().filter_map(|(key, shared)| Some((key.clone(), shared.get()?.clone()))).collect()
    }

    /// The result for `key`, which `is` recognises; `make` works it out if it is not known.
    pub(crate) fn get(
        &self,
        is: impl Fn(&K) -> bool,
        key: impl FnOnce() -> K,
        make: impl FnOnce() -> V,
    ) -> V {
        let shared = {
            // Nothing panics while the list is held, and a list is whole at any moment.
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            match known.iter().find(|(key, _)| is(key)) {
                Some((_, shared)) => shared.clone(),
                None => {
                    if known.len() >= self.most {
                        known.remove(0);
                    }
                    let shared = Arc::<OnceLock<V>>::default();
                    known.push((key(), shared.clone()));
                    shared
                }
            }
        };
        shared.get_or_init(make).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_is_known_is_not_worked_out_again_until_it_is_forgotten() {
        let remembered = Remembered::new(2);
        let worked = Cell::new(0);
        let get = |n: u32| {
            remembered.get(
                |key| *key == n,
                || n,
                || {
                    worked.set(worked.get() + 1);
                    n * n
                },
            )
        };
        assert_eq!([get(2), get(3), get(2), get(3)], [4, 9, 4, 9]);
        assert_eq!(worked.get(), 2);
        assert_eq!([get(4), get(2)], [16, 4]);
        assert_eq!(worked.get(), 4);
    }

    #[test]
    fn results_keep_the_order_of_the_tasks() {
        for n in [0, 1, 2, 3, 17, 1_000] {
            assert_eq!(
                map((0..n).collect(), |task| task * 2),
                (0..n).map(|task| task * 2).collect::<Vec<usize>>()
            );
        }
    }
}
