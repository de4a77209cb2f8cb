import { isAbort, toFailure, type Failure } from '../domain/failure.ts';
import type { Language, SourceDocument } from '../domain/source-document.ts';
import { fetchPdf, nameOf } from '../pipeline/fetch-pdf.ts';
import { ingest, type IngestEvent, type IngestStages } from '../pipeline/ingest.ts';
import { readAs } from '../pipeline/read-as.ts';

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

/** A document that can be searched now. */
export interface Indexed {
  readonly document: SourceDocument;
  /** It was in the collection before. */
  readonly isReread: boolean;
  readonly password: string | undefined;
}

/** The files on their way into the collection. */
export class Ingestions {
  #list: readonly Ingestion[] = $state.raw([]);
  #notice: { readonly kind: 'already-there'; readonly name: string } | null = $state.raw(null);
  #jobs = new Map<string, Job>();
  /** One file at a time: two at once would only share the cores and hold two files in memory. */
  #queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly stages: IngestStages,
    private readonly onIndexed: (indexed: Indexed) => void,
  ) {}

  get list(): readonly Ingestion[] {
    return this.#list;
  }
  get notice(): { readonly kind: 'already-there'; readonly name: string } | null {
    return this.#notice;
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
    this.#list = [
      ...this.#list,
      { id, name: url, status: { kind: 'failed', failure: { kind: 'link-invalid' } } },
    ];
  }

  addSample(language: 'en' | 'zh'): void {
    this.addLink(new URL(SAMPLES[language], document.baseURI).href);
  }

  /** Splits and embeds a document anew, as one in `language`. */
  readAs(document: SourceDocument, language: Language): void {
    this.#enqueue(document.name, { document, language });
  }

  /** Stops it, or takes a failed one off the list. */
  cancel(id: string): void {
    this.#jobs.get(id)?.controller.abort(new DOMException('cancelled', 'AbortError'));
    this.#drop(id);
  }

  /** Stops a document from being read anew. */
  cancelReading(documentId: string): void {
    for (const { id, origin } of this.#jobs.values()) {
      if ('document' in origin && origin.document.id === documentId) this.cancel(id);
    }
  }

  retry(id: string, password?: string): void {
    const job = this.#jobs.get(id);
    if (job) this.#start({ ...job, password, controller: new AbortController() });
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
        else if (event.kind === 'indexed') this.#tell(event.document, job);
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

  #tell(document: SourceDocument, { origin, password }: Job): void {
    this.onIndexed({ document, isReread: 'document' in origin, password });
  }

  #show({ id, name }: Job, status: IngestionStatus): void {
    const entry = { id, name, status };
    const known = this.#list.some((ingestion) => ingestion.id === id);
    this.#list = known
      ? this.#list.map((ingestion) => (ingestion.id === id ? entry : ingestion))
      : [...this.#list, entry];
  }

  #drop(id: string): void {
    this.#jobs.delete(id);
    this.#list = this.#list.filter((ingestion) => ingestion.id !== id);
  }
}
