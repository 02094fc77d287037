//! Agencies, accounts, calendars and what else administrators lay down.

use super::Line;

/// Component, field, label and hint.
#[rustfmt::skip]
pub(super) const LINES: &[Line] = &[
    ("AgencyChange", "name", "机关名称", "Name", "", ""),
    ("AgencyChange", "kind", "机关类别", "Kind", "决定复议机关。", "Decides before whom reconsideration lies."),
    ("AgencyChange", "office_name", "公开工作机构", "Disclosure office", "", ""),
    ("AgencyChange", "office_address", "地址", "Address", "", ""),
    ("AgencyChange", "office_postcode", "邮政编码", "Postcode", "", ""),
    ("AgencyChange", "office_phone", "电话", "Telephone", "", ""),
    ("AgencyChange", "office_fax", "传真", "Fax", "", ""),
    ("AgencyChange", "office_email", "电子邮箱", "E-mail", "", ""),
    ("AgencyChange", "office_hours", "办公时间", "Hours", "", ""),
    ("AgencyChange", "online_url", "其他网上申请入口", "Where else it takes applications on line", "", ""),
    ("AgencyChange", "reconsideration_body", "复议机关", "Reconsideration body", "", ""),
    ("AgencyChange", "reconsideration_online", "网上复议入口", "Reconsideration on line", "", ""),
    ("AgencyChange", "court", "管辖法院", "Court", "", ""),
    ("AgencyChange", "number_mark", "编号代字", "Mark in numbers", "", ""),
    ("AgencyChange", "org_code", "机构代码", "Organisation code", "", ""),
    ("AgencyChange", "number_pattern", "编号格式", "Pattern of numbers", "", ""),
    ("AgencyChange", "confirmation_days", "确认收到的期限（工作日）", "Working days to confirm receipt", "", ""),
    ("AgencyChange", "correction_window_days", "补正期限（工作日）", "Working days for a correction", "", ""),
    ("AgencyChange", "other_agency_days", "其他机关答复意见的期限（工作日）", "Working days for another agency's opinion", "", ""),
    ("AgencyChange", "explanation_window_days", "说明理由的期限（工作日）", "Working days to explain", "", ""),
    ("AgencyChange", "override_waiting_days", "告知第三方后等待的工作日", "Working days to wait after telling a third party", "", ""),
    ("AgencyChange", "automatic_confirmation", "网上申请自动确认收到", "Receipt on line confirmed automatically", "", ""),
    ("AgencyChange", "secrecy_stops_clock", "保密审查是否停止计期", "Does a secrecy review stop the clock?", "法律没有规定；默认否。", "The law does not say; no by default."),
    ("AgencyChange", "automatic_lapse", "逾期自动认定放弃", "Lapse found automatically", "", ""),
    ("NewStaff", "login", "用户名", "Account", "", ""),
    ("NewStaff", "name", "姓名", "Name", "", ""),
    ("NewStaff", "password", "初始密码", "First password", "十个字符以上；首次登录时须修改。", "Ten characters or more; to be changed at the first sign-in."),
    ("NewStaff", "agency", "机关", "Agency", "", ""),
    ("NewStaff", "roles", "岗位", "Roles", "", ""),
    ("NewStaff", "email", "电子邮箱", "E-mail", "", ""),
    ("Settlement", "settled", "处理方式", "How", "", ""),
];
