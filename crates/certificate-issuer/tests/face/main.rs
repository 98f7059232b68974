//! Certificates as people and verifiers meet them, through the face and on paper.

mod altered;
mod batches;
mod changes;
mod corrected;
mod independent_verifier;
mod office;
mod paper;
mod races;
mod sample;
mod stuck;
mod verification;
