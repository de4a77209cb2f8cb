const stages = 'ingestion|retrieval|generation|storage';

/** @param {string} name @param {string} module @param {string} allowed a path pattern */
const onlyImporter = (name, module, allowed) => ({
  name: `only-importer-of-${name}`,
  severity: 'error',
  from: { pathNot: `${allowed}|\\.test\\.ts$|^scripts/|^e2e/` },
  to: { path: `node_modules/${module}/`, dependencyTypesNot: ['type-only'] },
});

/** The layer rules of ARCHITECTURE.md. @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: '^(src|workers)/', pathNot: '^src/domain/' },
    },
    {
      name: 'stages-do-not-meet',
      severity: 'error',
      from: { path: `^src/(${stages})/` },
      to: { path: '^(src|workers)/', pathNot: '^src/(domain|$1)/' },
    },
    {
      name: 'pipeline-composes-stages',
      severity: 'error',
      from: { path: '^src/pipeline/' },
      to: { path: '^(src|workers)/', pathNot: `^src/(domain|pipeline|${stages})/` },
    },
    {
      name: 'state-below-ui',
      severity: 'error',
      from: { path: '^src/state/' },
      to: { path: '^(src/(ui|rpc)|workers)/' },
    },
    {
      name: 'ui-asks-state',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: `^(workers/|src/(rpc|pipeline|retrieval|generation|storage)/)` },
    },
    {
      name: 'src-reaches-workers-by-url',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^workers/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workers-implement-ports',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '^src/(ui|state|pipeline)/' },
    },
    onlyImporter('idb', 'idb', '^src/storage/'),
    onlyImporter('pdfjs', 'pdfjs-dist', '^src/(ingestion|ui/source)/'),
    onlyImporter('wllama', '@wllama', '^workers/language-model'),
    onlyImporter('transformers', '@huggingface', '^workers/embedding/'),
    onlyImporter('voy', 'voy-search', '^workers/retrieval'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/paraglide/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
