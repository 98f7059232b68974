//! Training plans, their approval, staff pool and invitations.
