//! What can be wrong with a redacted file, in the words of those who must not send it.

/// Something that could give away what was to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The page, counted from 1; none when it concerns the file.
    pub page: Option<u32>,
    /// What it is.
    pub what: What,
}

/// The kinds of leak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The file cannot be read whole.
    Unreadable,
    /// The file is encrypted.
    Encrypted,
    /// The file was saved more than once and holds its earlier states.
    EarlierState,
    /// Bytes that belong to no object.
    StrayBytes,
    /// An object that no page leads to.
    Unreferenced(u32),
    /// An entry that a file of pictures has no need of, by its name.
    Entry(String),
    /// An instruction in a page's content that does more than show a picture.
    Instruction(String),
    /// Not exactly one picture on the page.
    Pictures(usize),
    /// The picture is kept in a way that cannot be compared.
    PictureForm,
    /// The picture does not fill its page exactly.
    Placement,
    /// A box on a page that there is not.
    NoSuchPage,
    /// Something other than black and the label is under the box, counted from 0.
    Uncovered(usize),
}

impl Leak {
    /// A leak that concerns the whole file.
    pub(super) const fn file(what: What) -> Self {
        Self { page: None, what }
    }

    /// A leak on a page.
    pub(super) const fn on(page: u32, what: What) -> Self {
        Self { page: Some(page), what }
    }

    /// A sentence in Chinese.
    pub fn zh(&self) -> String {
        let place = self.page.map_or_else(|| "文件".to_owned(), |page| format!("第{page}页"));
        let what = match &self.what {
            What::Unreadable => "无法完整读取，不能证明遮盖有效".to_owned(),
            What::Encrypted => "已加密，不能证明遮盖有效".to_owned(),
            What::EarlierState => "含有以前保存的版本，被遮盖的内容可能从中恢复".to_owned(),
            What::StrayBytes => "含有不属于任何对象的数据".to_owned(),
            What::Unreferenced(number) => format!("含有没有任何页面使用的对象（编号{number}）"),
            What::Entry(name) => format!("含有{}", entry_zh(name)),
            What::Instruction(name) => match name.as_str() {
                "Tj" | "TJ" | "'" | "\"" | "BT" => format!("含有可以复制的文字（指令{name}）"),
                _ => format!("除图像以外还有其他内容（指令{name}）"),
            },
            What::Pictures(count) => format!("应当只有一幅图像，实际有{count}幅"),
            What::PictureForm => "图像的存储方式无法核对".to_owned(),
            What::Placement => "图像没有正好铺满页面".to_owned(),
            What::NoSuchPage => "不存在，却有要遮盖的区域".to_owned(),
            What::Uncovered(index) => format!("第{}个遮盖区域没有完全涂黑", index.saturating_add(1)),
        };
        format!("{place}{what}。")
    }

    /// A sentence in English.
    pub fn en(&self) -> String {
        let place = self.page.map_or_else(|| "The file".to_owned(), |page| format!("Page {page}"));
        let what = match &self.what {
            What::Unreadable => "cannot be read whole".to_owned(),
            What::Encrypted => "is encrypted".to_owned(),
            What::EarlierState => "holds an earlier saved state".to_owned(),
            What::StrayBytes => "holds bytes that belong to no object".to_owned(),
            What::Unreferenced(number) => format!("holds object {number}, which no page uses"),
            What::Entry(name) => format!("has an entry {name}"),
            What::Instruction(name) => format!("does more than show a picture: {name}"),
            What::Pictures(count) => format!("should show one picture and shows {count}"),
            What::PictureForm => "keeps its picture in a way that cannot be compared".to_owned(),
            What::Placement => "is not filled exactly by its picture".to_owned(),
            What::NoSuchPage => "does not exist, but a box is on it".to_owned(),
            What::Uncovered(index) => format!("is not black under box {}", index.saturating_add(1)),
        };
        format!("{place} {what}.")
    }
}

/// What an entry is for, where people have a word for it.
fn entry_zh(name: &str) -> String {
    let known = match name {
        "Annots" => "注释",
        "AcroForm" => "表单",
        "Names" | "EmbeddedFiles" | "AF" => "附件或名称表",
        "JavaScript" | "OpenAction" | "AA" => "自动执行的动作",
        "Metadata" => "XMP元数据",
        "Info" => "文档属性",
        "OCProperties" => "图层",
        "Font" => "字体",
        "Outlines" => "书签",
        "StructTreeRoot" => "结构标记",
        "PieceInfo" => "其他程序的私有数据",
        "Thumb" => "页面缩略图",
        _ => "不应有的条目",
    };
    format!("{known}（{name}）")
}
