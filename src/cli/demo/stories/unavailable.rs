//! Applications to which nothing could be given: not held, another agency's, not made yet, still unclear; and those that
//! are no application for information at all.

use crate::case::terms::{ConfirmedBy, ServiceWay};
use crate::cli::demo::applicants::{GAO_YUAN, HU_AIHUA, LAW_FIRM, LIN_YI, MA_CHAO, SUN_DEFU, WANG_GUILAN};
use crate::cli::demo::city::{CITY, FINANCE, HEALTH, HOUSING, LINJIANG, QINGXI};
use crate::cli::demo::story::{Deed, Story};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![clinic(), railway(), travel_costs(), land_papers(), kitchen_smoke(), renovation_again(), gazette()]
}

/// Taken to court, which found the search sufficient.
fn clinic() -> Story {
    Story::new(
        HEALTH,
        HU_AIHUA,
        "2009年前进村卫生室设置审批文件",
        "申请公开2009年柳塘镇前进村卫生室的设置审批文件和当时的验收记录。",
    )
    .arrives(75, Channel::SignedPost)
    .taken_in(74)
    .drafted(64, Outcome::NotHeld, "收到您的申请后，本机关在办公系统以“前进村”“村卫生室”为关键词进行了检索，并派员到机关档案室查阅了2008年至2010年医疗机构设置审批类全部卷宗，向原经办科室进行了核实。经检索，没有您申请的设置审批文件和验收记录。据查，2009年前后村卫生室的设置由县级卫生行政部门负责，本机关未制作也未获取相关文件。根据《中华人民共和国政府信息公开条例》第三十六条第四项的规定，您申请的信息本机关不存在。您可以向清溪县卫生健康局咨询，电话0000-88002035。")
    .reviewed(61)
    .signed(60)
    .then(60, Deed::Serve(ServiceWay::Post, Some("邮政挂号信函，单号1000000000103。")))
    .then(50, Deed::Sued("云河市临江区人民法院"))
    .then(44, Deed::AnsweredBody("被告收到申请后，以“前进村”“村卫生室”为关键词检索了办公系统，查阅了2008年至2010年医疗机构设置审批类全部卷宗，并向原经办科室核实，已尽合理检索义务。村卫生室的设置由县级卫生行政部门负责，被告未制作也未获取原告申请的文件，答复认定事实清楚、程序合法，请求驳回原告的诉讼请求。"))
    .then(22, Deed::Dismissed("被告提交的检索记录、档案调阅登记和情况说明能够证明其已尽合理检索义务，原告未提供该信息由被告制作或者保存的线索。依照《中华人民共和国行政诉讼法》第六十九条的规定，判决驳回原告胡爱华的诉讼请求。"))
    .then(5, Deed::InEffect)
}

fn railway() -> Story {
    Story::new(
        CITY,
        LIN_YI,
        "云河至江原城际铁路可行性研究报告批复",
        "申请公开云河至江原城际铁路项目可行性研究报告的批复文件。",
    )
    .arrives(52, Channel::SignedPost)
    .taken_in(52)
    .drafted(47, Outcome::NotThisAgency, "您申请的城际铁路可行性研究报告批复，由江原省发展和改革委员会制作。根据《中华人民共和国政府信息公开条例》第十条第一款的规定，行政机关制作的政府信息由制作该政府信息的行政机关负责公开，该信息不属于本机关负责公开。根据条例第三十六条第五项的规定，建议您向江原省发展和改革委员会提出申请，其政府信息公开工作机构联系电话为0000-88000066。申请时注明项目全称和批复年份，有助于尽快检索。")
    .reviewed(46)
    .signed(45)
    .served(45)
}

fn travel_costs() -> Story {
    Story::new(
        FINANCE,
        LAW_FIRM,
        "近十年市级各部门差旅费分类对比表",
        "申请公开近十年市级各部门差旅费按出差地、事由、人员级别分类统计并逐年对比的表格。",
    )
    .online(50)
    .taken_in(49)
    .drafted(40, Outcome::WouldHaveToBeMade, "经查，本机关保存各部门年度决算报表，其中差旅费按预算科目汇总列示，没有按出差地、事由、人员级别分类，也没有逐年对比的表格。提供你单位所需的表格，需要对近十年、七十余个部门的原始凭证重新进行加工、分析。根据《中华人民共和国政府信息公开条例》第三十八条的规定，行政机关向申请人提供的信息应当是已制作或者获取的政府信息，需要行政机关对现有政府信息进行加工、分析的，可以不予提供。各部门历年决算中的差旅费支出数已在市政府门户网站“财政预决算”专栏公开，你单位可以自行下载汇总。")
    .reviewed(37)
    .signed(36)
    .served(36)
}

fn land_papers() -> Story {
    Story::new(
        QINGXI,
        SUN_DEFU,
        "上湾村有关土地的全部文件",
        "请把县里关于我们村土地的文件都公开。",
    )
    .arrives(66, Channel::OrdinaryPost)
    .then(66, Deed::Confirm(ConfirmedBy::Telephone, "收到平信当日致电申请人，双方确认收到日期。"))
    .taken_in(65)
    .then(62, Deed::AskCorrection("一、请说明所需文件的名称、文号，或者便于查询的其他特征，例如项目名称、征收或者流转的时间；二、请说明土地的具体位置或者地块名称。"))
    .then(59, Deed::CorrectionDelivered)
    .then(54, Deed::Correct("凡是写着上湾村三个字的都要，年份不限，我也不知道叫什么名字。"))
    .drafted(40, Outcome::StillUnclear, "收到您的申请后，本机关告知您补正文件的名称、文号或者便于查询的其他特征性描述。您补正的内容仍为“凡是写着上湾村三个字的”全部文件，没有时间、项目或者地块等特征。涉及该村名称的文件分布于多个年度和多个部门，本机关据此无法确定您需要的政府信息，不能进行检索。根据《中华人民共和国政府信息公开条例》第二十九条、第三十条的规定，您的申请经补正后内容仍不明确，本机关无法提供。您可以在明确所需文件的时间和事项后重新申请，也可以拨打本机关电话，由工作人员协助您梳理。")
    .reviewed(38)
    .signed(37)
    .then(36, Deed::Serve(ServiceWay::Entrusted, Some("委托石桥镇人民政府送达，申请人孙德福签收。")))
}

fn kitchen_smoke() -> Story {
    Story::new(
        LINJIANG,
        MA_CHAO,
        "和平里一餐馆油烟扰民的处理",
        "和平里3号院楼下的餐馆油烟直排，多次反映无人处理，要求公开为什么不处理，并责令其停业。",
    )
    .arrives(48, Channel::Email)
    .then(48, Deed::Confirm(ConfirmedBy::TextMessage, "短信告知并请确认，申请人回复“收到，以今天为准”。"))
    .taken_in(47)
    .drafted(42, Outcome::NotProcessedPetition, "经审查，您在申请中反映餐馆油烟直排问题并要求查处，实质是以政府信息公开申请的形式进行投诉举报。根据《中华人民共和国政府信息公开条例》第三十九条第一款的规定，本机关不作为政府信息公开申请处理。您可以通过12345政务服务便民热线反映，也可以直接向临江区城市管理局投诉，受理电话0000-88003021。为便于您的问题及时得到处理，本机关已将您反映的线索转告临江区城市管理局。")
    .reviewed(41)
    .signed(41)
    .served(40)
}

fn renovation_again() -> Story {
    Story::new(
        HOUSING,
        WANG_GUILAN,
        "青年路35号院老旧小区改造项目施工合同",
        "再次申请公开青年路35号院老旧小区改造项目的施工合同文本。",
    )
    .arrives(46, Channel::InPerson)
    .taken_in(46)
    .drafted(41, Outcome::NotProcessedRepeat, "经查，您此前已向本机关申请公开该施工合同，本机关已作出答复并将合同文本及中标通知书的复印件当面提供给您，您在送达回证上签名确认。本次申请的内容与前次相同，合同自前次答复以来没有变更。根据《中华人民共和国政府信息公开条例》第三十六条第六项的规定，本机关不予重复处理。如前次提供的复印件遗失或者有缺页，请到本机关政府信息公开窗口说明，工作人员将协助您核对。")
    .reviewed(40)
    .signed(40)
    .then(39, Deed::Serve(ServiceWay::InPerson, Some("申请人王桂兰到窗口领取，在送达回证上签名。")))
}

fn gazette() -> Story {
    Story::new(
        CITY,
        GAO_YUAN,
        "《云河市人民政府公报》历年合订本",
        "申请提供《云河市人民政府公报》创刊以来的全部合订本，用于毕业论文。",
    )
    .online(45)
    .taken_in(45)
    .drafted(41, Outcome::NotProcessedPublications, "您申请提供的《云河市人民政府公报》是公开出版物。根据《中华人民共和国政府信息公开条例》第三十九条第二款的规定，申请人的申请内容为要求行政机关提供政府公报、报刊、书籍等公开出版物的，行政机关可以告知获取的途径。公报自创刊以来的各期均可在市政府门户网站“政府公报”栏目按期浏览和下载；合订本在市档案馆、市图书馆公共阅览区陈列，凭身份证件免费阅览。校内图书馆亦可办理馆际互借。")
    .reviewed(40)
    .signed(39)
    .served(39)
    .then(39, Deed::ConfirmService("申请人在网上确认已收到答复。"))
    .then(38, Deed::Note("高校申请较多，建议在公报栏目首页增加合订本馆藏说明。"))
}
