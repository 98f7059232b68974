//! Cheats earn nothing, honest viewers lose nothing.

use super::*;
use proptest::prelude::*;

fn fresh(length_ms: u32) -> Watching {
    Watching { length_ms, is_audio: false, covered: Ranges::default(), seen: Ranges::default(), spent_ms: 0 }
}

fn report(counter: u32, from_ms: u32, to_ms: u32) -> Report {
    Report {
        counter,
        from_ms,
        to_ms,
        rate_hundredths: 100,
        wall_ms: to_ms.saturating_sub(from_ms),
        is_visible: true,
        ended_ms: None,
    }
}

fn reasons(verdict: &Verdict) -> Vec<(u32, Refusal)> {
    verdict.refused.iter().map(|r| (r.ms, r.reason)).collect()
}

#[test]
fn honest_viewing_is_credited_whole() {
    let mut watching = fresh(60_000);
    let reports: Vec<_> = (0..6).map(|n| report(n, n * 10_000, (n + 1) * 10_000)).collect();
    let verdict = watching.judge(&reports, 60_000);
    assert_eq!((verdict.gained_ms, verdict.refused.len()), (60_000, 0));
    assert!(watching.is_enough());
}

#[test]
fn enough_was_watched_when_the_device_says_within_what_the_server_knows() {
    // One minute of video: nine tenths of it are enough, which the second stretch makes.
    for (ended_ms, allowed_ms, expected) in [
        (Some(70_000), 3_600_000, Some(70_000)),
        (Some(10), 3_600_000, Some(60_000)),
        (Some(u32::MAX), 3_600_000, Some(3_600_000)),
        (None, 3_600_000, None),
    ] {
        let mut watching = fresh(60_000);
        let first = Report { ended_ms: Some(20_000), ..report(0, 0, 20_000) };
        let second = Report { ended_ms, ..report(1, 20_000, 60_000) };
        let third = Report { ended_ms: Some(90_000), ..report(2, 0, 10_000) };
        assert_eq!(watching.judge(&[first, second, third], allowed_ms).enough_ms, expected, "{ended_ms:?}");
        assert_eq!(
            watching.judge(&[Report { counter: 3, ..third }], allowed_ms).enough_ms,
            None,
            "it was before"
        );
    }
}

#[test]
fn every_trick_has_its_reason() {
    for (changed, allowed, gained, refused) in [
        (Report { to_ms: 60_000, ..report(1, 0, 10_000) }, 60_000, 10_250, vec![(49_750, Refusal::TooFast)]),
        (
            Report { rate_hundredths: 1600, ..report(1, 0, 60_000) },
            60_000,
            0,
            vec![(60_000, Refusal::TooFast)],
        ),
        (Report { is_visible: false, ..report(1, 0, 60_000) }, 60_000, 0, vec![(60_000, Refusal::Hidden)]),
        (report(1, 0, 60_000), 5_000, 5_000, vec![(55_000, Refusal::OverBudget)]),
        (
            Report { rate_hundredths: 200, ..report(1, 0, 60_000) },
            5_000,
            10_000,
            vec![(50_000, Refusal::OverBudget)],
        ),
        (report(1, 50_000, 70_000), 60_000, 10_000, vec![(10_000, Refusal::BeyondEnd)]),
        (report(1, 90_000, 95_000), 60_000, 0, vec![(5_000, Refusal::BeyondEnd)]),
        (report(1, 9_000, 9_000), 60_000, 0, vec![(0, Refusal::Malformed)]),
        (report(1, 9_000, 4_000), 60_000, 0, vec![(0, Refusal::Malformed)]),
        (Report { rate_hundredths: 0, ..report(1, 0, 9_000) }, 60_000, 0, vec![(9_000, Refusal::Malformed)]),
    ] {
        let verdict = fresh(60_000).judge(&[changed], allowed);
        assert_eq!((verdict.gained_ms, reasons(&verdict)), (gained, refused), "{changed:?}");
    }
}

#[test]
fn one_second_again_and_again_is_one_second() {
    let mut watching = fresh(600_000);
    let reports: Vec<_> = (0..600).map(|n| report(n, 0, 1_000)).collect();
    let verdict = watching.judge(&reports, 600_000);
    assert_eq!(verdict.gained_ms, 1_000);
    assert!(verdict.refused.iter().all(|r| r.reason == Refusal::AlreadyCounted));
}

#[test]
fn audio_mode_counts_what_cannot_be_seen() {
    let mut watching = Watching { is_audio: true, ..fresh(60_000) };
    let hidden = Report { is_visible: false, ..report(1, 0, 30_000) };
    assert_eq!(watching.judge(&[hidden], 60_000).gained_ms, 30_000);
}

#[test]
fn nine_tenths_are_enough() {
    let mut watching = fresh(60_000);
    watching.judge(&[report(1, 0, 53_999)], 60_000);
    assert!(!watching.is_enough());
    watching.judge(&[report(2, 53_999, 54_000)], 60_000);
    assert!(watching.is_enough());
}

#[test]
fn counters_with_ever_more_gaps_are_refused() {
    let mut watching = fresh(60_000_000);
    let scattered: Vec<_> = (0..1_000).map(|n| report(2 * n, n * 10, n * 10 + 10)).collect();
    let verdict = watching.judge(&scattered, 60_000_000);
    // Five hundred gaps are between five hundred and one pieces.
    assert_eq!((watching.seen.pieces(), verdict.gained_ms), (501, 5_010));
    assert_eq!(reasons(&verdict), vec![(10, Refusal::TooScattered); 499]);
    // What closes a gap or goes on from what came is taken as before.
    let verdict = watching.judge(&[report(1, 20_000, 20_010), report(1_001, 30_000, 30_010)], 60_000_000);
    assert_eq!((verdict.gained_ms, verdict.refused), (20, Vec::new()));
    let verdict = watching.judge(&[report(5_000, 40_000, 40_010)], 60_000_000);
    assert_eq!((verdict.gained_ms, watching.seen.pieces()), (10, 501), "a gap was closed");
}

fn any_report() -> impl Strategy<Value = Report> {
    (0_u32..40, 0_u32..130_000, 0_u32..130_000, 0_u16..500, any::<u32>(), any::<bool>()).prop_map(
        |(counter, from_ms, to_ms, rate_hundredths, wall_ms, is_visible)| Report {
            counter,
            from_ms,
            to_ms,
            rate_hundredths,
            wall_ms,
            is_visible,
            ended_ms: None,
        },
    )
}

/// Reports of a viewer who really sat there: stretches in real time at fair speeds, some of them seen before.
fn honest() -> impl Strategy<Value = (Vec<Report>, u64)> {
    proptest::collection::vec((0_u32..100_000, 1_u32..12_000, 50_u16..=200), 1..30).prop_map(|plays| {
        let mut time = 0;
        let reports = plays
            .into_iter()
            .zip(0..)
            .map(|((from_ms, length, rate_hundredths), counter)| {
                let wall_ms = u32::try_from((u64::from(length) * 100).div_ceil(u64::from(rate_hundredths)))
                    .expect("small");
                time += u64::from(wall_ms);
                Report {
                    counter,
                    from_ms,
                    to_ms: from_ms + length,
                    rate_hundredths,
                    wall_ms,
                    is_visible: true,
                    ended_ms: None,
                }
            })
            .collect();
        (reports, time)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_forged_report_earns_more_than_the_wall_clock(
        reports in proptest::collection::vec(any_report(), 0..60), allowed in 0_u64..200_000, is_audio in any::<bool>(),
    ) {
        let mut watching = Watching { is_audio, ..fresh(120_000) };
        let verdict = watching.judge(&reports, allowed);
        prop_assert!(watching.spent_ms <= allowed);
        prop_assert!(verdict.gained_ms <= allowed * u64::from(MOST_RATE) / 100);
        prop_assert_eq!(verdict.gained_ms, watching.covered.total());
        prop_assert!(watching.covered.as_pairs().iter().all(|(_, to)| *to <= 120_000));
    }

    #[test]
    fn every_millisecond_is_gained_or_refused_for_one_reason(
        reports in proptest::collection::vec(any_report(), 0..60), allowed in 0_u64..200_000,
    ) {
        let verdict = fresh(120_000).judge(&reports, allowed);
        let mut counters = std::collections::BTreeSet::new();
        let reported: u64 = reports
            .iter()
            .filter(|r| counters.insert(r.counter))
            .map(|r| u64::from(r.to_ms.saturating_sub(r.from_ms)))
            .sum();
        let refused: u64 = verdict.refused.iter().map(|r| u64::from(r.ms)).sum();
        prop_assert_eq!(verdict.gained_ms + refused, reported);
    }

    #[test]
    fn replay_adds_nothing(reports in proptest::collection::vec(any_report(), 0..60), allowed in 0_u64..200_000) {
        let mut watching = fresh(120_000);
        watching.judge(&reports, allowed);
        let before = watching.clone();
        prop_assert_eq!(watching.judge(&reports, allowed * 2), Verdict::default());
        prop_assert_eq!(watching, before);
    }

    #[test]
    fn honest_viewer_loses_nothing_in_any_order_and_however_late((reports, time) in honest(), turn in 0_usize..30) {
        let mut in_order = fresh(120_000);
        let verdict = in_order.judge(&reports, time);
        prop_assert!(verdict.refused.iter().all(|r| r.reason == Refusal::AlreadyCounted));
        let mut turned = reports.clone();
        turned.rotate_left(turn % reports.len());
        turned.reverse();
        let mut late = fresh(120_000);
        for batch in turned.chunks(4) {
            late.judge(batch, time + 7_200_000);
        }
        prop_assert_eq!(late.covered, in_order.covered);
    }
}
