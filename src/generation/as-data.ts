import type { Chunk } from '../domain/chunk.ts';

/** An order that begins a sentence or a clause: told of somebody else it is harmless. */
const IMPERATIVE =
  /(?:^|[.:;,!?“”"'‘’(—–-]\s*|\b(?:and|then|please|now|must)\s+)(?:ignore|disregard|forget)\b[^.!?]{0,60}\b(?:above|before|instructions?|prompts?|questions?|rules|everything)\b/i;
const ONLY = /\b(?:answer|reply|respond)\s+only\s+with\b|\bonly\s+(?:answer|reply|respond)\b/i;
const CHINESE =
  /(?:忽略|无视|忘记|不要理会)[^。！？]{0,20}(?:以上|上面|上述|之前|前面|指令|指示|提示词|问题)|只(?:能|需|要)?(?:回答|回复|输出)/;

/**
 * Whether a sentence of a document gives orders to whatever reads it. A small language model
 * follows them, told that passages are data or not; the reader is shown them like any other.
 */
export function addressesModel(sentence: string): boolean {
  return IMPERATIVE.test(sentence) || ONLY.test(sentence) || CHINESE.test(sentence);
}

/** A document's text holds none of a chat template's own marks, and so speaks with nobody else's voice. */
export function withoutMarks(text: string): string {
  return text.replaceAll('<|', '< |');
}

/** All of a chunk that the model may read. */
export function asData({ text, sentences }: Pick<Chunk, 'text' | 'sentences'>): string {
  const orders = sentences.filter(({ start, end }) => addressesModel(text.slice(start, end)));
  return withoutMarks(
    orders.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text),
  );
}
