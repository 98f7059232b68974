//! What a notice says, in both languages: on pages, and wherever else people are told.

use kernel::Text;

use crate::notice::Happened;

impl Happened {
    /// One sentence; titles and names stand in it as they were.
    pub fn text(&self) -> Text {
        let (zh, en) = match self {
            Self::PlanSubmitted { training } => (
                format!("“{training}”的方案等待审批"),
                format!("The plan of “{training}” waits for your decision"),
            ),
            Self::PlanApproved { training } => {
                (format!("“{training}”的方案已获批准"), format!("The plan of “{training}” is approved"))
            }
            Self::PlanReturned { training } => (
                format!("“{training}”的方案被退回，请查看原因"),
                format!("The plan of “{training}” came back; please see why"),
            ),
            Self::StaffInvited { training } => (
                format!("邀请您参加“{training}”的指导工作，请答复"),
                format!("You are asked to help lead “{training}”; please answer"),
            ),
            Self::InvitationAccepted { training, person } => (
                format!("{person}接受了“{training}”的邀请"),
                format!("{person} accepted the invitation to “{training}”"),
            ),
            Self::InvitationDeclined { training, person } => (
                format!("{person}谢绝了“{training}”的邀请"),
                format!("{person} declined the invitation to “{training}”"),
            ),
            Self::StaffLeft { training, person } => (
                format!("{person}不再担任“{training}”的助教或专家，请安排人接替"),
                format!("{person} no longer helps lead “{training}”; somebody else may be needed"),
            ),
            Self::StaffEnded { training } => (
                format!("您在“{training}”的工作已由负责人结束，请查看原因"),
                format!("Your part in “{training}” was ended by its lead; please see why"),
            ),
            Self::LeadNamed { training } => {
                (format!("您已被任命为“{training}”的负责人"), format!("You now lead “{training}”"))
            }
            Self::LeadEnded { training, reason } => (
                format!("您不再担任“{training}”的负责人。原因：{reason}"),
                format!("You no longer lead “{training}”. Why: {reason}"),
            ),
            Self::ClassDismissed { training, class, reason } => (
                format!("您已被撤下，不再带“{training}”的{class}。原因：{reason}"),
                format!("You were taken from {class} of “{training}” and no longer lead it. Why: {reason}"),
            ),
            Self::ClassWithoutAssistant { training, class } => (
                format!("“{training}”的{class}没有助教了，请安排一名"),
                format!("{class} of “{training}” has no assistant any more; please assign one"),
            ),
            Self::ClassWithoutExpert { training, class } => (
                format!("“{training}”的{class}没有专家了，请安排一名"),
                format!("{class} of “{training}” has no expert any more; please assign one"),
            ),
            Self::LearnerLeft { training, person } => (
                format!("{person}已退出“{training}”，请查看原因"),
                format!("{person} has left “{training}”; please see why"),
            ),
            Self::LearnerTakenOut { training, person } => (
                format!("{person}在“{training}”的学习已由另一位负责人终止，请查看原因"),
                format!("Another lead ended {person}'s place in “{training}”; please see why"),
            ),
            Self::LearnerRemoved { training } => (
                format!("您在“{training}”的学习已由负责人终止，请查看原因"),
                format!("Your place in “{training}” was ended by its lead; please see why"),
            ),
            Self::RecommendationWanted { training, person } => (
                format!("{person}申请参加“{training}”，请您推荐"),
                format!("{person} applies for “{training}” and asks for your recommendation"),
            ),
            Self::Admitted { training } => {
                (format!("您已被“{training}”录取"), format!("You are admitted to “{training}”"))
            }
            Self::Waitlisted { training } => (
                format!("您在“{training}”的候补名单上"),
                format!("You are on the waiting list of “{training}”"),
            ),
            Self::Rejected { training } => (
                format!("“{training}”这次没有录取您，请查看原因"),
                format!("“{training}” could not admit you this time; please see why"),
            ),
            Self::ClassPublished { training, class } => {
                (format!("“{training}”分班结果公布：{class}"), format!("Your class in “{training}”: {class}"))
            }
            Self::CharterSettled { class } => (
                format!("{class}的班级契约已定稿，请读一读并签署"),
                format!("The charter of {class} is settled; please read and sign it"),
            ),
            Self::CharterChanged { class } => (
                format!("{class}的班级契约有了新版本，请读一读并重新签署"),
                format!("The charter of {class} has a new version; please read it and sign again"),
            ),
            Self::ListReady { training, week } => (
                format!("“{training}”第 {week} 周任务单已就绪，请发布给您的班级"),
                format!(
                    "The tasks of week {week} of “{training}” are ready; please publish them to your class"
                ),
            ),
            Self::ListPublished { training, week } => (
                format!("“{training}”第 {week} 周任务单已发布"),
                format!("The tasks of week {week} of “{training}” are published"),
            ),
            Self::ListCorrected { training, week } => (
                format!("“{training}”第 {week} 周任务单有更正，请看更正说明"),
                format!("The tasks of week {week} of “{training}” were corrected; please see what changed"),
            ),
            Self::Announced { class, title } => {
                (format!("{class}有新公告：{title}"), format!("New announcement in {class}: {title}"))
            }
            Self::QuestionAsked { class, topic } => {
                (format!("{class}有人提问：{topic}"), format!("A question in {class}: {topic}"))
            }
            Self::QuestionAnswered { topic } => {
                (format!("您的提问“{topic}”有了回答"), format!("Your question “{topic}” has an answer"))
            }
            Self::WorkReviewed { task } => (format!("“{task}”已评阅"), format!("“{task}” was reviewed")),
            Self::WorkReturned { task, last_day } => {
                let day = Text::of_date(*last_day);
                (
                    format!("“{task}”请修改后重新提交，最晚{}", day.zh),
                    format!("Please improve “{task}” and hand it in again, by {} at the latest", day.en),
                )
            }
            Self::BatchSubmitted { training } => (
                format!("“{training}”的证书名单等待审批"),
                format!("The certificates of “{training}” wait for your decision"),
            ),
            Self::BatchApproved { training } => (
                format!("“{training}”的证书名单已获批准"),
                format!("The certificates of “{training}” are approved"),
            ),
            Self::BatchReturned { training } => (
                format!("“{training}”的证书名单被退回，请查看原因"),
                format!("The certificates of “{training}” came back; please see why"),
            ),
            Self::CertificateIssued { training } => {
                (format!("“{training}”的证书已颁发"), format!("Your certificate for “{training}” is issued"))
            }
            Self::CertificateReplaced { training } => (
                format!("“{training}”的证书已更正换发，请使用新证书，原来的一份已作废"),
                format!(
                    "Your certificate for “{training}” was corrected: please use the new one, the one before is void"
                ),
            ),
            Self::CertificateRevoked { training } => (
                format!("“{training}”的证书已撤销，请查看原因"),
                format!("Your certificate for “{training}” was revoked; please see why"),
            ),
            Self::ChangeProposed { training, person } => (
                format!("{person}的证书（“{training}”）有一项变更等您确认"),
                format!("A change to the certificate of {person} (“{training}”) waits for your decision"),
            ),
            Self::ChangeConfirmed { training, person } => (
                format!("您对{person}的证书（“{training}”）提出的变更已确认"),
                format!("Your change to the certificate of {person} (“{training}”) is confirmed"),
            ),
            Self::ChangeRefused { training, person } => (
                format!("您对{person}的证书（“{training}”）提出的变更未获同意，请查看原因"),
                format!(
                    "Your change to the certificate of {person} (“{training}”) was refused; please see why"
                ),
            ),
            Self::PhoneChanged { from, to } => (
                format!(
                    "您的登录手机号已由管理人员从 {from} 改为 {to}，原来的密码随之失效。如果不是您要求的，请马上联系您的学校"
                ),
                format!(
                    "Your office changed the phone you sign in with from {from} to {to}, and the earlier password ended. \
                     If you did not ask for it, tell your school at once"
                ),
            ),
            Self::PhoneGiven { to } => (
                format!(
                    "管理人员为您登记了登录手机号 {to}，原来的密码随之失效。如果不是您要求的，请马上联系您的学校"
                ),
                format!(
                    "Your office entered the phone {to} for you to sign in with, and the earlier password ended. \
                     If you did not ask for it, tell your school at once"
                ),
            ),
            Self::PhoneTaken { from } => (
                format!(
                    "管理人员去掉了您的登录手机号 {from}，原来的密码随之失效。如果不是您要求的，请马上联系您的学校"
                ),
                format!(
                    "Your office took the phone {from} you sign in with away, and the earlier password ended. \
                     If you did not ask for it, tell your school at once"
                ),
            ),
            Self::FormerSignIn { person, changed_on } => {
                let day = Text::of_date(*changed_on);
                (
                    format!(
                        "有人用{person}原来的手机号或账号和原来的密码登录，没有登录成功。这个人的手机号在{}改过，请打电话向本人核实",
                        day.zh
                    ),
                    format!(
                        "Somebody tried to sign in with the earlier phone or account name and password of {person}, whose phone was changed \
                         on {}, and was not let in. Please call {person} to check that change",
                        day.en
                    ),
                )
            }
        };
        Text::new(zh, en)
    }
}

/// Said of a notice whose kind or words this program does not know, as while another version runs beside it.
pub(crate) fn of_unknown() -> Text {
    Text::new("有一条新通知，请点开查看。", "There is something new; open it to see.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_says_what_happened_to_whom_in_both_languages() {
        let asked =
            Happened::RecommendationWanted { training: "复式教学".into(), person: "王老师".into() };
        assert_eq!(asked.text().zh, "王老师申请参加“复式教学”，请您推荐");
        assert_eq!(asked.text().en, "王老师 applies for “复式教学” and asks for your recommendation");
        let list = Happened::ListPublished { training: "复式教学".into(), week: 3 };
        assert_eq!(list.text().zh, "“复式教学”第 3 周任务单已发布");
    }
}
