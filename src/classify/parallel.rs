//! Threads for training and scoring: the ones of `psychometrics::parallel`, which alone starts any.

pub(super) use crate::psychometrics::parallel::map;
