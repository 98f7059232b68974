//! Each error of this area for the reader: status, stable code, what happened and what to do.

use http::StatusCode;
use http_kit::{Problem, edit_conflict, not_found};
use kernel::{Text, TimeZone, Timestamp};
use serde_json::json;

use crate::access::denied;
use crate::authenticator::over;
use crate::error::{FirstUseError, GrantError, OrgUnitError, PasswordError, PersonError, SignInError};
use crate::model::password::{LONGEST, SHORTEST, WeakPassword};
use crate::model::probes::Enough;
use crate::passwords::Busy;

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Refused => Self::new(
                StatusCode::UNAUTHORIZED,
                "sign_in.refused",
                "手机号、账号或密码不对，或者这个账号最近尝试次数过多。请核对后再试；如果确信无误，请过一会儿再试，或请您的学校、项目负责人给您一个一次性的启用链接。",
                "Phone, account name or password is wrong, or there were too many tries at this account lately. Please check them; \
                 if you are sure, try again later or ask those who run it for a one-time link.",
            ),
            SignInError::Disabled => Self::forbidden(
                "sign_in.disabled",
                "这个账号已停用，请联系管理员。",
                "This account is disabled; please ask the administrator.",
            ),
            SignInError::PhoneChanged(at) => phone_changed(at),
            SignInError::Wait(seconds) => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "sign_in.wait",
                format!("尝试次数过多，请 {seconds} 秒后再试。"),
                format!("Too many attempts; please wait {seconds} seconds."),
            )
            .retry_after(seconds)
            .extra(json!({ "seconds": seconds })),
            SignInError::Busy(busy) => busy.into(),
            SignInError::Storage(error) => error.into(),
        }
    }
}

/// To the owner of what opened the account before, and to nobody else.
fn phone_changed(at: Timestamp) -> Problem {
    let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("the zone data is part of the binary");
    let day = Text::of_date(at.date_in(&zone));
    Problem::forbidden(
        "sign_in.phone_changed",
        format!(
            "这个账号的手机号已于 {} 由管理单位更改，原来的密码不能再用。如果您知道这次更改，请向学校要一个启用链接；如果不是您要求的，\
             请马上给您的学校或县（市）教育局打电话核实。",
            day.zh
        ),
        format!(
            "On {} the office changed the phone of this account, and the earlier password ended. If you know of it, ask your school for a \
             new link. If that was not you, call your school or the county's education office at once.",
            day.en
        ),
    )
    .extra(json!({ "changed_at": at }))
}

impl From<Busy> for Problem {
    fn from(_: Busy) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "sign_in.busy",
            "现在登录的人很多，请过几秒再试。",
            "Many people are signing in right now; please try again in a few seconds.",
        )
        .retry_after(3)
    }
}

impl From<FirstUseError> for Problem {
    fn from(error: FirstUseError) -> Self {
        match error {
            FirstUseError::NoSuchLink => Self::new(
                StatusCode::NOT_FOUND,
                "first_use.no_such_link",
                "这个链接已经用过、过期或不完整。请联系给您链接的人重新发送。",
                "This link was used, is over, or is not complete. Please ask whoever sent it for a new one.",
            ),
            FirstUseError::Weak(why) => weak(why),
            FirstUseError::Wait(seconds) => SignInError::Wait(seconds).into(),
            FirstUseError::Busy(busy) => busy.into(),
            FirstUseError::Vault(error) => Self::internal(&error),
            FirstUseError::Storage(error) => error.into(),
        }
    }
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Wrong => Self::unprocessable(
                "password.wrong",
                "现在的密码不对，密码没有改。",
                "The current password is wrong; nothing was changed.",
            )
            .field("/current", "wrong", "密码不对。", "This is not your password."),
            PasswordError::Same => Self::unprocessable(
                "password.same",
                "新密码和现在的一样，请换一个。",
                "The new password is the current one; please choose another.",
            )
            .field("/password", "same", "和现在的密码一样。", "This is your current password."),
            PasswordError::SignedOut => over(),
            PasswordError::SignIn(error) => error.into(),
            PasswordError::New(error) => error.into(),
        }
    }
}

fn weak(why: WeakPassword) -> Problem {
    let (code, zh, en) = match why {
        WeakPassword::TooShort => (
            "too_short",
            format!("太短了，至少 {SHORTEST} 个字符。"),
            format!("Too short: at least {SHORTEST} characters."),
        ),
        WeakPassword::TooLong => (
            "too_long",
            format!("太长了，最多 {LONGEST} 个字符。"),
            format!("Too long: at most {LONGEST} characters."),
        ),
        WeakPassword::Common => (
            "common",
            "这个密码太常见，很容易被猜到。".to_owned(),
            "This password is among the first that are tried.".to_owned(),
        ),
        WeakPassword::Personal => (
            "personal",
            "请不要用姓名、账号、手机号或身份证号做密码。".to_owned(),
            "Please do not use your name, account, phone or identity number.".to_owned(),
        ),
    };
    Problem::unprocessable("first_use.weak_password", "请换一个密码。", "Please choose another password.")
        .field("/password", code, zh, en)
}

impl From<Enough> for Problem {
    fn from(Enough { seconds }: Enough) -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "person.too_many_elsewhere",
            "您最近一小时里查到的、登记在您管理范围以外的号码太多，或上传的名单太多。请过一会儿再试，或联系上级。",
            "In the last hour you met too many numbers that are registered outside your reach, or sent too many rosters. \
             Please try again later or ask those above.",
        )
        .retry_after(seconds)
    }
}

impl From<PersonError> for Problem {
    fn from(error: PersonError) -> Self {
        match error {
            PersonError::NoSuchPerson => not_found(),
            PersonError::NotBelow => denied(),
            PersonError::NoSuchUnit => no_such_unit("person.no_such_unit"),
            PersonError::PhoneTaken => Self::conflict(
                "person.phone_taken",
                "这个手机号已经登记给别人。",
                "Somebody else is registered with this phone number.",
            )
            .field("/phone", "taken", "这个手机号已经登记。", "This number is registered."),
            PersonError::IdentityNumberTaken => Self::conflict(
                "person.identity_number_taken",
                "这个身份证号已经登记给别人。",
                "Somebody else is registered with this identity number.",
            )
            .field(
                "/identity_number",
                "taken",
                "这个身份证号已经登记。",
                "This number is registered.",
            ),
            PersonError::BornAtNoTime => Self::unprocessable(
                "person.born_at_no_time",
                "身份证号里的出生日期不可能，请核对。",
                "The identity number names an impossible date of birth.",
            )
            .field(
                "/identity_number",
                "birth_date",
                "出生日期还没到，或早于 100 年前。",
                "The date of birth is yet to come, or lies more than 100 years back.",
            ),
            PersonError::AccountNameTaken => Self::conflict(
                "person.account_name_taken",
                "这个账号名已被使用。",
                "This account name is taken.",
            ),
            PersonError::Enough(enough) => enough.into(),
            PersonError::LastAdministrator => last_administrator(),
            PersonError::Oneself => Self::conflict(
                "person.oneself",
                "不能停用自己的账号。",
                "You cannot disable your own account.",
            ),
            PersonError::Disabled => Self::conflict(
                "person.disabled",
                "这个账号已停用，请先启用。",
                "This account is disabled; enable it first.",
            ),
            PersonError::DisabledAbove => Self::forbidden(
                "person.disabled_above",
                "这个账号由上级停用，只能由上级恢复。",
                "This account was disabled by those above; only they enable it again.",
            ),
            PersonError::Stale => edit_conflict(),
            PersonError::Vault(error) => Self::internal(&error),
            PersonError::Storage(error) => error.into(),
        }
    }
}

fn no_such_unit(code: &'static str) -> Problem {
    Problem::unprocessable(code, "请选择您管理范围内的单位。", "Please choose a unit within your reach.")
        .field(
            "/org_unit_id",
            "unknown",
            "没有这个单位，或不在您的管理范围内。",
            "There is no such unit within your reach.",
        )
}

fn last_administrator() -> Problem {
    Problem::conflict(
        "grant.last_administrator",
        "系统至少需要一位管理员。",
        "The system needs at least one administrator.",
    )
}

impl From<OrgUnitError> for Problem {
    fn from(error: OrgUnitError) -> Self {
        match error {
            OrgUnitError::NoSuchUnit => not_found(),
            OrgUnitError::NotYours => denied(),
            OrgUnitError::WrongLevel => Self::unprocessable(
                "org_unit.wrong_level",
                "这一级单位不能放在这里。",
                "A unit of this level cannot stand here.",
            )
            .field(
                "/level",
                "wrong",
                "顺序是：省、市、县、中心校、教学点。",
                "The order is province, city, county, central school, teaching point.",
            ),
            OrgUnitError::NameTaken => Self::conflict(
                "org_unit.name_taken",
                "这里已有同名单位。",
                "There is a unit of this name here already.",
            )
            .field("/name", "taken", "已有同名单位。", "This name is taken."),
            OrgUnitError::CodeTaken => Self::conflict(
                "org_unit.code_taken",
                "这个代码已被别的单位使用。",
                "Another unit has this code.",
            )
            .field("/code", "taken", "代码已被使用。", "This code is taken."),
            OrgUnitError::Stale => edit_conflict(),
            OrgUnitError::Storage(error) => error.into(),
        }
    }
}

impl From<GrantError> for Problem {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::NoSuchGrant => not_found(),
            GrantError::NoSuchPerson => Self::unprocessable(
                "grant.no_such_person",
                "请选择您管理范围内的人员。",
                "Please choose a person within your reach.",
            )
            .field(
                "/person_id",
                "unknown",
                "没有这个人，或不在您的管理范围内。",
                "There is no such person within your reach.",
            ),
            GrantError::NoSuchUnit => no_such_unit("grant.no_such_unit"),
            GrantError::WrongScope => Self::unprocessable(
                "grant.wrong_scope",
                "这个角色不能授予在这个范围上。",
                "This role does not fit this scope.",
            )
            .field(
                "/org_unit_id",
                "wrong",
                "系统管理员不选单位，其他角色必须选单位。",
                "The administrator has no unit; every other role needs one.",
            ),
            GrantError::WrongKind => Self::unprocessable(
                "grant.wrong_kind",
                "负责人只能任命在中心校或教学点上。",
                "A head is named over a central school or a teaching point.",
            )
            .field(
                "/org_unit_id",
                "wrong_kind",
                "请选择中心校或教学点。",
                "Please choose a central school or a teaching point.",
            ),
            GrantError::NotYours => denied(),
            GrantError::LastAdministrator => last_administrator(),
            GrantError::Storage(error) => error.into(),
        }
    }
}
