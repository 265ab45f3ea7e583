/** A vector of length 1 that depends on nothing but its seed: the same in every run. */
export function unitVector(seed: number, dimension: number): Float32Array {
  let state = (seed + 1) * 0x9e3779b1;
  const next = () => {
    // xorshift32 (Marsaglia 2003), scaled to -1..1.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
  const vector = Float32Array.from({ length: dimension }, next);
  const length = Math.hypot(...vector);
  return vector.map((x) => x / length);
}
