//! Where a passage stands, in the words of the people who look for it.

use serde::{Deserialize, Serialize};

/// Where in a file a passage stands. Everything is counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// On a page of a PDF.
    Page(u32),
    /// In a paragraph of a document's body.
    Paragraph(u32),
    /// In a cell of a workbook.
    Cell {
        /// The sheet's name.
        sheet: String,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// In a line of a plain text.
    Line(u32),
    /// Where nobody sees it at first sight.
    Hidden(Hidden),
}

/// The places that are not seen at first sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Hidden {
    /// A comment or note, with its author.
    Comment,
    /// A page header.
    Header,
    /// A page footer.
    Footer,
    /// A footnote.
    Footnote,
    /// An endnote.
    Endnote,
    /// Text deleted under tracking.
    Deletion,
    /// The file's properties.
    Property,
    /// A field's code or a formula.
    Code,
    /// What an element is called, described or decorated with.
    Attribute,
    /// Where a link leads.
    Link,
    /// A drawing or chart of a workbook.
    Drawing,
    /// A defined name of a workbook, or what it stands for.
    DefinedName,
    /// A text that no cell shows any more.
    Leftover,
    /// The name of a part within the file.
    PartName,
    /// Any other part of the file.
    OtherPart,
    /// An annotation of a PDF.
    Annotation,
    /// A form field's name or value.
    Field,
    /// The XMP metadata.
    Xmp,
    /// The name of an embedded file.
    Attachment,
    /// A bookmark of the outline.
    Outline,
    /// A layer that is not shown.
    Layer,
    /// A state of the file before it was last saved.
    Revision,
}

impl Hidden {
    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Comment => "批注",
            Self::Header => "页眉",
            Self::Footer => "页脚",
            Self::Footnote => "脚注",
            Self::Endnote => "尾注",
            Self::Deletion => "修订中删除的文字",
            Self::Property => "文档属性",
            Self::Code => "域代码或公式",
            Self::Attribute => "对象的名称或说明",
            Self::Link => "链接地址",
            Self::Drawing => "图形或图表",
            Self::DefinedName => "定义的名称",
            Self::Leftover => "已不显示的残留文字",
            Self::PartName => "内部文件名",
            Self::OtherPart => "文件的其他部分",
            Self::Annotation => "注释",
            Self::Field => "表单域",
            Self::Xmp => "XMP元数据",
            Self::Attachment => "附件名称",
            Self::Outline => "书签",
            Self::Layer => "未显示的图层",
            Self::Revision => "以前保存的版本",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Header => "header",
            Self::Footer => "footer",
            Self::Footnote => "footnote",
            Self::Endnote => "endnote",
            Self::Deletion => "tracked deletion",
            Self::Property => "document properties",
            Self::Code => "field code or formula",
            Self::Attribute => "an object's name or description",
            Self::Link => "link target",
            Self::Drawing => "drawing or chart",
            Self::DefinedName => "defined name",
            Self::Leftover => "left-over text",
            Self::PartName => "name of an inner file",
            Self::OtherPart => "another part of the file",
            Self::Annotation => "annotation",
            Self::Field => "form field",
            Self::Xmp => "XMP metadata",
            Self::Attachment => "name of an attachment",
            Self::Outline => "bookmark",
            Self::Layer => "layer that is not shown",
            Self::Revision => "earlier saved version",
        }
    }
}

impl Place {
    /// In Chinese, as it is put before the finding.
    pub fn zh(&self) -> String {
        match self {
            Self::Page(number) => format!("第{number}页"),
            Self::Paragraph(number) => format!("第{number}段"),
            Self::Cell { sheet, row, column } => format!("工作表“{sheet}”{}{row}", column_letters(*column)),
            Self::Line(number) => format!("第{number}行"),
            Self::Hidden(hidden) => hidden.zh().to_owned(),
        }
    }

    /// In English.
    pub fn en(&self) -> String {
        match self {
            Self::Page(number) => format!("page {number}"),
            Self::Paragraph(number) => format!("paragraph {number}"),
            Self::Cell { sheet, row, column } => format!("sheet “{sheet}” {}{row}", column_letters(*column)),
            Self::Line(number) => format!("line {number}"),
            Self::Hidden(hidden) => hidden.en().to_owned(),
        }
    }
}

/// A for 1, Z for 26, AA for 27.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.extend(char::from_digit(rest % 26 + 10, 36));
        rest /= 26;
    }
    letters.iter().rev().map(char::to_ascii_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_named_as_a_spreadsheet_names_it() {
        for (column, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
        let cell = Place::Cell { sheet: "名单".to_owned(), row: 7, column: 2 };
        assert_eq!(cell.zh(), "工作表“名单”B7");
        assert_eq!(cell.en(), "sheet “名单” B7");
        assert_eq!(Place::Page(3).zh(), "第3页");
        assert_eq!(Place::Hidden(Hidden::Comment).zh(), "批注");
    }
}
