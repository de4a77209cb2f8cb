import type { Chunk } from '../domain/chunk.ts';

/** A numbered heading: "3.2 Data frames", "B.1 Boot parameters", "第 2 章 分区". Page numbers and sentences end otherwise. */
const HEADING =
  /^(?:(?:Appendix|Chapter|附录|第)\s*)?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){1,3})[.\s章节]\s*[\p{Lu}\p{Script=Han}“‘"'/$.(\w].{0,80}(?<![.。;；,，:：]|\s\d+)$/u;

/**
 * The heading each chunk of a document begins under, without its number; '' before the first one.
 * @param chunks all of the document, in its order
 */
export function headingsOf(chunks: readonly Chunk[]): string[] {
  let current = '';
  return chunks.map(({ text }) => {
    const [first = '', ...rest] = text.split('\n').map(headingOn);
    const atStart = first || current;
    current = rest.findLast(Boolean) ?? atStart;
    return atStart;
  });
}

function headingOn(line: string): string {
  return HEADING.test(line) ? line.replace(/^[\dA-Z.]+\s+/, '') : '';
}
