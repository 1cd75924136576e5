//! `relata instruments print`: a questionnaire as sheets of paper, and what paper cannot hold.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::super::{Failure, StudyArg, files, input, interview, plural, remark};
use crate::interview::Notice;
use crate::paper::{OmissionReason, Sheet, SheetNumber};
use crate::report::html;
use crate::study::paper::print_notice;

const EXAMPLES: &str = "Examples:
  relata instruments print account-self-assessment --language nl --sheets 20 --set organisation=Acme
  relata instruments print my.toml --out my-sheets.html
  chromium --headless --no-pdf-header-footer --print-to-pdf=sheets.pdf sheets.html

Open the file in a browser and print it on A4, or let a browser make a PDF of it as above. Each sheet has a
number of its own, by which it is entered twice: see `relata enter --help` and docs/paper.md.";

/// Arguments of `instruments print`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in super::super) struct PrintArgs {
    /// Its name, or a file
    name: String,

    /// The language of the sheets; default: that of your system, if the questionnaire speaks it
    #[arg(long, visible_alias = "lang", value_name = "TAG")]
    language: Option<String>,

    /// The file to write; default: NAME-LANGUAGE.html in this folder
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// How many sheets, each with a number of its own
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    sheets: u32,

    /// What stands on every sheet already, such as organisation="Acme Ltd"
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = interview::field)]
    fields: Vec<(String, String)>,

    /// The code that stands on the sheets, such as that of a relation whose client answers on paper
    #[arg(long, value_name = "CODE", value_parser = interview::new_code)]
    respondent: Option<String>,

    /// Go on with the sheets of an earlier printing, by the four characters that their numbers share
    #[arg(long, value_name = "CODE", requires = "first")]
    batch: Option<String>,

    /// The place of the first sheet in its printing
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=99_999))]
    first: u32,
}

pub(super) fn run(study: &StudyArg, args: &PrintArgs) -> Result<(), Failure> {
    let instrument = input::instrument(&args.name)?;
    interview::check_fields(&args.fields, &instrument)?;
    crate::study::check_language(&instrument, args.language.as_deref())?;
    let wanted = args.language.clone().or_else(input::language);
    let language = instrument.language(wanted.as_deref());
    let batch = match &args.batch {
        Some(batch) => batch.to_uppercase(),
        None => SheetNumber::batch(&input::random::<4>()?),
    };
    if !SheetNumber::is_batch(&batch) {
        return Err(Failure::refused(format!("`{batch}` is not what sheets of one printing share"))
            .help("it is the four characters between the hyphens of their numbers, such as 7KQ4"));
    }
    let given: BTreeMap<String, String> = args.fields.iter().cloned().collect();
    // The sheets print what the study tells before consent; without --study they belong to none. A study that does not exist yet is begun,
    // as by every other command that collects answers.
    let notice = match study.study.as_deref() {
        Some(place) => {
            let is_new = !place.exists();
            let notice = print_notice(&mut study.open()?, &batch, input::now())?;
            if is_new {
                remark(&format!(
                    "{} is a new study, which tells nobody anything before consent yet: nothing of it stands on these sheets\n  help: \
                     `relata study about --help` shows how it does; print them again then",
                    place.display()
                ));
            }
            notice
        }
        None => Notice::default(),
    };
    let sheet = Sheet::of(&instrument, &language, &given)
        .of_respondent(args.respondent.as_deref())
        .told(&instrument, notice);
    if sheet.parts.is_empty() {
        return Err(Failure::refused(format!("nothing of {} can stand on paper", instrument.name)));
    }
    let places = args.first..args.first.saturating_add(args.sheets);
    let numbers: Vec<SheetNumber> =
        places.map(|place| SheetNumber::new(&instrument, &language, &batch, place)).collect();
    let page = html::sheets(&sheet, &instrument, &numbers);
    let place = args.out.clone().unwrap_or_else(|| format!("{}-{language}.html", instrument.name).into());
    files::write_new(&place, page.as_bytes(), files::OTHER_OUT)?;
    said(&sheet);
    let ends = [numbers.first(), numbers.last()]
        .map(|number| number.map(SheetNumber::to_string).unwrap_or_default());
    remark(&format!(
        "{} of {} written to {}: {}; each takes several pages of A4, and the preview of the browser says how many in all",
        plural(numbers.len(), "sheet"),
        instrument.name,
        place.display(),
        if numbers.len() == 1 { ends[0].clone() } else { ends.join(" … ") }
    ));
    Ok(())
}

/// Remarks on what the sheets leave out, and on handing them out.
fn said(sheet: &Sheet) {
    for left in &sheet.left_out {
        remark(&match left.why {
            OmissionReason::Timed => format!("`{}` is not on paper: it has to be timed", left.item),
            OmissionReason::LeadsUp => {
                format!("`{}` is not on paper: it only leads up to what has to be timed", left.item)
            }
            OmissionReason::Nobody => format!("`{}` is not on paper: its rule holds for nobody", left.item),
        });
    }
    for unsaid in &sheet.unsaid {
        remark(&format!(
            "`{}`: no words say `{}`, because {}; everybody is asked, and whoever should not have been has no answer there \
             once the sheet is entered",
            unsaid.of, unsaid.rule, unsaid.why
        ));
    }
    let open: Vec<&str> = sheet
        .head
        .iter()
        .filter(|line| line.required && line.printed.is_none())
        .map(|line| line.holds.as_str())
        .collect();
    if let [first, ..] = open.as_slice() {
        remark(&format!(
            "texts say where `{}` is written on the sheet; --set {first}=… prints it into them",
            open.join("`, `")
        ));
    }
}
