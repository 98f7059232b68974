//! Item bank, papers, attempts, submissions, rubrics, reviews, standing, evaluation.
