//! What the screens need from outside, wired to the study.

use std::process::ExitCode;
use std::sync::Arc;

use super::Failure;
use super::interview::Form;
use crate::instrument::Instrument;
use crate::store::{SessionHeader, Study};

pub(super) fn begin(_: Study, _: Arc<Instrument>, _: Form) -> Result<ExitCode, Failure> {
    Err(Failure::refused("screens are not wired yet"))
}

pub(super) fn resume(_: Study, _: SessionHeader) -> Result<ExitCode, Failure> {
    Err(Failure::refused("screens are not wired yet"))
}

pub(super) fn home(_: Study) -> Result<ExitCode, Failure> {
    Err(Failure::refused("screens are not wired yet"))
}
