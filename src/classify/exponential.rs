//! The exponential of many numbers at once. Owns the arithmetic; promises nothing above 700, which no softmax needs.
//!
//! The standard library's exponential is one call for one number, which compilers can't vectorise. This one is straight-line
//! arithmetic: x = k·ln 2 + r, a polynomial for e^r, and k added to the exponent's bits. It only uses operations whose rounding
//! IEEE 754 fixes, so the result has the same bits on every machine.

/// Below this the result is no longer a normal number; it is set to zero, as a share of 10⁻³⁰⁷ may be.
const LEAST: f64 = -708.0;
/// ln 2 in two parts, the first short enough that k times it is exact (Cody and Waite 1980).
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
/// 1.5·2⁵²: added, it leaves the nearest whole number in the lowest bits.
const SHIFT: f64 = 6_755_399_441_055_744.0;

/// 1/n! for n from 12 down to 2: Taylor's terms, whose rest is below 2·10⁻¹⁷ where |r| ≤ ½·ln 2.
const TERMS: [f64; 11] = [
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
];

/// e^x for x ≤ 700, right to within two units in the last place; 0 below −708, NaN for NaN.
#[inline(always)]
pub(super) fn exp(x: f64) -> f64 {
    let within = if x < LEAST { LEAST } else { x };
    let shifted = within * std::f64::consts::LOG2_E + SHIFT;
    let k = shifted - SHIFT;
    let r = (within - k * LN_2[0]) - k * LN_2[1];
    let mut sum = TERMS[0];
    for term in &TERMS[1..] {
        sum = sum * r + term;
    }
    let raised = 1.0 + (r + r * r * sum);
    // The lowest bits of the shifted number hold k; moved up, they are what the exponent grows by.
    let scaled = f64::from_bits(raised.to_bits().wrapping_add(shifted.to_bits() << 52));
    // Arithmetic on bits would make a number of a NaN; 0·x does not.
    if x < LEAST { 0.0 } else { scaled + 0.0 * x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_of_the_standard_library_to_the_last_digits() {
        let mut worst: f64 = 0.0;
        for step in 0..400_000 {
            let x = 20.0 - f64::from(step) * 0.001_807;
            let (found, known) = (exp(x), x.exp());
            if x >= LEAST {
                worst = worst.max((found - known).abs() / known);
            }
        }
        assert!(worst < 2.0 * f64::EPSILON, "{worst:e}");
        assert_eq!((exp(0.0), exp(-0.0), exp(-1e9), exp(f64::NEG_INFINITY)), (1.0, 1.0, 0.0, 0.0));
        assert!(
            exp(f64::NAN).is_nan()
                && exp(-f64::NAN).is_nan()
                && exp(f64::from_bits(0x7ff0_0000_0000_0fff)).is_nan()
        );
    }
}
