//! Applications that were refused, each on another ground.

use crate::case::terms::{ConfirmedBy, ConsultedParty, Opinion, ServiceWay};
use crate::cli::demo::applicants::{HENGTAI, HUANG_JING, LUO_SHULAN, XU_RUI, ZHANG_MIN, ZHAO_LEI};
use crate::cli::demo::city::{CITY, ENVIRONMENT, LAND, MARKET, POLICE};
use crate::cli::demo::story::{Consulted, Deed, Story};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![security_plan(), recipe(), attendance(), zoning_draft(), penalty_file(), land_registry()]
}

fn security_plan() -> Story {
    Story::new(
        POLICE,
        XU_RUI,
        "龙舟赛大型活动安全保卫警力部署方案",
        "申请公开今年云河龙舟赛安全保卫工作方案，包括警力部署、应急处置预案。",
    )
    .online(70)
    .taken_in(70)
    .drafted(61, Outcome::RefusedStateSecret, "经查，您申请的安全保卫工作方案已由本机关依照法定程序确定为国家秘密，标有密级和保密期限，目前尚未解密。本机关保密工作机构对该方案进行了保密审查，认为其中的警力部署、通信联络和应急处置内容公开后会损害公共安全方面的国家利益，且与其他内容不能区分处理。根据《中华人民共和国政府信息公开条例》第十四条、第三十六条第三项的规定，本机关决定不予公开。活动期间的交通管制通告和观众须知已在市公安局官方网站公布，您可以自行查阅。")
    .reviewed(58)
    .signed(57)
    .served(56)
}

fn recipe() -> Story {
    Story::new(
        MARKET,
        ZHANG_MIN,
        "云河酱园食品有限公司生产许可申请材料中的工艺文件",
        "申请公开云河酱园食品有限公司申请食品生产许可时提交的工艺流程图、配方和关键控制点说明。",
    )
    .arrives(66, Channel::Email)
    .then(65, Deed::Confirm(ConfirmedBy::Email, "回复邮件请申请人确认，申请人当日复信确认。"))
    .taken_in(65)
    .then(62, Deed::Consult(Consulted {
        party: ConsultedParty::ThirdParty,
        name: "云河酱园食品有限公司",
        address: "云河市临江区酱园巷2号",
        about: "你公司食品生产许可申请材料中的工艺流程图、配方和关键控制点说明",
    }))
    .then(60, Deed::ConsultationDelivered)
    .then(52, Deed::Opinion(Opinion::Objects, "不同意公开。配方和工艺参数是我公司三代人积累的技术诀窍，仅限五名员工知悉并签有保密协议，一旦公开将失去竞争优势。"))
    .drafted(46, Outcome::RefusedThirdParty, "您申请的工艺文件是本机关在实施行政许可过程中获取并保存的企业信息。因该信息涉及第三方合法权益，本机关依照《中华人民共和国政府信息公开条例》第三十二条的规定书面征求了第三方意见，第三方不同意公开。经审查，上述文件记载的配方和工艺参数不为公众所知悉，具有商业价值，权利人采取了相应的保密措施，属于商业秘密，第三方的理由合理。该企业近三年监督抽检结果均为合格，不公开不致对公共利益造成重大影响。根据条例第十五条、第三十六条第三项的规定，本机关决定不予公开。该企业的许可证载明事项和监督抽检结果可以在国家企业信用信息公示系统查询。")
    .reviewed(43)
    .signed(42)
    .served(42)
    .then(30, Deed::Challenged("云河市人民政府"))
    .then(27, Deed::AnsweredBody("答复人征求了第三方意见，认定理由成立，适用《中华人民共和国政府信息公开条例》第十五条不予公开，事实清楚、依据正确，请予维持。"))
    .then(9, Deed::Revoked(15, "许可申请材料中的工艺流程图已在产品说明书中公开，答复未作区分处理，也未说明其余部分为何属于商业秘密。"))
}

fn attendance() -> Story {
    Story::new(
        CITY,
        ZHAO_LEI,
        "市政府办公室工作人员考勤和值班记录",
        "申请公开市政府办公室上半年全体工作人员的考勤记录、值班表和公务用车内部调度单。",
    )
    .online(62)
    .taken_in(61)
    .drafted(54, Outcome::RefusedInternalAffairs, "您申请的考勤记录、值班表和公务用车调度单，是本机关在人事管理、后勤管理和内部工作流程中形成的记录。上述信息仅用于本机关的内部管理，对外部不产生直接的权利义务影响，不涉及行政职权的行使。根据《中华人民共和国政府信息公开条例》第十六条第一款、第三十六条第三项的规定，本机关决定不予公开。公务用车的购置和运行费用属于应当公开的财政信息，已列入部门决算，您可以在市政府门户网站“财政预决算”专栏查阅。")
    .reviewed(52)
    .signed(51)
    .served(51)
}

fn zoning_draft() -> Story {
    Story::new(
        LAND,
        HENGTAI,
        "工业园路北侧地块控制性详细规划调整讨论稿",
        "申请公开工业园路北侧地块控制性详细规划局部调整的讨论稿、专家个人意见和部门往来函件。",
    )
    .online(58)
    .taken_in(57)
    .drafted(49, Outcome::RefusedProcessInformation, "经查，工业园路北侧地块控制性详细规划的局部调整尚在研究论证阶段，未形成报批方案。你单位申请的讨论稿、专家个人意见和部门往来函件，分别属于过程稿、讨论记录和磋商信函，内容尚不确定，公开可能使公众对规划用途产生误解，也会影响论证的独立性。法律、法规、规章未规定上述过程性信息应当公开。根据《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第三项的规定，本机关决定不予公开。规划调整方案形成后，本机关将依照城乡规划法的规定予以公告，公告时间不少于三十日，你单位可以在公告期间提出意见。")
    .reviewed(47)
    .signed(46)
    .served(45)
    .then(3, Deed::Challenged("云河市人民政府"))
}

fn penalty_file() -> Story {
    Story::new(
        ENVIRONMENT,
        HUANG_JING,
        "清溪县某印染企业行政处罚案卷",
        "申请公开贵局去年对清溪县工业园一家印染企业作出行政处罚的全部案卷材料，包括询问笔录、现场照片。",
    )
    .arrives(56, Channel::SignedPost)
    .taken_in(56)
    .drafted(44, Outcome::RefusedEnforcementFiles, "经检索，本机关去年对清溪县工业园一家印染企业作出过一件行政处罚。您申请的询问笔录、现场照片等材料已依法归入该案的行政执法案卷，您不是该案的当事人或者利害关系人。行政执法案卷信息可以不予公开，法律、法规、规章也未规定上述材料应当公开；考虑到笔录涉及举报人和企业员工的陈述，公开会影响今后的调查取证。根据《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第三项的规定，本机关决定不予公开。该案行政处罚决定书已依法公开，可以在本机关网站“行政处罚”栏目查阅。")
    .reviewed(41)
    .signed(40)
    .then(39, Deed::Serve(ServiceWay::Post, Some("邮政特快专递，单号1000000000102。")))
}

fn land_registry() -> Story {
    Story::new(
        LAND,
        LUO_SHULAN,
        "老西门社区19号房屋不动产登记档案",
        "申请人年过六旬、书写困难，到窗口口头提出：想要老西门社区19号房屋历次登记的档案。由工作人员代为填写，已读给申请人听并确认无误。",
    )
    .arrives(55, Channel::Spoken)
    .taken_in(55)
    .drafted(50, Outcome::RefusedOwnRoute, "您申请的是不动产登记资料。根据《不动产登记暂行条例》第二十七条的规定，权利人、利害关系人可以依法查询、复制不动产登记资料，不动产登记机构应当提供。该信息的查询由法律、行政法规另行规定，根据《中华人民共和国政府信息公开条例》第三十六条第七项的规定，请您依照不动产登记资料查询的规定办理。您可以携带身份证和房屋权属证明到市不动产登记中心一楼查询窗口申请，当场即可办结；书写有困难的，窗口工作人员会协助填写。")
    .reviewed(48)
    .signed(48)
    .then(47, Deed::Serve(ServiceWay::InPerson, Some("工作人员上门送达，向申请人宣读，申请人签名并按手印。")))
}
