import * as v from 'valibot';

/**
 * The records that fit `schema`. One that an older version left in another shape is passed
 * over with a warning, so that it cannot keep the rest from being read; it stays on disk.
 */
export function parseAll<Schema extends v.GenericSchema>(
  schema: Schema,
  records: readonly unknown[],
): v.InferOutput<Schema>[] {
  return records.flatMap((record) => {
    const parsed = v.safeParse(schema, record);
    if (parsed.success) return [parsed.output];
    console.warn('A stored record was passed over:', v.summarize(parsed.issues));
    return [];
  });
}
