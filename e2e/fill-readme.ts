import { readFileSync, writeFileSync } from 'node:fs';
import * as prettier from 'prettier';

/**
 * Puts Markdown between README.md's markers `<!-- name:start -->` and `<!-- name:end -->`.
 * @throws Error when they are not there
 */
export async function fillReadme(name: string, markdown: string): Promise<void> {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const text = readFileSync('README.md', 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md lacks ${start} … ${end}.`);
  const filled = `${text.slice(0, from + start.length)}\n\n${markdown}\n\n${text.slice(to)}`;
  const options = await prettier.resolveConfig('README.md');
  writeFileSync('README.md', await prettier.format(filled, { ...options, filepath: 'README.md' }));
}
