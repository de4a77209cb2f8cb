/** Letters of the question in a file's name. */
const MAX_LENGTH = 48;

/**
 * A name every file system takes: the day, and the first question as far as it may stand there.
 * @param day local; `extension` without its dot
 */
export function exportName(question: string, day: Date, extension: string): string {
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const words = question.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const name = Array.from(words.join('-')).slice(0, MAX_LENGTH).join('').replace(/-$/, '');
  return ['quire', date, name].filter((part) => part !== '').join('-') + `.${extension}`;
}
