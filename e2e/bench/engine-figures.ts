import { createReadStream, readdirSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';
import { securityHeaders } from '../../src/security-headers.ts';
import { figure, repeat, type Figure } from './figures.ts';

const FOLDERS: Readonly<Record<string, string>> = {
  '/wllama/': 'node_modules/@wllama/wllama/esm',
  '/engine/': 'engine',
  '/models/': 'public/models',
};
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};
/** Tokens written. */
const TOKENS = 32;
/** About 330 tokens for the models offered. */
const PROMPT = `${'The keepers of a lighthouse trimmed the wicks, wound the clockwork, polished the lens and wrote down the weather every four hours. '.repeat(12)}\nWhat did the keepers do, and how often?`;

interface Measured {
  readonly loadMs: number;
  readonly promptTokens: number;
  /** Tokens per second. */
  readonly prefill: number;
  /** Tokens per second. */
  readonly decode: number;
  readonly firstTokenMs: number;
}

/**
 * The engine as published with @wllama/wllama and ours, turn by turn with the same prompt.
 * @param modelId a language model under public/models
 */
export async function engineFigures(modelId: string, threads: number, runs: number): Promise<Figure[]> {
  const [file] = readdirSync(join('public/models', modelId)).filter((name) => name.endsWith('.gguf'));
  if (!file) throw new Error(`public/models/${modelId} holds no GGUF file.`);
  const server = await serveFolders();
  const { port } = server.address() as AddressInfo;
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumArgs,
  });
  const measure = (engine: string) =>
    measureOnce(browser, `http://localhost:${String(port)}/`, {
      engine,
      model: `/models/${modelId}/${file}`,
      threads,
      prompt: PROMPT,
      tokens: TOKENS,
    });
  try {
    const pairs = await repeat(runs, async () => ({
      published: await measure('published'),
      ours: await measure('ours'),
    }));
    return asFigures(modelId, threads, pairs);
  } finally {
    await browser.close();
    server.close();
  }
}

function asFigures(
  modelId: string,
  threads: number,
  pairs: readonly { published: Measured; ours: Measured }[],
): Figure[] {
  const name = `${modelId}, ${threads === 1 ? '1 thread' : `${String(threads)} threads`}`;
  const of = (what: keyof Measured, label: string, unit: string) =>
    (['published', 'ours'] as const).map((engine) =>
      figure(
        `engine ${modelId} ${threads} ${what} ${engine}`.replaceAll(' ', '-'),
        `${name}: ${label}, ${engine === 'ours' ? 'our engine' : 'published wllama'}`,
        unit,
        pairs.map((pair) => pair[engine][what]),
      ),
    );
  const gain = (what: string, ratio: (pair: (typeof pairs)[number]) => number, goal: string) =>
    figure(
      `engine ${modelId} ${threads} ${what} gained`.replaceAll(' ', '-'),
      `${name}: ${what}, our engine against published wllama`,
      'times',
      pairs.map(ratio),
      goal,
    );
  return [
    ...of('promptTokens', 'prompt', 'tokens'),
    ...of('prefill', 'prefill', 'tokens/s'),
    gain('prefill', ({ ours, published }) => ours.prefill / published.prefill, '≥ 5 times'),
    ...of('decode', 'decode', 'tokens/s'),
    gain('decode', ({ ours, published }) => ours.decode / published.decode, '≥ 4 times'),
    ...of('loadMs', 'load', 'ms'),
    gain('load', ({ ours, published }) => published.loadMs / ours.loadMs, '≥ 2 times'),
    ...of('firstTokenMs', 'first token, cold', 'ms'),
  ];
}

/** In a page of its own: what an engine held is gone with it. */
async function measureOnce(browser: Browser, url: string, given: object): Promise<Measured> {
  const page: Page = await browser.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction(() => 'measureEngine' in globalThis);
    return await page.evaluate(
      (options) =>
        (globalThis as unknown as { measureEngine: (options: object) => Promise<Measured> }).measureEngine(
          options,
        ),
      given,
    );
  } finally {
    await page.close();
  }
}

async function serveFolders(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const prefix = Object.keys(FOLDERS).find((each) => path.startsWith(each));
    const file = prefix
      ? join(FOLDERS[prefix] ?? '', path.slice(prefix.length))
      : join(import.meta.dirname, 'engine-page.html');
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) return void response.writeHead(404).end();
    const { 'Content-Security-Policy': _, ...headers } = securityHeaders('document');
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'content-type': type, 'content-length': size });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}
