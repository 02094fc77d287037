//! Everything that is told: an application with all that can be in one, a case that goes all its ways, letters, orders, ledgers,
//! searches; and everything that opens a door, used once.

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use super::confided::Told;
use super::handled::{Handled, draft};
use super::served::PASSWORD;
use super::visitor::Visitor;

impl Told {
    /// An application with everything in it, and a draft that nobody ever sends.
    pub fn applies(&mut self) -> Value {
        let fields = json!({"fields": [
            {"name": "plot", "zh": "宗地位置", "en": "The plot", "kind": "line", "required": false},
            {"name": "more", "zh": "补充说明", "en": "Anything more", "kind": "text", "required": false}
        ]});
        self.service.by("admin", "PUT", "/api/v1/admin/agencies/yunhe/form", &[], Some(&fields)).expect(200);
        let extra =
            json!({"plot": self.plants.words("a line of the form"), "more": self.plants.words("a text of the form")});
        let mut agent = self.person("the agent", "330106197311194028");
        agent["authority"] = json!(self.plants.words("the power of attorney"));
        let application = json!({
            "applicant": self.applicant("the applicant", "330106198507123672"),
            "request": {
                "subject": self.plants.words("the subject"), "description": self.plants.words("the description"),
                "form": "electronic", "route": "online"
            },
            "besides": {
                "agent": agent, "recipient": "applicant", "assistance": ["reading"],
                "co_applicants": [self.applicant("a joint applicant", "330106199109285531")]
            },
            "extra": extra
        });
        let forgotten = json!({
            "applicant": self.applicant("who sends nothing", "330106196602147710"),
            "request": {"subject": self.plants.words("the subject of a draft"), "description": self.plants.words("a draft")}
        });
        for draft in [&application, &forgotten] {
            let begun = self.public("agencies/yunhe/drafts", draft);
            self.secret("the code of a draft", begun["draft_code"].as_str().unwrap());
        }
        application
    }

    /// The case goes all its ways.
    pub fn walks(&mut self, application: &Value) -> String {
        let receipt = self.public("agencies/yunhe/applications", application);
        let id = receipt["case_id"].as_str().unwrap().to_owned();
        self.secret("the query code", receipt["query_code"].as_str().unwrap());
        let third_party = self.plants.email("mail of the third party");
        let service = &self.service;
        let case = Handled { service, id: id.clone(), receipt };
        let mut plant = |what: &str| self.plants.words(what);
        case.does("clerk", "registration", &json!({}));
        case.does("clerk", "assignment", &json!({}));
        case.does("handler", "claim", &json!({}));
        let own = plant("content of the applicant's file");
        let begun = case.applicant(
            "POST",
            "/uploads",
            Some(&json!({"name": format!("{}.txt", plant("name of the applicant's file")), "size": own.len()})),
        );
        let file = begun.expect(201)["id"].as_str().unwrap().to_owned();
        let (number, code) =
            (case.receipt["receipt_no"].as_str().unwrap(), case.receipt["query_code"].as_str().unwrap());
        let to = format!("/api/v1/public/applications/{number}/uploads/{file}");
        service.bytes("PATCH", &to, &[("X-Query-Code", code), ("Upload-Offset", "0")], own.as_bytes()).expect(200);
        case.applicant("POST", "/files", Some(&json!({"file": file}))).expect(200);
        // The same by the form of the page, in parts.
        let mut reader = Visitor::new(service);
        reader.post("/track", &[("receipt_no", number), ("code", code)]).expect(303);
        let (name, sent) = (format!("{}.txt", plant("name of a file in a form")), plant("content of a file in a form"));
        reader.post_with_files("/track/files", &[], &[(&name, &sent)]).expect(303);
        case.does("handler", "notes", &json!({"text": plant("a note")}));
        case.does("clerk", "sensitivity", &json!({"sensitive": true, "reason": plant("why it is sensitive")}));
        case.does("handler", "correction-requests", &json!({"letter": plant("the letter that asks for correction")}));
        case.applicant("POST", "/corrections", Some(&json!({"text": plant("the correction")}))).expect(200);
        let asked = json!({
            "party": "third_party", "addressee": plant("name of the third party"), "address": plant("address of the third party"),
            "email": third_party, "letter": plant("the letter to the third party")
        });
        let consulting = case.does("handler", "consultations", &asked);
        let consultation = consulting["consultations"][0]["id"].as_str().unwrap().to_owned();
        let opinion = json!({"opinion": "consents", "text": plant("the third party's opinion")});
        case.does("clerk", &format!("consultations/{consultation}/opinion"), &opinion);
        let finding = json!({"finding": "consents", "text": plant("what is held of the opinion")});
        case.does("handler", &format!("consultations/{consultation}/finding"), &finding);
        case.does("clerk", "consultation-notice", &json!({"letter": plant("that a third party was asked")}));
        case.does("handler", "extension-request", &json!({"days": 20, "reason": plant("why it takes longer")}));
        case.does("head", "extension-decision", &json!({"granted": true, "reason": plant("why more time is given")}));
        case.does("clerk", "extension-notice", &json!({"letter": plant("the letter on the extension")}));
        let search = json!({
            "searched_by": plant("who searched"), "place": plant("where was searched"), "words": plant("the words searched for"),
            "found": "something", "result": plant("what was found")
        });
        case.does("handler", "searches", &search);
        let day = case.receipt["received_on"].as_str().unwrap().to_owned();
        let later = (day.parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(7)).to_string();
        let asked = json!({"kind": "unit", "unit": "档案科", "task": plant("what a unit is asked"), "due_on": later});
        let view = case.does("handler", "co-work", &asked);
        let answer = format!("co-work/{}/answer", view["co_work"][0]["id"].as_str().unwrap());
        case.does("handler", &answer, &json!({"text": plant("what the unit answers")}));
        let record = plant("content of a record");
        let record =
            case.attaches("handler", &format!("{}.txt", plant("name of a record")), record.as_bytes(), "record");
        let mut reply = draft(Outcome::Granted);
        reply["letter"] = json!(plant("the reply"));
        case.does("handler", "draft", &reply);
        case.signed().expect(200);
        case.does("clerk", "service", &json!({"way": "post", "proof": plant("the proof of service")}));
        let release = json!({"files": [record], "letter": plant("the letter that goes with a record")});
        case.does("clerk", "releases", &release);
        let rating = json!({"satisfaction": 2, "comment": plant("what the applicant thinks of it")});
        case.applicant("POST", "/feedback", Some(&rating)).expect(200);
        let opened = json!({
            "kind": "reconsideration", "challenged": "reply", "authority": "某省人民政府", "procedure": "ordinary",
            "submitted_on": day, "accepted_on": day, "received_on": day
        });
        let opened =
            service.by("lawyer", "POST", &format!("/api/v1/cases/{id}/proceedings"), &[], Some(&opened)).expect(201);
        let proceeding = format!("/api/v1/proceedings/{}", opened["id"].as_str().unwrap());
        let etag = service.get("lawyer", &proceeding).etag.unwrap();
        let note = json!({"text": plant("a note on a proceeding")});
        let told =
            service.by("lawyer", "POST", &format!("{proceeding}/acts/note"), &[("If-Match", &etag)], Some(&note));
        told.expect(200);
        id
    }

    /// Another that came by post and was misaddressed: somebody is called, something was wrong, and it is taken back.
    pub fn comes_by_post(&mut self) {
        let sender = self.applicant("who writes on paper", "33010619790423884X");
        let better = self.applicant("who wrote on paper, put right", "330106196602147710");
        let service = &self.service;
        let mut plant = |what: &str| self.plants.words(what);
        let entered = json!({
            "agency": "yunhe", "channel": "signed_post", "misaddressed": true, "applicant": sender,
            "request": {"subject": plant("a subject on paper"), "description": plant("a text on paper"), "form": "paper", "route": "post"}
        });
        let entered = service.by("clerk", "POST", "/api/v1/cases", &[], Some(&entered)).expect(201);
        let id = entered["case"]["id"].as_str().unwrap().to_owned();
        let case = Handled { service, id, receipt: entered };
        case.does("clerk", "contacts", &json!({"by": "telephone", "reached": true, "remark": plant("a call")}));
        case.does("clerk", "confirmation", &json!({"by": "telephone", "evidence": plant("how it was confirmed")}));
        case.does("clerk", "registration", &json!({}));
        let correction = json!({"applicant": better, "reason": plant("what was wrong in the particulars")});
        case.does("clerk", "particulars", &correction);
        case.does("clerk", "withdrawal", &json!({"reason": plant("why it is withdrawn")}));
    }

    /// What lies beside cases: a letter to the mailbox, an order from above, an old case from a ledger, searches and looks.
    pub fn goes_on(&mut self, case: &str) {
        let writer = {
            let mut writer = self.person("who writes to the mailbox", "330106198803056291");
            writer.as_object_mut().unwrap().remove("identity_number");
            writer
        };
        let letter = json!({
            "kind": "mailbox_letter", "writer": writer, "subject": self.plants.words("what a letter is about"),
            "content": self.plants.words("a letter to the mailbox")
        });
        let receipt = self.public("agencies/yunhe/enquiries", &letter);
        self.secret("the code of a letter", receipt["query_code"].as_str().unwrap());
        let service = &self.service;
        let mut plant = |what: &str| self.plants.words(what);
        let number = receipt["number"].as_str().unwrap();
        let found = service.get("clerk", &format!("/api/v1/enquiries?number={number}")).expect(200);
        let enquiry = format!("/api/v1/enquiries/{}", found["items"][0]["id"].as_str().unwrap());
        let handler = service.get("handler", "/api/v1/me").expect(200)["id"].clone();
        for (login, act, body) in [
            ("clerk", "assign", json!({"handler": handler})),
            ("handler", "note", json!({"text": plant("a note on a letter")})),
            ("handler", "answer", json!({"text": plant("the answer to a letter")})),
            ("handler", "send", json!({"way": "online"})),
        ] {
            let etag = service.get(login, &enquiry).etag.unwrap();
            let path = format!("{enquiry}/acts/{act}");
            service.by(login, "POST", &path, &[("If-Match", &etag)], Some(&body)).expect(200);
        }

        let order = json!({
            "kind": "order", "agency": "yunhe", "text": plant("an order"), "asks": [plant("what an order asks")], "days": 5
        });
        let made = service.by("supervisor", "POST", "/api/v1/supervision/orders", &[], Some(&order)).expect(201);
        let answers = format!("/api/v1/supervision/orders/{}/answers", made["order"]["id"].as_str().unwrap());
        let answer = json!({"text": plant("the answer to an order"), "done": [1]});
        let told = service.by("clerk", "POST", &answers, &[], Some(&answer));
        assert!(told.status < 300, "{:#}", told.body);

        let (name, subject) = (plant("name in a ledger"), plant("subject in a ledger"));
        let ledger = format!(
            "登记编号,渠道,到达日期,收到日期,申请人类别,申请人,证件号码,申请内容,办理结果,办结日期,逾期答复\r\n\
             2021-1,邮寄（需签收）,2021-03-01,2021-03-01,自然人,{name},330106199508161130,{subject},予以公开,2021-03-22,否"
        );
        self.plants.keep("identity number in a ledger", "330106199508161130".to_owned(), None);
        let bearer = format!("Bearer {}", service.token("admin"));
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "text/csv")];
        let path = "/api/v1/imports?agency=yunhe&dry_run=false";
        let brought = service.bytes("POST", path, &headers, ledger.as_bytes()).expect(200);
        assert_eq!(brought["cases"]["brought_in"], 1, "{brought:#}");

        // Looking: what is searched for lies in the log of looks.
        let searched: Vec<String> = self.plants.all().iter().take(12).map(|one| one.text.clone()).collect();
        for text in &searched {
            let word: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            service.get("reviewer", &format!("/api/v1/cases?applicant={word}")).expect(200);
            service.get("reviewer", &format!("/api/v1/cases?q={word}"));
            Visitor::signed_in(service, "reviewer").get(&format!("/desk?applicant={word}")).expect(200);
        }
        let looked = json!({"reason": "identity_check"});
        let path = format!("/api/v1/cases/{case}/identity-view");
        let told = service.by("clerk", "POST", &path, &[], Some(&looked));
        assert_eq!(told.status, 200, "{:#}", told.body);

        let tag = self
            .plants
            .open("a tag", "tags are words of the desk for its own lists, and filtered by: they name no one");
        let tags = json!({"cases": [case], "add": [tag], "remove": [], "preview": false});
        self.service.by("clerk", "POST", "/api/v1/cases/tags", &[], Some(&tags)).expect(200);
    }

    /// Everything that opens a door, used once and collected.
    pub fn signs_in(&mut self) {
        let login = json!({"login": "auditor", "password": PASSWORD});
        let tokens = self.service.public("POST", "/api/v1/auth/login", None, Some(&login)).expect(200);
        for name in ["access_token", "refresh_token"] {
            self.secret(name, tokens[name].as_str().unwrap());
        }
        let renewed = json!({"refresh_token": tokens["refresh_token"]});
        let tokens = self.service.public("POST", "/api/v1/auth/refresh", None, Some(&renewed)).expect(200);
        let refresh = self.secret("a second refresh_token", tokens["refresh_token"].as_str().unwrap());
        // Sent a second time: an attack, and something worth a line in the log.
        self.service.public("POST", "/api/v1/auth/refresh", None, Some(&renewed)).expect(401);
        self.service.public("POST", "/api/v1/auth/refresh", None, Some(&json!({"refresh_token": refresh}))).expect(401);
        let wrong = self.secret("a password mistyped", "wrong-horse-q7x4-battery");
        let new = self.secret("a new password", "fresh-horse-q7x4-battery");
        let first = self.secret("a first password", "first-horse-q7x4-battery");
        let mistyped = json!({"login": "auditor", "password": wrong});
        self.service.public("POST", "/api/v1/auth/login", None, Some(&mistyped)).expect(401);
        // Typed into the wrong field.
        let misplaced = json!({"login": new, "password": "x"});
        self.service.public("POST", "/api/v1/auth/login", None, Some(&misplaced)).expect(401);
        let change = json!({"current": PASSWORD, "new": new});
        let told = self.service.by("auditor", "POST", "/api/v1/me/password", &[], Some(&change));
        assert!(told.status < 300, "{:#}", told.body);
        let account = json!({
            "login": "novice", "name": "新人", "password": first, "agency": "yunhe", "roles": ["handler"]
        });
        self.service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&account)).expect(201);
        let browser = Visitor::signed_in(&self.service, "clerk");
        let cookie = browser.cookie("dafu_session").unwrap().to_owned();
        self.secret("the cookie of a sign-in", &cookie);
        for login in ["clerk", "handler", "admin", "reviewer"] {
            let token = self.service.token(login);
            // Head and claims are alike for many; the signature is what makes it good.
            let signature = token.rsplit('.').next().unwrap().to_owned();
            self.secret(&format!("a token of {login}"), &signature);
        }
        // Wrong codes, wrong tokens: a refusal tells of them as little as a success.
        let stray = self.secret("a wrong code", "ABCDE-FGHJK-Q7X4Z-STRAY");
        self.service.public("GET", "/api/v1/public/applications/YUNHE-2020-000001", Some(&stray), None).expect(401);
        let forged = self.secret("a forged token", "eyJhbGciOiJFZERTQSJ9.q7x4.forged");
        self.service.send("GET", "/api/v1/me", &[("Authorization", &format!("Bearer {forged}"))], None).expect(401);
    }

    /// The link to all that one has applied for, from the mail, and the pass it is exchanged for.
    pub fn opens_all(&mut self, address: &str) {
        self.public("mine", &json!({"email": address}));
        let text = self.letter(address, "/mine/");
        let link = text.split("/mine/").nth(1).unwrap();
        let link: String = link.chars().take_while(|one| !one.is_whitespace()).collect();
        Visitor::new(&self.service).get(&format!("/mine/{link}")).expect(200);
        self.secret("the link in a mail", &link);
        let pass = self.public("mine/pass", &json!({"link": link}))["pass"].as_str().unwrap().to_owned();
        self.service.send("GET", "/api/v1/public/mine", &[("X-Mine-Pass", &pass)], None).expect(200);
        self.secret("the pass to everything", &pass);
    }
}
