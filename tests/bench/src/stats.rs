//! Medians, shares and slopes of what was measured.

/// The middle one; between the two middle ones where their number is even. Nothing of nothing.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let (middle, upper) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    Some(f64::midpoint(values[middle], values[upper]))
}

/// The value below which this share of them lies.
pub fn share(values: &mut [f64], share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    Some(values[(last as f64 * share) as usize])
}

/// How much y grows with one more of x: the slope of the line with the least squares.
pub fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let count = points.len() as f64;
    let mean_of = |part: fn(&(f64, f64)) -> f64| points.iter().map(part).sum::<f64>() / count;
    let (x_mean, y_mean) = (mean_of(|p| p.0), mean_of(|p| p.1));
    let spread: f64 = points.iter().map(|(x, _)| (x - x_mean).powi(2)).sum();
    let both: f64 = points.iter().map(|(x, y)| (x - x_mean) * (y - y_mean)).sum();
    (spread > 0.0).then(|| both / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        for (values, middle) in [
            (vec![], None),
            (vec![3.0], Some(3.0)),
            (vec![9.0, 1.0], Some(5.0)),
            (vec![9.0, 1.0, 2.0], Some(2.0)),
            (vec![4.0, 1.0, 3.0, 100.0], Some(3.5)),
        ] {
            assert_eq!(median(values.clone()), middle, "{values:?}");
        }
    }

    #[test]
    fn a_share_is_one_of_the_values() {
        let mut hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(share(&mut hundred, 0.5), Some(50.0));
        assert_eq!(share(&mut hundred, 0.99), Some(99.0));
        assert_eq!(share(&mut hundred, 1.0), Some(100.0));
        assert_eq!(share(&mut [], 0.5), None);
    }

    #[test]
    fn the_slope_is_that_of_the_line_however_high_it_lies() {
        let line: Vec<_> = [100.0, 500.0, 1000.0, 2000.0].map(|x| (x, 50_000.0 + 8.0 * x)).into();
        let measured = slope(&line).expect("a line");
        assert!((measured - 8.0).abs() < 1e-9, "{measured}");
        assert_eq!(slope(&[(1.0, 2.0)]), None, "one point is no line");
        assert_eq!(slope(&[]), None);
    }
}
