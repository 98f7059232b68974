//! What went wrong, for the reader.

use http::StatusCode;
use http_kit::{Problem, edit_conflict, not_found};
use kernel::id::BatchEntryId;

use crate::checking::Busy;
use crate::error::{BatchActionError, ChangeError, CheckError, IssueError};
use crate::issuing::{Flaw, NoFont};
use crate::model::{
    BatchError, CertificateError, ChangeRule, Field, ReasonError, RevocationError, SerialError,
};

impl From<BatchActionError> for Problem {
    fn from(error: BatchActionError) -> Self {
        match error {
            BatchActionError::NoSuchBatch => not_found(),
            BatchActionError::NobodyWaiting => Self::conflict(
                "certificate.nobody_waiting",
                "没有等待发证的学员：要么还没有人结业，要么都已经在批次里。",
                "Nobody waits for a certificate: nobody has passed yet, or all are in a batch.",
            ),
            BatchActionError::TrainingRuns => Self::conflict(
                "certificate.training_runs",
                "培训还没有结束，成绩可能变动。请先结束培训，再生成证书批次。",
                "The training is not closed yet and its results may change; close it first, then make a batch.",
            ),
            BatchActionError::HeldElsewhere => Self::conflict(
                "certificate.already_proposed",
                "有学员刚刚被放进另一个批次，请刷新后再试。",
                "Another batch has just taken some of these learners; please reload and try again.",
            ),
            BatchActionError::Stale => edit_conflict(),
            BatchActionError::Flaws(flaws) => flaws.iter().fold(
                Self::unprocessable(
                    "certificate.unprintable",
                    "有几位学员的证书无法打印，请先移出他们，或在人员信息里更正姓名：更正后的姓名会自动用在这里。",
                    "Some certificates cannot be printed; take them out, or correct the names of these people: the batch takes them over.",
                ),
                |problem, (entry, name, flaw)| flawed(problem, *entry, name, flaw),
            ),
            BatchActionError::ResultsChanged(changed) => changed.iter().fold(
                Self::conflict(
                    "certificate.results_changed",
                    "有学员的成绩在批次生成之后变了，请移出他们，再生成新的批次。",
                    "Some results have changed since this batch was made; take these learners out and make a new batch.",
                ),
                |problem, (entry, name)| {
                    problem.field(
                        format!("/entries/{entry}"),
                        "result_changed",
                        format!("{name}：成绩已变动。"),
                        format!("{name}: the result has changed."),
                    )
                },
            ),
            BatchActionError::Rule(rule) => batch_rule(rule),
            BatchActionError::Reason(error) => reason(error),
            BatchActionError::NoFont(error) => no_font(error),
            BatchActionError::Storage(error) => error.into(),
        }
    }
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NoSuchCertificate | ChangeError::NoSuchChange => not_found(),
            ChangeError::AlreadyProposed => Self::conflict(
                "certificate.change_pending",
                "这份证书已有一项变更在等待确认，请先处理那一项。",
                "A change of this certificate waits to be decided already; that one comes first.",
            ),
            ChangeError::Stale => edit_conflict(),
            ChangeError::Rule(rule) => change_rule(rule),
            ChangeError::NothingCorrected => Self::unprocessable(
                "certificate.nothing_corrected",
                "新证书和旧证书内容相同，没有需要更正的地方。",
                "The new certificate says the same as the old one; there is nothing to correct.",
            ),
            ChangeError::Credits => {
                let (zh, en) = (
                    "学分应当是 0.1 至 360 之间、最多带一位小数的数。",
                    "Credits are a number from 0.1 to 360 with at most one decimal.",
                );
                Self::unprocessable("certificate.credits", zh, en).field("/credits", "form", zh, en)
            }
            ChangeError::Flaw(flaw) => unprintable(&flaw),
            ChangeError::Ended(RevocationError::AlreadyRevoked | RevocationError::ReplacedByItself) => {
                Self::conflict(
                    "certificate.already_revoked",
                    "这份证书已经撤销。",
                    "This certificate is revoked already.",
                )
            }
            ChangeError::Reason(error) => reason(error),
            ChangeError::NoFont(error) => no_font(error),
            ChangeError::Issue(IssueError::Storage(error)) => error.into(),
            ChangeError::Issue(IssueError::Fields(error)) => unprintable(&Flaw::Fields(error)),
            ChangeError::Issue(error) => Self::internal(&error),
        }
    }
}

impl From<CheckError> for Problem {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Unreadable => Self::unprocessable(
                "certificate.unreadable",
                "这个文件读不出证书，可能不是证书，也可能不完整。请上传证书的 PDF 文件或签名凭证（.jwt），或改用编号和校验码查验。",
                "No certificate can be read from this file: it may be none, or not be whole. Please choose the certificate's PDF or its signed \
                 credential (.jwt), or verify by number and key.",
            ),
            CheckError::NoCredential => Self::unprocessable(
                "certificate.no_credential",
                "这个 PDF 里没有签名凭证，可能是扫描件或另存的副本。请改用证书编号和校验码查验。",
                "This PDF carries no signed credential; it may be a scan or a copy saved anew. Please verify by number and key.",
            ),
            CheckError::UnknownIssuer => Self::unprocessable(
                "certificate.unknown_issuer",
                "这份证书不是本平台签发的。",
                "This certificate was not issued here.",
            ),
            CheckError::Altered => Self::unprocessable(
                "certificate.altered",
                "这份证书被改动过，与签发时的内容不一致，不可采信。",
                "This certificate was altered: it is not what was issued, and must not be trusted.",
            ),
            CheckError::FromTheFuture => Self::unprocessable(
                "certificate.from_the_future",
                "按本服务器的时钟，这份证书的签发时间还没有到。签名没有问题，请联系本站管理员核对服务器时间。",
                "By the clock of this server, the certificate is dated in the future. Its signature is good; please ask those who run this \
                 site to check the server's time.",
            ),
            CheckError::NotRegistered => Self::unprocessable(
                "certificate.not_registered",
                "签名有效，但登记簿里没有这份证书，请联系发证单位核实。",
                "The signature is good, but the certificate is not in the register; please ask the issuer.",
            ),
            CheckError::TooLarge => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "certificate.file_too_large",
                "这个文件比任何证书都大，可能是扫描件。请改用证书编号和校验码查验。",
                "This file is larger than any certificate; it may be a scan. Please verify by number and key.",
            ),
            CheckError::Busy(Busy) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "certificate.busy",
                "现在查验的人很多，请过几秒再试。用编号和校验码查验不必等待。",
                "Many files are being verified right now; please try again in a few seconds. Verifying by number and key does not wait.",
            )
            .retry_after(5),
            CheckError::Storage(error) => error.into(),
        }
    }
}

/// The number was typed wrong; the check character tells.
pub(super) fn not_a_serial(error: SerialError) -> Problem {
    match error {
        SerialError::Form => Problem::unprocessable(
            "certificate.serial_form",
            "证书编号的格式不对，应当像 2026-K3M8Q-0042-R 这样。",
            "This is not a certificate number; it looks like 2026-K3M8Q-0042-R.",
        ),
        SerialError::CheckCharacter => Problem::unprocessable(
            "certificate.serial_mistyped",
            "证书编号有一位不对，请对照证书再输入一次。",
            "One character of the number is wrong; please compare it with the certificate.",
        ),
    }
}

pub(super) fn no_such_certificate() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "certificate.not_found",
        "没有编号和校验码都相符的证书，请对照证书再输入一次。",
        "There is no certificate with this number and key; please compare both with the certificate.",
    )
}

fn change_rule(rule: ChangeRule) -> Problem {
    match rule {
        ChangeRule::OwnCertificate => Problem::forbidden(
            "certificate.own",
            "不能处理自己的证书，请由其他人办理。",
            "Nobody proposes or decides anything about their own certificate; somebody else has to.",
        ),
        ChangeRule::ProposerDecides => Problem::forbidden(
            "certificate.own_change",
            "提出变更的人不能确认或拒绝这项变更，请由其他人处理。",
            "Whoever proposed a change does not decide it; somebody else has to.",
        ),
        ChangeRule::NotProposer => Problem::forbidden(
            "certificate.not_proposer",
            "只有提出变更的人可以撤回。",
            "Only whoever proposed a change can withdraw it.",
        ),
        ChangeRule::AlreadyDecided => Problem::conflict(
            "certificate.already_decided",
            "已经有人作出决定，请刷新后查看。",
            "Somebody has decided this already; please reload.",
        ),
    }
}

fn batch_rule(rule: BatchError) -> Problem {
    match rule {
        BatchError::NoSuchEntry => not_found(),
        BatchError::SubmitterDecides => Problem::forbidden(
            "certificate.own_batch",
            "提交批次的人不能审批这个批次，请由其他人审批。",
            "Whoever handed a batch in does not decide it; somebody else has to.",
        ),
        BatchError::LearnerDecides => Problem::forbidden(
            "certificate.own",
            "不能审批自己的证书，请由其他人审批。",
            "Nobody decides about their own certificate; somebody else has to.",
        ),
        BatchError::AlreadyDecided | BatchError::AlreadyIssued => Problem::conflict(
            "certificate.already_decided",
            "已经有人作出决定，请刷新后查看。",
            "Somebody has decided this already; please reload.",
        ),
        BatchError::NotDraft => Problem::conflict(
            "certificate.not_draft",
            "批次已经提交，不能再修改。",
            "The batch has been handed in and can no longer be changed.",
        ),
        BatchError::NotSubmitted => Problem::conflict(
            "certificate.not_submitted",
            "批次还没有提交，不能审批。",
            "The batch has not been handed in yet.",
        ),
        BatchError::NotDecided => Problem::conflict(
            "certificate.not_decided",
            "批次还没有审批完。",
            "The batch is not decided to its end yet.",
        ),
        BatchError::Empty => {
            Problem::conflict("certificate.empty_batch", "批次里没有学员。", "The batch has no learners.")
        }
        BatchError::Full | BatchError::AlreadyProposed => Problem::conflict(
            "certificate.already_proposed",
            "学员已经在批次里，或者批次已满 500 人。",
            "The learner is in a batch already, or the batch is full with 500.",
        ),
        BatchError::NothingApproved => Problem::conflict(
            "certificate.nothing_approved",
            "批次里没有批准的学员，无证书可发。",
            "No entry of the batch was approved; there is nothing to issue.",
        ),
    }
}

fn reason(error: ReasonError) -> Problem {
    let (code, zh, en) = match error {
        ReasonError::Empty => ("required", "请写明原因。", "Please give a reason."),
        ReasonError::TooLong => ("too_long", "原因最多 500 个字。", "A reason has at most 500 characters."),
    };
    Problem::unprocessable("certificate.reason", zh, en).field("/reason", code, zh, en)
}

fn no_font(_: NoFont) -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "certificate.no_font",
        "服务器没有安装中文字体，暂时无法制作证书，请联系管理员。",
        "The server has no Chinese font, so certificates cannot be made; please tell the administrator.",
    )
}

fn flawed(problem: Problem, entry: BatchEntryId, name: &str, flaw: &Flaw) -> Problem {
    let (zh, en) = flaw_text(flaw);
    let code = match flaw {
        Flaw::MissingGlyphs(_) => "missing_glyphs",
        Flaw::Fields(_) => "unprintable",
    };
    problem.field(format!("/entries/{entry}"), code, format!("{name}：{zh}"), format!("{name}: {en}"))
}

/// What a corrected certificate may not say, at the field where it stands.
fn unprintable(flaw: &Flaw) -> Problem {
    let (zh, en) = flaw_text(flaw);
    let problem = Problem::unprocessable("certificate.unprintable", zh.clone(), en.clone());
    match pointer(flaw) {
        Some(pointer) => problem.field(pointer, "unprintable", zh, en),
        None => problem,
    }
}

fn pointer(flaw: &Flaw) -> Option<String> {
    let Flaw::Fields(error) = flaw else { return None };
    match error {
        CertificateError::Empty(field)
        | CertificateError::TooLong { field, .. }
        | CertificateError::Control(field) => Some(format!("/{field}")),
        CertificateError::EndsBeforeStart => Some("/ends_on".to_owned()),
        CertificateError::IssuedBeforeStart => Some("/starts_on".to_owned()),
        CertificateError::NoHours => Some("/hours".to_owned()),
        CertificateError::UnknownGrade => Some("/grade".to_owned()),
    }
}

fn flaw_text(flaw: &Flaw) -> (String, String) {
    match flaw {
        Flaw::MissingGlyphs(glyphs) => {
            let glyphs: String = glyphs.iter().collect();
            (format!("字体里没有这些字：{glyphs}"), format!("the font lacks {glyphs}"))
        }
        Flaw::Fields(error) => {
            let zh = match error {
                CertificateError::Empty(field) => format!("{}是空的", field_zh(*field)),
                CertificateError::TooLong { field, limit } => {
                    format!("{}超过 {limit} 个字", field_zh(*field))
                }
                CertificateError::Control(field) => format!("{}里有换行或控制字符", field_zh(*field)),
                CertificateError::EndsBeforeStart => "培训结束日期早于开始日期".to_owned(),
                CertificateError::IssuedBeforeStart => "培训开始日期晚于发证当天".to_owned(),
                CertificateError::NoHours => "学时是 0".to_owned(),
                CertificateError::UnknownGrade => "成绩等级不对".to_owned(),
            };
            (zh, error.to_string())
        }
    }
}

const fn field_zh(field: Field) -> &'static str {
    match field {
        Field::LearnerName => "姓名",
        Field::TrainingTitle => "培训名称",
        Field::AssessedBy => "考核单位名称",
        Field::IssuerName => "发证单位名称",
    }
}
