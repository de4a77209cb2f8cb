/** What a response is used for: a page, or anything else (a worker's script above all). */
export type ResponseUse = 'document' | 'resource';

const COMMON = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/**
 * The page may fetch a PDF from a link the person pasted; a worker, which reads PDFs and runs
 * models, reaches nothing but this origin.
 */
const CONNECT: Readonly<Record<ResponseUse, string>> = {
  document: "connect-src 'self' https: http: blob: data:",
  resource: "connect-src 'self' blob: data:",
};

/**
 * The headers of every response of this origin: isolation (threads need it, on documents and
 * on worker scripts alike) and the content security policy (which binds a worker only when it
 * comes with the worker's own script). Set by the service worker, and by vite's two servers.
 */
export function securityHeaders(use: ResponseUse): Readonly<Record<string, string>> {
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': [...COMMON, CONNECT[use]].join('; '),
  };
}
