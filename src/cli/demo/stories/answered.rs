//! Applications that got what they asked for: given, already public, given in part.

use crate::case::terms::{ConfirmedBy, ConsultedParty, Opinion, ServiceWay};
use crate::cli::demo::applicants::{CHEN_XIAOYAN, GREEN_WATER, GUO_WEI, INSTITUTE, LIU_YANG, WANG_GUILAN};
use crate::cli::demo::city::{EDUCATION, ENVIRONMENT, FINANCE, HOUSING, LINJIANG};
use crate::cli::demo::records::Record;
use crate::cli::demo::story::{Consulted, Deed, Story};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![renovation(), transfer_station(), school_districts(), budget(), heating(), market_street()]
}

fn renovation() -> Story {
    Story::new(
        HOUSING,
        WANG_GUILAN,
        "青年路35号院老旧小区改造项目施工合同",
        "申请公开青年路35号院老旧小区改造项目的施工合同文本，以及中标通知书。项目由贵局于去年组织实施。",
    )
    .arrives(80, Channel::InPerson)
    .taken_in(80)
    .drafted(72, Outcome::Granted, "您申请的施工合同和中标通知书属于本机关制作并保存的政府信息。经审查，上述信息不涉及国家秘密，所涉单位名称、工程范围和价款已在公共资源交易平台公示，可以公开。根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，现将该合同文本及中标通知书的复印件随本答复一并提供，共46页。施工单位项目负责人的身份证件号码属于个人隐私，不在您申请的内容之内，复印时已作遮盖。如对所提供材料的完整性有疑问，可凭本答复书到本机关政府信息公开窗口核对原件。")
    .reviewed(70)
    .signed(69)
    .then(69, Deed::Serve(ServiceWay::InPerson, Some("申请人王桂兰到窗口领取，在送达回证上签名。")))
    .then(69, Deed::HandOut(Record::Paper {
        title: "青年路35号院老旧小区改造项目施工合同（摘要）",
        issuer: "云河市住房和城乡建设局",
        text: "发包人：云河市住房和城乡建设局。承包人：云河市宏远建设工程有限公司。\n\
               工程内容：青年路35号院五栋住宅楼外墙保温、屋面防水、上下水管线更换和院内道路修复。\n\
               项目负责人：李建国，身份证号码 11010519491231002X，电话 13800138000。\n\
               合同价款：人民币伍佰捌拾陆万元整；工期一百八十日历天，质量保修期按照国家规定执行。",
    }))
    .then(58, Deed::Publish {
        title: "青年路35号院老旧小区改造项目施工合同和中标通知书",
        summary: "合同全文、工程量清单和中标通知书；单位银行账号已遮盖。",
        place: "https://www.yunhe.example/zjj/xxgk/zdxm/qingnianlu35.html",
    })
}

fn transfer_station() -> Story {
    Story::new(
        ENVIRONMENT,
        GREEN_WATER,
        "和平里垃圾中转站环境影响报告表批复",
        "申请公开和平里垃圾中转站改扩建项目环境影响报告表的批复文件及批复所附的污染防治要求。",
    )
    .arrives(76, Channel::SignedPost)
    .taken_in(75)
    .drafted(64, Outcome::Granted, "经检索，本机关于去年对和平里垃圾中转站改扩建项目环境影响报告表作出批复。该批复由本机关制作，不存在依法不予公开的情形。根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，现将批复全文以纸质形式提供给你单位。批复第三部分列明了恶臭、渗滤液和噪声的防治要求以及卫生防护距离。项目竣工环境保护验收由建设单位自主开展，验收报告可以在建设单位公开的网站查阅。")
    .reviewed(62)
    .signed(61)
    .then(60, Deed::Serve(ServiceWay::Post, Some("邮政特快专递，单号1000000000101。")))
    .then(60, Deed::Deliver("EMS 1000000000101"))
    .then(60, Deed::HandOut(Record::Table {
        name: "和平里垃圾中转站污染防治要求.csv",
        text: "项目,要求\n恶臭,车间负压收集并经生物滤池处理\n渗滤液,密闭收集后送污水处理厂\n噪声,昼间60分贝、夜间50分贝\n",
    }))
    .then(55, Deed::Prove("邮政查询单：收件人江一鸣本人签收。"))
    .then(48, Deed::Publish {
        title: "和平里垃圾中转站改扩建项目环境影响报告表批复",
        summary: "批复全文及所附污染防治要求。",
        place: "市生态环境局网站“环评审批”栏目",
    })
}

fn school_districts() -> Story {
    Story::new(
        EDUCATION,
        CHEN_XIAOYAN,
        "桂花园小区小学招生片区划分依据",
        "申请公开今年桂花园小区划入学府路小学招生片区的依据文件及片区范围图。",
    )
    .online(74)
    .then(74, Deed::Confirm(ConfirmedBy::Telephone, "致电申请人预留号码，双方确认今日为收到之日。"))
    .taken_in(73)
    .drafted(68, Outcome::AlreadyPublic, "您申请的招生片区划分文件为《云河市城区义务教育阶段学校招生工作实施意见》及其附件，本机关已主动公开。根据《中华人民共和国政府信息公开条例》第三十六条第一项的规定，现告知您获取该信息的方式和途径：登录云河市人民政府门户网站，依次进入“政府信息公开”“重点领域信息公开”“教育”栏目，即可查阅和下载全文。附件二载明各校片区的四至范围，桂花园小区列于学府路小学一栏。您也可以在工作日到市民中心政府信息公开查阅点查阅纸质文本。")
    .reviewed(67)
    .signed(66)
    .served(66)
    .then(65, Deed::ConfirmService("申请人在网上确认已收到答复。"))
}

fn budget() -> Story {
    Story::new(
        FINANCE,
        INSTITUTE,
        "市本级部门预算和“三公”经费预算汇总表",
        "申请公开本年度市本级一般公共预算支出表、部门预算公开目录和“三公”经费预算汇总表。",
    )
    .online(71)
    .taken_in(70)
    .drafted(66, Outcome::AlreadyPublic, "你单位申请的信息属于依法应当主动公开的财政预算信息，本机关已在市人民代表大会批准预算后的法定期限内公开。根据《中华人民共和国政府信息公开条例》第三十六条第一项的规定，请登录云河市人民政府门户网站“财政预决算”专栏查阅：一般公共预算支出表为附表四，“三公”经费预算汇总表为附表十二。各部门的预算由各部门在同一专栏分别公开，可以按单位名称检索。上述表格均提供可下载的电子表格。")
    .reviewed(65)
    .signed(64)
    .served(63)
}

fn heating() -> Story {
    Story::new(
        HOUSING,
        GUO_WEI,
        "机械厂片区供热管网改造工程总承包合同",
        "申请公开机械厂片区供热管网改造工程的工程总承包合同及其附件，包括工程量清单。",
    )
    .online(68)
    .taken_in(67)
    .then(64, Deed::Consult(Consulted {
        party: ConsultedParty::ThirdParty,
        name: "云河市永昌市政工程有限公司",
        address: "云河市高新区工业大道90号",
        about: "供热管网改造工程总承包合同及工程量清单",
    }))
    .then(62, Deed::ConsultationDelivered)
    .then(54, Deed::Opinion(Opinion::Objects, "同意公开合同正文。工程量清单的综合单价分析表反映我公司的内部定额和材料采购价格，属于商业秘密，公开后会使我公司在后续投标中处于不利地位，不同意公开。"))
    .drafted_in_part(47, Outcome::PartlyGranted, &[Outcome::RefusedThirdParty], "您申请的合同由本机关保存。因合同附件涉及第三方合法权益，本机关依照《中华人民共和国政府信息公开条例》第三十二条的规定书面征求了第三方意见，第三方同意公开合同正文，不同意公开工程量清单中的综合单价分析表并说明了理由。经审查，综合单价分析表包含承包人未公开的内部定额和采购价格，承包人对其采取了保密措施，公开会对其合法权益造成损害，不公开也不致对公共利益造成重大影响，根据条例第十五条、第三十六条第三项的规定，该部分不予公开。合同正文、工程量清单的项目名称和工程量能够区分处理，根据条例第三十六条第二项、第三十七条的规定予以公开，电子文本随本答复发送至您预留的电子邮箱。")
    .reviewed(45)
    .signed(44)
    .served(44)
}

fn market_street() -> Story {
    Story::new(
        LINJIANG,
        LIU_YANG,
        "东门街综合整治方案及研究会议材料",
        "申请公开东门街综合整治工作方案，以及区政府研究该方案的会议纪要和各部门意见。",
    )
    .arrives(63, Channel::Fax)
    .then(62, Deed::Confirm(ConfirmedBy::Telephone, "与申请人通话确认收到传真共三页，字迹清楚。"))
    .taken_in(62)
    .drafted_in_part(50, Outcome::PartlyGranted, &[Outcome::RefusedProcessInformation], "东门街综合整治工作方案已由区政府印发，属于可以公开的政府信息，根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，电子文本随本答复提供。您申请的会议纪要中的讨论发言部分和各部门书面意见，是本机关在作出决定前的内部讨论记录和磋商信函，属于行政机关在履行行政管理职能过程中形成的过程性信息。公开上述内容会影响今后集体讨论中意见的充分表达，法律、法规、规章也未规定其应当公开，根据条例第十六条第二款、第三十六条第三项的规定，不予公开。会议议定事项与方案一致，您可以从方案中了解。")
    .reviewed(48)
    .signed(47)
    .served(46)
}
