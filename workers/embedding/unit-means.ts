/**
 * The mean of the first tokens of each text, as a unit vector.
 * @param states texts × tokens × dimension, each text padded at its end to the same number of tokens
 * @param lengths tokens that count, a number for each text
 * @returns row after row, length texts × dimension
 */
export function unitMeans(states: Float32Array, lengths: readonly number[], dimension: number): Float32Array {
  const means = new Float32Array(lengths.length * dimension);
  const stride = states.length / lengths.length;
  for (const [row, length] of lengths.entries()) {
    const sum = means.subarray(row * dimension, (row + 1) * dimension);
    const start = row * stride;
    for (let at = start; at < start + length * dimension; at += dimension) {
      for (let i = 0; i < dimension; i++) sum[i] = (sum[i] ?? 0) + (states[at + i] ?? 0);
    }
    const size = Math.hypot(...sum) || 1;
    for (let i = 0; i < dimension; i++) sum[i] = (sum[i] ?? 0) / size;
  }
  return means;
}
