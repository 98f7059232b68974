//! The signed form of a certificate: an Open Badges 3.0 credential as a JWT that anybody can check without us.

mod addresses;
mod badge;
mod claims;
mod status_list;
mod token;

pub use addresses::{AddressError, Addresses};
pub use badge::{Issuance, OpenBadge};
pub use claims::{CLAIMS_VERSION, Claims, MalformedBadge};
pub use status_list::{StatusIndex, StatusList, StatusListCredential, StatusListError, StatusPointer};
pub use token::{
    LONGEST_TOKEN, SignError, VerifyError, key_id, sign, sign_status_list, sign_written, verify,
    verify_status_list,
};
