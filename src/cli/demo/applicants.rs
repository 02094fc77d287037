//! Who applies. Everybody is invented: identity numbers and credit codes have a true form and check digit but the
//! region 990101, which does not exist; telephones are 1380000xxxx, mail boxes lie at example.com.

use crate::law::receipt::ApplicantKind;
use crate::office::intake::ApplicantInput;

/// An applicant.
#[derive(Debug, Clone, Copy)]
pub struct Applicant {
    kind: ApplicantKind,
    name: &'static str,
    identity: &'static str,
    contact: Option<&'static str>,
    phone: &'static str,
    email: Option<&'static str>,
    address: &'static str,
}

impl Applicant {
    /// As the form has it.
    pub fn input(&self) -> ApplicantInput {
        ApplicantInput {
            kind: self.kind,
            name: self.name.to_owned(),
            identity_document: None,
            identity_number: self.identity.to_owned(),
            contact_name: self.contact.map(str::to_owned),
            phone: Some(self.phone.to_owned()),
            email: self.email.map(str::to_owned),
            address: Some(self.address.to_owned()),
            postcode: None,
        }
    }

    /// Whether it has a mail box.
    pub const fn has_email(&self) -> bool {
        self.email.is_some()
    }
}

const fn person(
    name: &'static str,
    identity: &'static str,
    phone: &'static str,
    email: Option<&'static str>,
    address: &'static str,
) -> Applicant {
    Applicant { kind: ApplicantKind::NaturalPerson, name, identity, contact: None, phone, email, address }
}

#[rustfmt::skip]
mod people {
    use super::{Applicant, person};

    pub const WANG_GUILAN: Applicant = person("王桂兰", "990101195203169011", "13800000101", None, "云河市临江区青年路35号院4号楼2单元301");
    pub const LI_JIANGUO: Applicant = person("李建国", "990101196807219037", "13800000102", Some("lijianguo@example.com"), "云河市临江区柳荫巷12号");
    pub const ZHANG_MIN: Applicant = person("张敏", "990101197504029054", "13800000103", Some("zhangmin@example.com"), "云河市高新区学府路88号");
    pub const LIU_YANG: Applicant = person("刘洋", "990101198109309077", "13800000104", Some("liuyang@example.com"), "云河市临江区滨河大道201号");
    pub const CHEN_XIAOYAN: Applicant = person("陈晓燕", "990101198401159096", "13800000105", Some("chenxiaoyan@example.com"), "云河市高新区桂花园小区6号楼");
    pub const ZHAO_LEI: Applicant = person("赵磊", "99010119871208911X", "13800000106", Some("zhaolei@example.com"), "云河市临江区工农路9号");
    pub const HUANG_JING: Applicant = person("黄静", "990101199005279138", "13800000107", Some("huangjing@example.com"), "云河市清溪县城关镇文昌街16号");
    pub const MA_CHAO: Applicant = person("马超群", "990101199211119151", "13800000108", Some("machaoqun@example.com"), "云河市临江区和平里3号院");
    pub const ZHOU_TING: Applicant = person("周婷", "990101199508069175", "13800000109", Some("zhouting@example.com"), "云河市高新区创新路5号");
    pub const XU_RUI: Applicant = person("徐睿", "99010119980219919X", "13800000110", Some("xurui@example.com"), "云河市临江区望江路77号");
    pub const SUN_DEFU: Applicant = person("孙德福", "990101196307049211", "13800000111", None, "云河市清溪县石桥镇上湾村三组");
    pub const HU_AIHUA: Applicant = person("胡爱华", "990101197103289234", "13800000112", None, "云河市清溪县柳塘镇前进村一组");
    pub const GUO_WEI: Applicant = person("郭伟", "990101197909129256", "13800000113", Some("guowei@example.com"), "云河市临江区机械厂宿舍8栋");
    pub const LIN_YI: Applicant = person("林怡", "990101198606239276", "13800000114", Some("linyi@example.com"), "云河市临江区东门街41号");
    pub const HE_MING: Applicant = person("何铭", "990101199301309290", "13800000115", Some("heming@example.com"), "云河市高新区软件园二期");
    pub const GAO_YUAN: Applicant = person("高园", "990101200004189312", "13800000116", Some("gaoyuan@example.com"), "云河市高新区云河学院南校区");
    pub const LUO_SHULAN: Applicant = person("罗淑兰", "990101195809259337", "13800000117", None, "云河市临江区老西门社区19号");
    pub const TANG_BO: Applicant = person("唐博", "990101197710149356", "13800000118", Some("tangbo@example.com"), "云河市清溪县工业园路2号");
}
pub use people::*;

/// A commercial enterprise.
pub const HENGTAI: Applicant = Applicant {
    kind: ApplicantKind::CommercialEnterprise,
    name: "云河恒泰建材有限公司",
    identity: "91990101MADEM00016",
    contact: Some("钱进"),
    phone: "13800000201",
    email: Some("hengtai@example.com"),
    address: "云河市清溪县工业园路18号",
};

/// Another.
pub const LANTIAN: Applicant = Applicant {
    kind: ApplicantKind::CommercialEnterprise,
    name: "蓝田物业服务（云河）有限公司",
    identity: "91990101MADEM00029",
    contact: Some("彭飞"),
    phone: "13800000202",
    email: Some("lantian@example.com"),
    address: "云河市临江区商务中心A座1203室",
};

/// A research institution.
pub const INSTITUTE: Applicant = Applicant {
    kind: ApplicantKind::ResearchInstitution,
    name: "云河学院城乡治理研究中心",
    identity: "12990101MADEM0003H",
    contact: Some("梁思远"),
    phone: "13800000203",
    email: Some("research@example.com"),
    address: "云河市高新区学府路1号",
};

/// A public welfare organisation.
pub const GREEN_WATER: Applicant = Applicant {
    kind: ApplicantKind::PublicWelfareOrganisation,
    name: "云河市绿水环境保护志愿者协会",
    identity: "52990101MADEM0004G",
    contact: Some("江一鸣"),
    phone: "13800000204",
    email: Some("greenwater@example.com"),
    address: "云河市临江区公益街20号",
};

/// A law firm in its own name.
pub const LAW_FIRM: Applicant = Applicant {
    kind: ApplicantKind::LegalServiceOrganisation,
    name: "明衡律师事务所",
    identity: "31990101MADEM0005Q",
    contact: Some("纪律师"),
    phone: "13800000205",
    email: Some("mingheng@example.com"),
    address: "云河市临江区司法大厦9层",
};

/// A farmers' cooperative.
pub const COOPERATIVE: Applicant = Applicant {
    kind: ApplicantKind::OtherOrganisation,
    name: "清溪县石桥镇丰禾农民专业合作社",
    identity: "93990101MADEM0006F",
    contact: Some("孙德福"),
    phone: "13800000206",
    email: None,
    address: "云河市清溪县石桥镇上湾村村部",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_have_a_true_check_digit_and_a_region_that_does_not_exist() {
        for identity in [WANG_GUILAN, LI_JIANGUO, ZHAO_LEI, XU_RUI, TANG_BO].map(|person| person.identity) {
            // GB 11643: weights 2^17 … 2^0 modulo 11; a number is whole when the sum leaves 1.
            let sum = identity.chars().fold(0, |sum, digit| sum * 2 + digit.to_digit(10).unwrap_or(10));
            assert_eq!(sum % 11, 1, "{identity}");
            assert!(identity.starts_with("990101"), "{identity}");
        }
    }
}
