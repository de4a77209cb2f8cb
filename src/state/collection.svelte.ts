import { isAbort, toFailure, type Failure } from '../domain/failure.ts';
import type { Language, SourceDocument } from '../domain/source-document.ts';
import { fetchPdf, nameOf } from '../pipeline/fetch-pdf.ts';
import { ingest, type IngestEvent, type IngestStages } from '../pipeline/ingest.ts';
import { prepareModel } from '../pipeline/prepare-model.ts';
import { readAs } from '../pipeline/read-as.ts';
import { retrieve, type Evidence, type RetrieveOptions } from '../pipeline/retrieve.ts';

export type IngestionStatus =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'fetching'; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly kind: 'hashing' }
  | { readonly kind: 'parsing'; readonly page: number; readonly pageCount: number }
  | { readonly kind: 'model'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly kind: 'embedding'; readonly done: number; readonly total: number }
  | { readonly kind: 'storing' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A file on its way into the collection, or one that could not get there. */
export interface Ingestion {
  readonly id: string;
  readonly name: string;
  readonly status: IngestionStatus;
}

export type CollectionStatus =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'indexing'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A document that is here, to be read in another language. */
interface Rereading {
  readonly document: SourceDocument;
  readonly language: Language;
}

interface Job {
  readonly id: string;
  readonly name: string;
  readonly origin: File | URL | Rereading;
  readonly controller: AbortController;
  readonly password?: string | undefined;
}

const SAMPLES = { en: 'samples/field-guide.pdf', zh: 'samples/field-guide-zh.pdf' };

/** The documents that are searched, and the files on their way in. */
export class Collection {
  #documents: readonly SourceDocument[] = $state.raw([]);
  #ingestions: readonly Ingestion[] = $state.raw([]);
  #status: CollectionStatus = $state.raw({ kind: 'opening' });
  #notice: { readonly kind: 'already-there'; readonly name: string } | null = $state.raw(null);
  #jobs = new Map<string, Job>();
  /** One file at a time: two at once would only share the cores and hold two files in memory. */
  #queue: Promise<void> = Promise.resolve();
  #restored: Promise<void> = Promise.resolve();
  /** Passwords given since the page was opened, by document: the source page needs them too. */
  #passwords = new Map<string, string>();

  constructor(
    private readonly stages: IngestStages,
    private readonly onChange: () => void,
    private readonly onRemove: () => void,
  ) {}

  get documents(): readonly SourceDocument[] {
    return this.#documents;
  }
  get ingestions(): readonly Ingestion[] {
    return this.#ingestions;
  }
  get status(): CollectionStatus {
    return this.#status;
  }
  get notice(): { readonly kind: 'already-there'; readonly name: string } | null {
    return this.#notice;
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

  addFiles(files: readonly File[]): void {
    this.#notice = null;
    for (const file of files) this.#enqueue(file.name, file);
  }

  /** @param url what the person pasted; anything but http(s) fails as `link-invalid` */
  addLink(url: string): void {
    this.#notice = null;
    const parsed = URL.parse(url.trim(), document.baseURI);
    if (parsed && /^https?:$/.test(parsed.protocol)) return this.#enqueue(nameOf(parsed), parsed);
    const id = crypto.randomUUID();
    this.#ingestions = [
      ...this.#ingestions,
      { id, name: url, status: { kind: 'failed', failure: { kind: 'link-invalid' } } },
    ];
  }

  addSample(language: 'en' | 'zh'): void {
    this.addLink(new URL(SAMPLES[language], document.baseURI).href);
  }

  /** Splits and embeds a document anew, as one in `language`; what it was stays until that is done. */
  readAs(documentId: string, language: Language): void {
    const document = this.#documents.find(({ id }) => id === documentId);
    if (document && document.language !== language) this.#enqueue(document.name, { document, language });
  }

  cancel(id: string): void {
    this.#jobs.get(id)?.controller.abort(new DOMException('cancelled', 'AbortError'));
    this.#drop(id);
  }

  retry(id: string, password?: string): void {
    const job = this.#jobs.get(id);
    if (job) this.#start({ ...job, password, controller: new AbortController() });
  }

  dismiss(id: string): void {
    this.#drop(id);
  }

  /** What is found for a question, once the documents of earlier visits are searched again. */
  async find(question: string, options: RetrieveOptions = {}): Promise<Evidence> {
    await this.#restored;
    return retrieve(question, options, this.#documents, this.stages);
  }

  async remove(documentId: string): Promise<void> {
    for (const { id, origin } of this.#jobs.values()) {
      if ('document' in origin && origin.document.id === documentId) this.cancel(id);
    }
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
      const { id, name, language } = document;
      this.#status = { kind: 'indexing', done, total };
      const spec = this.stages.embeddingModel(language);
      for await (const _ of prepareModel(spec, this.stages, signal));
      const stored = await this.stages.documents.embeddings(id);
      if (!stored) {
        this.#enqueue(name, { document, language });
        continue;
      }
      const { chunkIds, embeddings } = stored;
      const chunks = await this.stages.documents.chunks(chunkIds);
      await this.stages.retriever.insert(id, embeddings.modelId, chunks, embeddings.vectors);
    }
  }

  #enqueue(name: string, origin: Job['origin']): void {
    this.#start({ id: crypto.randomUUID(), name, origin, controller: new AbortController() });
  }

  #start(job: Job): void {
    this.#jobs.set(job.id, job);
    this.#show(job, { kind: 'waiting' });
    this.#queue = this.#queue.then(() => this.#run(job));
  }

  async #run(job: Job): Promise<void> {
    const { signal } = job.controller;
    try {
      signal.throwIfAborted();
      const { name } = job;
      for await (const event of this.#read(job)) {
        if (event.kind === 'known') this.#notice = { kind: 'already-there', name };
        else if (event.kind === 'indexed') this.#take(event.document, job);
        else if (!signal.aborted) this.#show(job, event);
      }
      this.#drop(job.id);
    } catch (error) {
      if (isAbort(error)) this.#drop(job.id);
      else this.#show(job, { kind: 'failed', failure: toFailure(error) });
    }
  }

  async *#read(job: Job): AsyncGenerator<IngestEvent> {
    const { name, origin, password } = job;
    const { signal } = job.controller;
    if ('document' in origin) return yield* readAs(origin.document, origin.language, this.stages, signal);
    const blob = origin instanceof URL ? await this.#fetch(job, origin) : origin;
    yield* ingest({ name, blob, password }, this.stages, signal);
  }

  async #fetch(job: Job, url: URL): Promise<Blob> {
    return fetchPdf(url, job.controller.signal, (progress) =>
      this.#show(job, { kind: 'fetching', ...progress }),
    );
  }

  #take(document: SourceDocument, { origin, password }: Job): void {
    const known = this.#documents.some(({ id }) => id === document.id);
    if ('document' in origin && !known) return; // removed while it was being stored
    this.#documents = known
      ? this.#documents.map((each) => (each.id === document.id ? document : each))
      : [...this.#documents, document];
    if (password !== undefined) this.#passwords.set(document.id, password);
    this.onChange();
  }

  #show({ id, name }: Job, status: IngestionStatus): void {
    const entry = { id, name, status };
    const known = this.#ingestions.some((ingestion) => ingestion.id === id);
    this.#ingestions = known
      ? this.#ingestions.map((ingestion) => (ingestion.id === id ? entry : ingestion))
      : [...this.#ingestions, entry];
  }

  #drop(id: string): void {
    this.#jobs.delete(id);
    this.#ingestions = this.#ingestions.filter((ingestion) => ingestion.id !== id);
  }
}
