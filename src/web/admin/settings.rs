//! The settings in force, with their meaning: what may be read here is changed in the file and takes a restart.

use actix_web::web;
use askama::Template;

use super::kept;
use crate::config::Config;
use crate::config::settings::Setting;
use crate::office::files::FileRoom;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

/// The settings that this process runs with.
#[derive(Debug, Clone)]
pub(in crate::web) struct Shown(Vec<Setting>);

impl Shown {
    pub(in crate::web) fn of(config: &Config) -> Self {
        Self(config.settings.clone())
    }
}

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct SettingsPage<'a> {
    p: &'a Frame,
    settings: &'a [Setting],
    /// What the files of all cases take, in bytes, and what they may.
    room: FileRoom,
}

/// The settings.
pub(in crate::web) async fn show(by: SignedIn, shown: web::Data<Shown>) -> Paged {
    kept(&by).await?;
    let room = by.office.file_room().await?;
    page::shown(&by.frame, &SettingsPage { p: &by.frame, settings: &shown.0, room })
}

impl SettingsPage<'_> {
    /// The meaning in the reader's language, in pieces, those marked that are written literally; the defaults tell it in
    /// English.
    fn meaning<'a>(&self, setting: &'a Setting) -> Vec<(bool, &'a str)> {
        let text = self.p.t(chinese(&setting.key).unwrap_or(&setting.meaning), &setting.meaning);
        text.split('`').enumerate().map(|(place, piece)| (place % 2 == 1, piece)).collect()
    }
}

/// What a setting means and what it may be.
fn chinese(key: &str) -> Option<&'static str> {
    MEANINGS.iter().find(|(of, _)| *of == key).map(|(_, zh)| *zh)
}

#[rustfmt::skip]
const MEANINGS: &[(&str, &str)] = &[
    ("server.listen", "监听的地址和端口。"),
    ("server.workers", "工作线程数；0为每个处理器一个。"),
    ("server.requests", "同时处理的请求数，大于0；超过的立即答复“系统繁忙”。"),
    ("server.request_seconds", "发送一个请求最多用时（秒），大于0。"),
    ("server.body_bytes", "提交内容的最大字节数，大于0。"),
    ("server.trusted_proxies", "本系统前面有几层自己的代理。"),
    ("server.pages", "是否提供网页。"),
    ("server.https", "是否经由HTTPS访问；对外提供服务时应当打开。"),
    ("database.url", "数据库地址：`sqlite://` 或者 `postgres://`。"),
    ("database.sqlite_readers", "SQLite的读连接数，大于0。"),
    ("database.postgres_connections", "每个实例的PostgreSQL连接数，大于0。"),
    ("keys.directory", "密钥文件所在的文件夹。"),
    ("keys.cipher", "此后加密内容所用的算法：AES-256-GCM，或者国密SM4-GCM（sm4）；已加密的内容照常可读。"),
    ("calendar.directory", "自备日历所在的文件夹；空为不用。"),
    ("tokens.access_minutes", "访问令牌有效的分钟数，大于0。"),
    ("tokens.refresh_days", "多少天后必须重新登录，大于0。"),
    ("tokens.session_minutes", "网页登录无操作多少分钟后结束，大于0；填写的内容会保留。"),
    ("tokens.session_hours", "网页登录最长的小时数，大于0。"),
    ("limits.wrong_codes_per_hour", "每小时允许输错查询码的次数，大于0。"),
    ("limits.wrong_codes_from_an_address_per_hour", "每个地址每小时允许输错查询码的次数，大于0；正确的查询码不受影响。"),
    ("limits.wrong_passwords_per_hour", "每小时允许输错密码的次数，大于0。"),
    ("limits.applications_per_hour", "每个地址每小时可提交的申请数。"),
    ("drafts.days", "没有提交的申请保存的天数，大于0。"),
    ("search.index", "是否为内容建立二字检索；检索片段以明文存放。"),
    ("bands.near_days", "剩余几个工作日起提示“临近”。"),
    ("bands.urgent_days", "剩余几个工作日起提示“紧急”，不大于“临近”。"),
    ("files.url", "附件存放处：文件夹，或者 `s3://桶/前缀`（账号在环境变量中）；内容均已加密。"),
    ("files.max_bytes", "单个附件的最大字节数。"),
    ("files.max_files", "一个案件的附件数上限。"),
    ("files.max_applicant_files", "申请人可以添加的附件数上限。"),
    ("files.total_bytes", "全部案件的附件总字节数上限；0为不限。超过的不再接收；制发的文书计入，但不会被拒绝。"),
    ("files.upload_days", "没有传完的上传保存的天数。"),
    ("files.scanner", "病毒扫描程序（`clamd`）的地址：`tcp://主机:端口` 或者 `unix:/路径`；空为不用。连不上时，新附件等待扫描，不能打开。"),
    ("files.scanner_seconds", "扫描一个附件最多等待的秒数。"),
    ("files.verify_hours", "每隔多少小时重新校验附件内容。"),
    ("files.bundle_days", "证据包保存的天数，过后删除，可以重新生成。"),
    ("files.open_mebibytes", "外部提交的文件由单独的进程打开：该进程至多占用多少兆字节内存；至少 512。"),
    ("files.open_seconds", "打开外部提交的文件的进程多少秒无响应即终止；至少 5。"),
    ("seals.algorithm", "案卷日志及其封存所用的算法：`sha-256` 或者 `sm3`（GB/T 32905-2016），更改后从下一条记录起使用。"),
    ("seals.origin", "封存单上的机构名称；空为最上级机关的名称。"),
    ("seals.interval_minutes", "每隔多少分钟封存一次。"),
    ("seals.mail_to", "封存单寄往的邮箱，供在本系统之外保管，用逗号分隔；空为不寄。"),
    ("seals.mail_each", "是否每次封存都寄封存单；否则每天寄当天第一次的。"),
    ("letters.font_folders", "查找文书字体的目录（含下级目录），用逗号分隔。"),
    ("letters.body", "正文字体（GB/T 9704-2012为仿宋），按顺序取第一个有的；Debian的软件包 `fonts-noto-cjk` 提供最后一个。"),
    ("letters.title", "版头和标题字体（小标宋），按顺序取第一个有的。"),
    ("letters.heading", "小标题字体（黑体），按顺序取第一个有的。"),
    ("letters.figures", "页码字体（宋体），按顺序取第一个有的。"),
    ("mail.transport", "通知怎样发出：`off`（不发）、`folder`（写成文件）、`smtp`（交邮件服务器）。"),
    ("mail.folder", "邮件文件所在的文件夹。"),
    ("mail.from", "发件人。"),
    ("mail.host", "邮件服务器。"),
    ("mail.port", "邮件服务器端口。"),
    ("mail.security", "连接方式：`starttls`、`tls`、`none`。"),
    ("mail.user", "邮件账号；空为不用。"),
    ("mail.password", "邮件密码；从不显示。"),
    ("mail.ca_file", "自己的证书机构（PEM）；空为不用。"),
    ("mail.pool", "保留的连接数。"),
    ("mail.timeout_seconds", "等待邮件服务器的秒数。"),
    ("mail.give_up_hours", "多少小时发不出去后放弃并生成待办。"),
    ("mail.public_url", "邮件中链接的网址；空为不带链接。"),
    ("scheduler.enabled", "本进程是否执行定时任务。"),
    ("scheduler.seconds", "两轮之间的秒数，大于0。"),
    ("scheduler.claim_seconds", "认领后多少秒没有完成可由其他实例接手。"),
    ("scheduler.late_minutes", "多少分钟没有运行视为延误。"),
    ("scheduler.batch", "一轮发送的邮件数。"),
    ("supervision.scorecard", "自定的考评规则文件；不填为随系统提供的规则。"),
    ("log.filter", "日志级别。"),
    ("log.json", "日志是否为JSON。"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_its_meaning_in_chinese() {
        let config = Config::load(None, []).expect("settings");
        let keys: Vec<&str> = config.settings.iter().map(|one| one.key.as_str()).collect();
        let told: Vec<&str> = MEANINGS.iter().map(|(key, _)| *key).collect();
        assert_eq!(told, keys);
    }
}
