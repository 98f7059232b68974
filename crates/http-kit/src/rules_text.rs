//! The texts of field rules in both languages. A text travels through garde as `code␟Chinese␟English`.

use std::borrow::Cow;
use std::fmt::Display;

use garde::i18n::{I18n, InvalidCreditCard, InvalidEmail, InvalidPhoneNumber, InvalidUrl, IpKind};
use kernel::Text;

const SEPARATOR: char = '\u{1f}';

/// A rule's own text, for `#[garde(custom(...))]` functions: `Err(rule("not_a_zone", "…", "…"))`.
pub fn rule(code: &str, zh: &str, en: &str) -> garde::Error {
    garde::Error::new(pack(code, zh, en))
}

pub(crate) fn unpack(message: &str) -> (String, Text) {
    let mut pieces = message.split(SEPARATOR);
    match (pieces.next(), pieces.next(), pieces.next()) {
        (Some(code), Some(zh), Some(en)) => (code.to_owned(), Text::new(zh, en)),
        _ => ("invalid".to_owned(), Text::new("这一项填写得不对。", message)),
    }
}

fn pack(code: &str, zh: &str, en: &str) -> String {
    format!("{code}{SEPARATOR}{zh}{SEPARATOR}{en}")
}

fn packed<'a>(code: &str, zh: &str, en: &str) -> Cow<'a, str> {
    Cow::Owned(pack(code, zh, en))
}

pub(crate) struct BothLanguages;

impl I18n for BothLanguages {
    fn length_lower_than(&self, min: usize) -> Cow<'static, str> {
        if min == 1 {
            return packed("required", "请填写这一项。", "Please fill this in.");
        }
        packed(
            "too_short",
            &format!("太短了，至少 {min} 个字（项）。"),
            &format!("Too short: at least {min}."),
        )
    }
    fn length_greater_than(&self, max: usize) -> Cow<'static, str> {
        packed("too_long", &format!("太长了，最多 {max} 个字（项）。"), &format!("Too long: at most {max}."))
    }
    fn range_lower_than(&self, min: &dyn Display) -> Cow<'static, str> {
        packed("too_small", &format!("不能小于 {min}。"), &format!("Must be {min} or more."))
    }
    fn range_greater_than(&self, max: &dyn Display) -> Cow<'static, str> {
        packed("too_large", &format!("不能大于 {max}。"), &format!("Must be {max} or less."))
    }
    fn credit_card_invalid(&self, _: InvalidCreditCard) -> Cow<'static, str> {
        packed("invalid", "格式不对。", "The format is not right.")
    }
    fn pattern_no_match(&self, _: &dyn Display) -> Cow<'static, str> {
        packed("format", "格式不对。", "The format is not right.")
    }
    fn contains_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        packed("format", &format!("应当包含“{pattern}”。"), &format!("Must contain \"{pattern}\"."))
    }
    fn url_invalid(&self, _: InvalidUrl) -> Cow<'static, str> {
        packed("url", "这不是一个网址。", "This is not a web address.")
    }
    fn prefix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        packed("format", &format!("应当以“{pattern}”开头。"), &format!("Must start with \"{pattern}\"."))
    }
    fn suffix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        packed("format", &format!("应当以“{pattern}”结尾。"), &format!("Must end with \"{pattern}\"."))
    }
    fn phone_number_invalid(&self, _: InvalidPhoneNumber) -> Cow<'static, str> {
        packed("phone", "手机号码不对。", "This is not a phone number.")
    }
    fn ip_invalid(&self, _: IpKind) -> Cow<'static, str> {
        packed("format", "这不是一个 IP 地址。", "This is not an IP address.")
    }
    fn matches_field_mismatch(&self, _: &dyn Display) -> Cow<'static, str> {
        packed("mismatch", "两次填写的不一样。", "The two do not match.")
    }
    fn email_invalid(&self, _: InvalidEmail) -> Cow<'static, str> {
        packed("email", "邮箱地址不对。", "This is not an e-mail address.")
    }
    fn ascii_invalid(&self) -> Cow<'static, str> {
        packed("ascii", "只能使用英文字母、数字和符号。", "Only Latin letters, digits and signs.")
    }
    fn alphanumeric_invalid(&self) -> Cow<'static, str> {
        packed("alphanumeric", "只能使用字母和数字。", "Only letters and digits.")
    }
    fn required_not_set(&self) -> Cow<'static, str> {
        packed("required", "请填写这一项。", "Please fill this in.")
    }
}
