//! Work shared between threads. The one place in the core that starts any: nothing waits, nothing is timed, and results come
//! back in the order of the tasks, so that a sum over them has the same bits on one core and on sixty-four.

use std::sync::{Mutex, PoisonError};
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

#[cfg(test)]
mod tests {
    use super::*;

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
