import { toFailure, type Failure } from '../domain/failure.ts';
import type { Language, SourceDocument } from '../domain/source-document.ts';
import type { IngestStages } from '../pipeline/ingest.ts';
import { prepareModel } from '../pipeline/prepare-model.ts';
import { retrieve, type Evidence, type RetrieveOptions } from '../pipeline/retrieve.ts';
import { Ingestions, type Indexed } from './ingestions.svelte.ts';

export type CollectionStatus =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'indexing'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The documents that are searched. */
export class Collection {
  /** The files on their way in. */
  readonly ingestions: Ingestions;
  #documents: readonly SourceDocument[] = $state.raw([]);
  #status: CollectionStatus = $state.raw({ kind: 'opening' });
  #restored: Promise<void> = Promise.resolve();
  /** Passwords given since the page was opened, by document: the source page needs them too. */
  #passwords = new Map<string, string>();

  constructor(
    private readonly stages: IngestStages,
    private readonly onChange: () => void,
    private readonly onRemove: () => void,
  ) {
    this.ingestions = new Ingestions(stages, (indexed) => this.#take(indexed));
  }

  get documents(): readonly SourceDocument[] {
    return this.#documents;
  }
  get status(): CollectionStatus {
    return this.#status;
  }
  /** Settles when the documents of earlier visits are searched again. */
  get restored(): Promise<void> {
    return this.#restored;
  }

  password(documentId: string): string | undefined {
    return this.#passwords.get(documentId);
  }

  /** Takes the password of a document that is here; kept until the page is closed. */
  unlock(documentId: string, password: string): void {
    this.#passwords.set(documentId, password);
  }

  /** Lists what is stored and rebuilds the index from it. */
  restore(): Promise<void> {
    this.#restored = this.#restore();
    return this.#restored;
  }

  /** Splits and embeds a document anew, as one in `language`; what it was stays until that is done. */
  readAs(documentId: string, language: Language): void {
    const document = this.#documents.find(({ id }) => id === documentId);
    if (document && document.language !== language) this.ingestions.readAs(document, language);
  }

  /** What is found for a question, once the documents of earlier visits are searched again. */
  async find(question: string, options: RetrieveOptions = {}): Promise<Evidence> {
    await this.#restored;
    return retrieve(question, options, this.#documents, this.stages);
  }

  async remove(documentId: string): Promise<void> {
    this.ingestions.cancelReading(documentId);
    await this.stages.documents.remove(documentId);
    this.#documents = this.#documents.filter(({ id }) => id !== documentId);
    this.#passwords.delete(documentId);
    this.onChange();
    this.onRemove();
    await this.stages.retriever.remove(documentId);
  }

  async #restore(): Promise<void> {
    try {
      this.#documents = await this.stages.documents.list();
      await this.#reindex();
      this.#status = { kind: 'ready' };
    } catch (error) {
      this.#status = { kind: 'failed', failure: toFailure(error) };
    }
  }

  /** Those that an older version embedded otherwise are read anew. */
  async #reindex(): Promise<void> {
    const total = this.#documents.length;
    const signal = new AbortController().signal;
    for (const [done, document] of this.#documents.entries()) {
      const { id, language } = document;
      this.#status = { kind: 'indexing', done, total };
      const spec = this.stages.embeddingModel(language);
      for await (const _ of prepareModel(spec, this.stages, signal));
      const stored = await this.stages.documents.embeddings(id);
      if (!stored) {
        this.ingestions.readAs(document, language);
        continue;
      }
      const { chunkIds, embeddings } = stored;
      const chunks = await this.stages.documents.chunks(chunkIds);
      await this.stages.retriever.insert(id, embeddings.modelId, chunks, embeddings.vectors);
    }
  }

  #take({ document, isReread, password }: Indexed): void {
    const known = this.#documents.some(({ id }) => id === document.id);
    if (isReread && !known) return; // removed while it was being stored
    this.#documents = known
      ? this.#documents.map((each) => (each.id === document.id ? document : each))
      : [...this.#documents, document];
    if (password !== undefined) this.#passwords.set(document.id, password);
    this.onChange();
  }
}
