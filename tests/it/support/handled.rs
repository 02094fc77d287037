//! A case in the hands of the served office: each act by whose turn it is, over HTTP, and a reply taken through whatever
//! steps its way of approval asks for.

use dafu::law::outcome::{self, Outcome, OutcomeGroup, Statement};
use serde_json::{Value, json};

use super::served::{Answer, Served, application};

/// One case.
pub struct Handled<'a> {
    pub service: &'a Served,
    pub id: String,
    pub receipt: Value,
}

impl<'a> Handled<'a> {
    /// Applied for on line, registered, with its handler.
    pub fn new(service: &'a Served) -> Self {
        Self::of(service, &application())
    }

    /// The same for an application of one's own.
    pub fn of(service: &'a Served, application: &Value) -> Self {
        let handled = Self::applied(service, application);
        handled.does("clerk", "registration", &json!({}));
        handled.does("clerk", "assignment", &json!({}));
        handled.does("handler", "claim", &json!({}));
        handled
    }

    /// Applied for on line, and no more.
    pub fn applied(service: &'a Served, application: &Value) -> Self {
        let path = "/api/v1/public/agencies/yunhe/applications";
        let receipt = service.public("POST", path, None, Some(application)).expect(201);
        let id = receipt["case_id"].as_str().unwrap().to_owned();
        Self { service, id, receipt }
    }

    /// Puts an act.
    pub fn act(&self, login: &str, act: &str, body: &Value) -> Answer {
        self.service.act(login, &self.id, act, body)
    }

    /// Puts an act that must be done.
    #[track_caller]
    pub fn does(&self, login: &str, act: &str, body: &Value) -> Value {
        self.act(login, act, body).expect(200)
    }

    /// The case as the clerk sees it.
    #[track_caller]
    pub fn view(&self) -> Value {
        self.service.get("clerk", &format!("/api/v1/cases/{}", self.id)).expect(200)
    }

    /// A request of the applicant.
    pub fn applicant(&self, method: &str, act: &str, body: Option<&Value>) -> Answer {
        let number = self.receipt["receipt_no"].as_str().unwrap();
        let path = format!("/api/v1/public/applications/{number}{act}");
        self.service.public(method, &path, self.receipt["query_code"].as_str(), body)
    }

    /// A firm is consulted, objects, is overridden and told so: the letter's entry, its words, and the code in it that opens what the
    /// firm can do.
    pub fn overrides_a_third_party(&self) -> (Value, String, String) {
        let letter = json!({"party": "third_party", "addressee": "云河市某建设有限公司", "letter": "请提出意见。"});
        let consulting = self.does("handler", "consultations", &letter);
        let consultation = consulting["consultations"][0]["id"].as_str().unwrap().to_owned();
        let opinion = json!({"opinion": "objects", "text": "不同意公开。"});
        self.does("clerk", &format!("consultations/{consultation}/opinion"), &opinion);
        let finding = json!({"finding": "objection_unreasonable", "text": "价格已在招标时公布。"});
        self.does("handler", &format!("consultations/{consultation}/finding"), &finding);
        let notice = json!({"letter": "公开合同总价。"});
        self.does("clerk", &format!("consultations/{consultation}/override-notice"), &notice);
        let letters = self.service.get("handler", &format!("/api/v1/cases/{}/letters", self.id)).expect(200);
        let letter = letters.as_array().unwrap().iter().find(|one| one["letter"]["code"] == "override").unwrap();
        let path = format!("/api/v1/cases/{}/letters/{}/txt", self.id, letter["seq"]);
        let bearer = format!("Bearer {}", self.service.token("handler"));
        let words = String::from_utf8(self.service.file(&path, &[("Authorization", &bearer)]).2).unwrap();
        let code = words.split("查询码").nth(1).unwrap_or_else(|| panic!("no code in\n{words}"));
        let code = code.chars().take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '-').collect();
        (letter["seq"].clone(), words, code)
    }

    /// A file comes in whole and is put into the case; its id.
    #[track_caller]
    pub fn attaches(&self, login: &str, name: &str, content: &[u8], purpose: &str) -> String {
        let id = self.uploads(login, name, content);
        self.does(login, "files", &json!({"file": id, "purpose": purpose}));
        id
    }

    /// A file comes in whole; its id.
    #[track_caller]
    pub fn uploads(&self, login: &str, name: &str, content: &[u8]) -> String {
        let at = format!("/api/v1/cases/{}/uploads", self.id);
        let announced = json!({"name": name, "size": content.len()});
        let begun = self.service.by(login, "POST", &at, &[], Some(&announced)).expect(201);
        let id = begun["id"].as_str().unwrap().to_owned();
        let told = self.sends(login, &id, 0, content).expect(200);
        assert_eq!((&told["complete"], told["received"].as_u64()), (&json!(true), Some(content.len() as u64)));
        id
    }

    /// A piece of a file.
    pub fn sends(&self, login: &str, file: &str, offset: usize, content: &[u8]) -> Answer {
        let path = format!("/api/v1/cases/{}/uploads/{file}", self.id);
        let (bearer, offset) = (format!("Bearer {}", self.service.token(login)), offset.to_string());
        let headers = [("Authorization", bearer.as_str()), ("Upload-Offset", &offset)];
        self.service.bytes("PATCH", &path, &headers, content)
    }

    /// The files of the case as the handler sees them.
    #[track_caller]
    pub fn files(&self) -> Vec<Value> {
        let path = format!("/api/v1/cases/{}/files", self.id);
        self.service.get("handler", &path).expect(200).as_array().unwrap().clone()
    }

    /// A file's bytes, for somebody of the staff.
    pub fn content(&self, login: &str, file: &str) -> (u16, String, Vec<u8>) {
        let bearer = format!("Bearer {}", self.service.token(login));
        let path = format!("/api/v1/cases/{}/files/{file}/content", self.id);
        self.service.file(&path, &[("Authorization", &bearer)])
    }

    /// A file's bytes, for the applicant.
    pub fn own_content(&self, file: &str) -> (u16, String, Vec<u8>) {
        let number = self.receipt["receipt_no"].as_str().unwrap();
        let path = format!("/api/v1/public/applications/{number}/files/{file}");
        self.service.file(&path, &[("X-Query-Code", self.receipt["query_code"].as_str().unwrap())])
    }

    /// Drafts this reply and takes it through every step up to the signature.
    #[track_caller]
    pub fn approved(&self, draft: &Value) -> Answer {
        self.does("handler", "draft", draft);
        self.signed()
    }

    /// Takes the draft at hand through every step; the answer to the signature.
    #[track_caller]
    pub fn signed(&self) -> Answer {
        loop {
            let view = self.view();
            let outcome = view["draft"]["outcome"]["code"].as_str().unwrap();
            let step = view["draft"]["pending"][0]["code"].as_str().unwrap().to_owned();
            let (login, act) = match step.as_str() {
                "review" => ("reviewer", "review"),
                "legal_review" => ("lawyer", "legal-review"),
                "secrecy_review" => ("secrecy", "secrecy-review"),
                "signature" => return self.act("signer", "signature", &json!({"decision": "approve"})),
                other => panic!("no such step: {other}"),
            };
            let mut body = json!({"decision": "approve"});
            if step == "secrecy_review" {
                body["secrecy"] = secrecy(outcome);
            }
            self.does(login, act, &body);
        }
    }

    /// Serves it by post.
    pub fn served(&self) -> Answer {
        self.act("clerk", "service", &json!({"way": "post", "proof": "EMS 1000000000001"}))
    }

    /// Replied: approved and served.
    #[track_caller]
    pub fn replied(&self, draft: &Value) -> Value {
        self.approved(draft).expect(200);
        self.served().expect(200)
    }
}

/// A draft that decides this and says all the law has it say.
pub fn draft(outcome: Outcome) -> Value {
    draft_withholding(outcome, &[])
}

/// The same, withholding parts on these grounds.
pub fn draft_withholding(outcome: Outcome, withheld: &[Outcome]) -> Value {
    let rule = outcome::rule(outcome);
    let statements: Vec<Value> = rule
        .must_state
        .iter()
        .chain(rule.may_state)
        .filter(|one| **one != Statement::Reason || outcome != Outcome::PartlyGranted)
        .map(|one| json!({"statement": one.as_str(), "text": format!("{}：详见正文。", one.zh())}))
        .collect();
    let parts: Vec<Value> = withheld
        .iter()
        .map(|ground| json!({"ground": ground.as_str(), "kind": "passages", "part": "附件二的报价明细", "reason": "涉及商业秘密。"}))
        .collect();
    let mut body = json!({
        "outcome": outcome.as_str(),
        "letter": "经审查，现就您申请的施工合同答复如下。",
        "statements": statements,
        "submit": true,
    });
    if !withheld.is_empty() {
        body["withheld"] = json!(withheld.iter().map(|ground| ground.as_str()).collect::<Vec<_>>());
        body["parts"] = json!(parts);
    }
    if rule.group == OutcomeGroup::Refused {
        body["separability"] = json!({"finding": "inseparable", "reason": "涉密内容与其他内容不能分开。"});
    }
    body
}

/// The record of a secrecy review that agrees with that outcome.
pub fn secrecy(outcome: &str) -> Value {
    let (found, result) = match outcome {
        "refused_state_secret" => (vec!["state_secret"], "not_disclosable"),
        "partly_granted" => (vec!["work_secret"], "partly_disclosable"),
        _ => (vec![], "disclosable"),
    };
    json!({"found": found, "basis": "对照定密事项一览表逐项审查。", "result": result})
}
