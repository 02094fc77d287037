//! What may come in: names, sizes and how many; and what the sender is told where something is not as it should be.

use std::fmt::Display;

use super::receiving::{Measured, NewUpload};
use super::{FileRoom, size_told};
use crate::files::kind;
use crate::ids::CaseId;
use crate::office::desk::Who;
use crate::office::failure::{Failure, Problem};
use crate::office::{Shared, projection};
use crate::storage::{Conn, files};
use crate::vault::file_key::PART_BYTES;

/// The longest name, in characters.
const LONGEST_NAME: usize = 200;

/// The name alone: some browsers send the whole path.
pub(in crate::office) fn plain_name(sent: &str) -> &str {
    sent.rsplit(['/', '\\']).next().unwrap_or_default().trim()
}

/// What is wrong with a name.
pub(in crate::office) fn name_problem(name: &str) -> Option<Problem> {
    let is_name = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    let taken = kind::extensions();
    (!is_name || !taken.contains(&extension.as_str())).then(|| {
        Problem::at(
            "/name",
            format!("文件名须有 1 至 {LONGEST_NAME} 个字，并以下列扩展名之一结尾：{}。", taken.join("、")),
            format!("The name has 1 to {LONGEST_NAME} characters and ends in one of: {}.", taken.join(", ")),
        )
    })
}

/// Whether the name can be taken, the size is allowed, and there is room for another file; gives the name.
pub(super) fn fits(
    conn: &mut Conn,
    shared: &Shared,
    who: &Who,
    case: CaseId,
    input: &NewUpload,
) -> Result<String, Failure> {
    let name = plain_name(&input.name).to_owned();
    let mut problems: Vec<Problem> = name_problem(&name).into_iter().collect();
    let most = shared.files.max_bytes;
    if input.size == 0 || input.size > most {
        problems.push(Problem::at(
            "/size",
            format!("文件不能为空，且不超过 {} MB。", most >> 20),
            format!("A file is not empty and has at most {} MB.", most >> 20),
        ));
    }
    // Where there is no limit nothing has to be added up.
    let room = if shared.files.total_bytes > 0 { Some(FileRoom::of(conn, shared)?) } else { None };
    if let Some(room) = room.filter(|room| !room.takes(input.size)) {
        let (used, allowed) = (size_told(room.used), size_told(room.most));
        problems.push(Problem::at(
            "/size",
            format!("本系统的附件总容量已用 {used}，上限 {allowed}，放不下这个文件；请联系系统管理员，或者改用邮寄、当面提交。"),
            format!("The files of this service take {used} of {allowed}, and this one does not go in any more; tell its administrator, or send it by post or in person."),
        ));
    }
    // What is in the case and what is on its way; letters as they were set are neither.
    let by_applicant = matches!(who, Who::Applicant);
    let (known, _) = projection::load(conn, case)?;
    let attached = known.files.iter().filter(|one| !by_applicant || one.by_applicant).count();
    let underway = usize::try_from(files::count_underway(conn, case, by_applicant)?).unwrap_or(usize::MAX);
    let limit = if by_applicant { shared.files.max_applicant_files } else { shared.files.max_files };
    if attached.saturating_add(underway) >= limit {
        problems.push(Problem::at(
            "",
            format!("本件附件已达上限（{limit} 个）。"),
            format!("There are {limit} files in this case, which is all it may have."),
        ));
    }
    if problems.is_empty() { Ok(name) } else { Err(Failure::Invalid(problems)) }
}

pub(super) fn elsewhere(received: u64) -> Failure {
    Failure::Contrary {
        zh: format!("该文件已收到 {received} 字节，请从该处续传；已收完的不再接收。"),
        en: format!("{received} bytes of this file are here: go on from there. A file that is whole takes no more."),
    }
}

pub(super) fn broke_off(error: &dyn Display, measured: Measured) -> Failure {
    match measured {
        Measured::Before => Failure::invalid(
            "",
            "上传中断，已收到的部分已保存，可以续传。",
            format!("The line broke ({error}); what has come in is kept, and you can go on from there."),
        ),
        Measured::AtItsEnd => Failure::invalid(
            "",
            "上传中断，文件没有收完，请重新添加。",
            format!("The line broke ({error}) before the file was here; add it again."),
        ),
    }
}

pub(super) fn more_than_announced(size: u64, measured: Measured) -> Failure {
    match measured {
        Measured::Before => Failure::invalid(
            "/size",
            format!("收到的内容多于登记的大小（{size} 字节）。"),
            format!("More comes in than was announced ({size} bytes)."),
        ),
        Measured::AtItsEnd => Failure::invalid(
            "/file",
            format!("文件超过 {} MB。", size >> 20),
            format!("The file has more than {} MB.", size >> 20),
        ),
    }
}

pub(super) fn too_short() -> Failure {
    let part = PART_BYTES >> 20;
    Failure::invalid(
        "",
        format!("每次续传的内容须为 {part} MB 的整数倍，最后一次除外；这一段没有保存。"),
        format!("A piece is a multiple of {part} MB, but for the last one; nothing of this one was kept."),
    )
}
