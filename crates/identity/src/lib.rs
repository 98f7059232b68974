//! People, accounts, sign-in, organisation tree, grants.
