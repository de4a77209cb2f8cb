import type { Chunk, Span } from '../domain/chunk.ts';
import type { Passage } from '../domain/conversation.ts';
import { covers, type Scope } from '../domain/scope.ts';
import type { SourceDocument } from '../domain/source-document.ts';
import { estimateTokens } from '../generation/estimate-tokens.ts';
import type { DocumentStore } from '../storage/documents.ts';

/** A section has no more tokens, unless one chunk alone does. */
export const SECTION_TOKENS = 300;

/** Everything in `scope`, in order: neighbouring chunks of a page joined, not yet numbered. */
export async function sectionsOf(
  scope: Scope,
  documents: readonly SourceDocument[],
  store: Pick<DocumentStore, 'chunks'>,
): Promise<Passage[]> {
  const sections: Passage[] = [];
  for (const { id, name, chunkCount } of documents) {
    if (scope.kind !== 'all' && !mentions(scope, id)) continue;
    const chunks = await store.chunks(Array.from({ length: chunkCount }, (_, ordinal) => `${id}:${ordinal}`));
    const covered = chunks.filter((chunk) => covers(scope, chunk));
    for (const chunk of grouped(covered)) {
      sections.push({ number: 0, chunk, documentName: name, score: 0, highlight: null });
    }
  }
  return sections;
}

function mentions(scope: Exclude<Scope, { kind: 'all' }>, documentId: string): boolean {
  return scope.kind === 'page' ? scope.documentId === documentId : scope.documentIds.includes(documentId);
}

/** Joins chunks that follow each other on one page while they fit. */
export function grouped(chunks: readonly Chunk[]): Chunk[] {
  const made: Chunk[] = [];
  for (const next of chunks) {
    const last = made.at(-1);
    const joined = last && join(last, next);
    if (joined && estimateTokens(joined.text) <= SECTION_TOKENS) made[made.length - 1] = joined;
    else made.push(next);
  }
  return made;
}

/** Both as one, less the sentence that opens the second when it also ended the first. */
function join(first: Chunk, second: Chunk): Chunk | null {
  const [own, runsOn] = first.spans;
  const [begin, ...rest] = second.spans;
  if (!own || runsOn || !begin || begin.page !== own.page) return null;
  const repeated = own.end - begin.start;
  const text = repeated > 0 ? first.text + second.text.slice(repeated) : `${first.text}\n${second.text}`;
  const shift = text.length - second.text.length;
  const added = second.sentences
    .filter(({ start }) => start >= repeated)
    .map(({ start, end }) => ({ start: start + shift, end: end + shift }));
  const span: Span = { page: own.page, start: own.start, end: begin.end };
  return { ...first, text, spans: [span, ...rest], sentences: [...first.sentences, ...added] };
}

/** `count` of them, as far apart as they can be, in order, the first among them. */
export function spread<T>(all: readonly T[], count: number): T[] {
  if (count >= all.length) return [...all];
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).filter(
    (each) => each !== undefined,
  );
}

/** The sections that hold the chunks found, in the order of finding; then the others. */
export function foundFirst(sections: readonly Passage[], chunkIds: readonly string[]): Passage[] {
  const holding = chunkIds.flatMap((id) => {
    const holds = ({ documentId, ordinal }: Chunk) =>
      id.startsWith(`${documentId}:`) && ordinal <= Number(id.slice(documentId.length + 1));
    return sections.findLast(({ chunk }) => holds(chunk)) ?? [];
  });
  return [...new Set([...holding, ...sections])];
}
