//! A result that is read as a page: in which form, and where it goes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Failure;
use super::output::{print, print_for_people};
use super::train::write_whole;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    /// One file for a browser, for paper and for keeping
    Html,
    /// Markdown; on a terminal, tables are laid out in its width
    Md,
    /// Everything, for programs
    Json,
}

/// Arguments of commands that make a page.
#[derive(Debug, Args)]
pub(super) struct PageArgs {
    /// Form of the page
    #[arg(long, value_enum, default_value_t = PageFormat::Md)]
    pub format: PageFormat,

    /// File to write; without it, the page goes to standard output
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Write over an existing file
    #[arg(long)]
    pub force: bool,
}

impl PageArgs {
    /// Writes the page to the file that was named and gives its place, else prints it.
    pub fn deliver(&self, text: &str) -> Result<Option<String>, Failure> {
        match self.out.as_deref() {
            Some(path) => {
                write_whole(path, text.as_bytes(), self.force)?;
                Ok(Some(path.display().to_string()))
            }
            None if self.format == PageFormat::Md => print_for_people(text).map(|()| None),
            None => print(text).map(|()| None),
        }
    }
}
