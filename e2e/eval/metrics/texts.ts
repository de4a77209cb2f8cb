/** For finding words whatever the white space between them: compatibility forms unified, lower case, none left. */
export function squeezed(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
}

/** Whether any wording of the fact stands in the text, whatever its case and white space. */
export function holdsFact(text: string, fact: readonly string[]): boolean {
  const plain = spaced(text);
  return fact.some((wording) => plain.includes(spaced(wording)));
}

/** White space is one space, and none beside a Han character: PDFs set it there at will. */
function spaced(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .trim();
}
