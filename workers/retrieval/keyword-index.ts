import MiniSearch from 'minisearch';
import type { Chunk } from '../../src/domain/chunk.ts';
import { termList } from '../../src/domain/terms.ts';
import type { Ranked } from '../../src/retrieval/fuse.ts';
import { headingsOf } from '../../src/retrieval/headings.ts';

/** Chunks taken in before a waiting question gets its turn, some 10 ms of work. */
const SLICE = 50;

/** All chunks by their keywords and those of the heading they stand under, ranked by BM25. */
export class KeywordIndex {
  readonly #index = new MiniSearch<{ readonly id: string; readonly text: string }>({
    fields: ['text'],
    tokenize: termList,
    processTerm: (term) => term,
  });
  readonly #ids = new Map<string, readonly string[]>();
  /** Changes wait for each other: a document may go while it is still being taken in. */
  #changes: Promise<void> = Promise.resolve();

  /** Adds one document's chunks, all of them and in order; replaces what it had. */
  insert(documentId: string, chunks: readonly Chunk[]): Promise<void> {
    return this.#change(async () => {
      this.#drop(documentId);
      this.#ids.set(
        documentId,
        chunks.map(({ id }) => id),
      );
      const headings = headingsOf(chunks);
      const headed = chunks.map(({ id, text }, index) => ({ id, text: `${headings[index] ?? ''}\n${text}` }));
      await this.#index.addAllAsync(headed, { chunkSize: SLICE });
    });
  }

  remove(documentId: string): Promise<void> {
    return this.#change(async () => this.#drop(documentId));
  }

  /**
   * The `limit` best by BM25, best first.
   * @param weightOf what a chunk's score is multiplied by: 0 leaves it out
   */
  search(question: string, limit: number, weightOf: (chunkId: string) => number): Ranked[] {
    return this.#index
      .search(question, { boostDocument: (id) => weightOf(String(id)) })
      .slice(0, limit)
      .map(({ id, score }) => ({ chunkId: String(id), score }));
  }

  /** From 0, a term that every chunk has, to 1, one that none has. */
  rarity(term: string): number {
    const count = this.#index.documentCount;
    const having = this.#index.search(term, { tokenize: (text) => [text] }).length;
    return count > 0 ? Math.log(1 + count / (1 + having)) / Math.log(1 + count) : 1;
  }

  #change(work: () => Promise<void>): Promise<void> {
    const done = this.#changes.then(work);
    this.#changes = done.catch(() => {}); // whoever asked for it is told
    return done;
  }

  #drop(documentId: string): void {
    this.#index.discardAll(this.#ids.get(documentId) ?? []);
    this.#ids.delete(documentId);
  }
}
