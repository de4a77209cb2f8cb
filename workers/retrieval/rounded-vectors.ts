/**
 * Vectors for keeping, a byte a number: each row scaled until its largest number is ±127. A row's
 * length then means nothing; cosines are off by less than 0.01.
 * @param vectors row after row, length n × dimension
 */
export function rounded(vectors: Float32Array, dimension: number): Int8Array {
  const bytes = new Int8Array(vectors.length);
  for (let start = 0; start < vectors.length; start += dimension) {
    const row = vectors.subarray(start, start + dimension);
    const largest = row.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
    const scale = largest > 0 ? 127 / largest : 0;
    row.forEach((number, index) => (bytes[start + index] = Math.round(number * scale)));
  }
  return bytes;
}

/** Cosines of a unit vector and each of the rows. */
export function cosines(query: Float32Array, rows: Int8Array): number[] {
  const found: number[] = [];
  for (let start = 0; start < rows.length; start += query.length) {
    let product = 0;
    let squares = 0;
    for (let i = 0; i < query.length; i++) {
      const number = rows[start + i] ?? 0;
      product += (query[i] ?? 0) * number;
      squares += number * number;
    }
    found.push(squares > 0 ? product / Math.sqrt(squares) : 0);
  }
  return found;
}

/** The unit vector between all rows, each counting the same. */
export function meanOf(rows: Int8Array, dimension: number): Float32Array {
  const sum = new Float32Array(dimension);
  for (let start = 0; start < rows.length; start += dimension) {
    const length = Math.hypot(...rows.subarray(start, start + dimension)) || 1;
    for (let i = 0; i < dimension; i++) sum[i] = (sum[i] ?? 0) + (rows[start + i] ?? 0) / length;
  }
  const length = Math.hypot(...sum) || 1;
  return sum.map((number) => number / length);
}
